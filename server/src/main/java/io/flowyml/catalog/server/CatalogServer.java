package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.ProblemJson;
import io.flowyml.catalog.server.api.ApiDoor;
import io.flowyml.catalog.server.flowyml.FlowymlDoor;
import io.flowyml.catalog.spi.ServerBackend;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend on the net: the catalog's own API, FlowyML's wire, health and documentation.
 *
 * <p>Closing it lets what is under way finish; the backend stays open, and is the caller's to
 * close.
 *
 * @since 0.1
 */
public final class CatalogServer implements AutoCloseable {
  /** A query of 8 KiB is three times as long when it is percent-encoded. */
  private static final int LONGEST_REQUEST_LINE = 64 * 1024;

  private final WebServer web;
  private final Traffic traffic;
  private final ServerSettings settings;
  private final RouteTable routes;
  private final SlowClients slow;
  private final @Nullable TlsFiles tls;

  private CatalogServer(
      WebServer web,
      Traffic traffic,
      ServerSettings settings,
      RouteTable routes,
      SlowClients slow,
      @Nullable TlsFiles tls) {
    this.slow = slow;
    this.routes = routes;
    this.tls = tls;
    this.web = web;
    this.traffic = traffic;
    this.settings = settings;
  }

  /**
   * Starts to listen. Fails with {@code invalid_argument} where the address cannot be listened at,
   * or the files for TLS cannot be used.
   */
  public static CatalogServer start(ServerSettings settings, ServerBackend backend, Access access) {
    var traffic = new Traffic(settings.limits().concurrentRequests());
    return start(settings, backend, access, traffic, routes(backend, traffic));
  }

  static CatalogServer start(
      ServerSettings settings,
      ServerBackend backend,
      Access access,
      Traffic traffic,
      RouteTable routes) {
    var limits = settings.limits();
    var tls = settings.tls() == null ? null : new TlsFiles(settings.tls());
    var slow =
        new SlowClients(limits.head().compareTo(limits.body()) < 0 ? limits.head() : limits.body());
    var dispatcher = new Dispatcher(routes, backend, access, traffic, limits, slow);
    try {
      return new CatalogServer(
          listening(settings, dispatcher, slow, tls), traffic, settings, routes, slow, tls);
    } catch (CatalogException e) {
      slow.close();
      if (tls != null) {
        tls.close();
      }
      throw e;
    }
  }

  private static WebServer listening(
      ServerSettings settings, Dispatcher dispatcher, SlowClients slow, @Nullable TlsFiles tls) {
    var builder =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .maxTcpConnections(settings.limits().connections())
            .idleConnectionTimeout(settings.limits().idle())
            .idleConnectionPeriod(settings.limits().idle().dividedBy(4))
            // else an answer of two packets waits 40 ms for the client's word that the first came
            .connectionOptions(options -> options.tcpNoDelay(true))
            .shutdownGracePeriod(Duration.ofMillis(100))
            .addProtocol(
                Http1Config.builder()
                    .maxPrologueLength(LONGEST_REQUEST_LINE)
                    .maxHeadersSize(LONGEST_REQUEST_LINE)
                    .addReceiveListener(new TimedHeads(slow, settings.limits().head()))
                    .validatePath(false) // FlowyML's client encodes no ids; Dispatcher looks at it
                    .build())
            .directHandlers(problems())
            .routing(HttpRouting.builder().any(dispatcher::handle));
    if (tls != null) {
      builder.tls(Tls.builder().sslContext(tls.context()).build());
    }
    tryAddress(settings);
    var web = builder.build().start();
    if (!web.isRunning()) {
      throw cannotListen(settings, "the log says why");
    }
    return web;
  }

  /** Everything that a server answers. */
  static RouteTable routes(ServerBackend backend, Traffic traffic) {
    var routes = new ArrayList<Route>();
    for (var door :
        List.of(
            new Health(backend, traffic),
            new Documentation(),
            new ApiDoor(),
            new KeyDoor(backend),
            new FlowymlDoor(backend))) {
      routes.addAll(door.routes());
    }
    return new RouteTable(routes);
  }

  /** Helidon only logs why it cannot listen at an address. */
  private static void tryAddress(ServerSettings settings) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException e) {
      throw cannotListen(settings, String.valueOf(e.getMessage()));
    }
  }

  private static CatalogException cannotListen(ServerSettings settings, String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "cannot listen at %s port %d: %s; choose another with --host and --port"
            .formatted(settings.host(), settings.port(), why));
  }

  /** What Helidon refuses before any route, in the form of all other errors. */
  private static DirectHandlers problems() {
    var handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, CatalogServer::problem);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse problem(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    var code =
        switch (status.code()) {
          case 404 -> ErrorCode.NOT_FOUND;
          case 413, 414, 431 -> ErrorCode.LIMIT_EXCEEDED;
          case 503 -> ErrorCode.OVERLOADED;
          default -> status.code() < 500 ? ErrorCode.INVALID_ARGUMENT : ErrorCode.STORAGE;
        };
    var map =
        ProblemJson.toMap(
            new CatalogException(
                code, message == null || message.isEmpty() ? status.reasonPhrase() : message));
    map.put("status", status.code());
    headers.set(HeaderNames.CONTENT_TYPE, "application/problem+json");
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(type.keepAlive())
        .entity(Json.write(map))
        .build();
  }

  /** What it answers. */
  List<Route> routes() {
    return routes.routes();
  }

  /** The port, also where the settings left the choice to the system with 0. */
  public int port() {
    return web.port();
  }

  /** Where clients of this machine reach it: {@code http://127.0.0.1:8484}. */
  public URI uri() {
    var host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("%s://%s:%d".formatted(tls == null ? "http" : "https", host, port()));
  }

  /** Readiness goes down; requests are still served. */
  public void unready() {
    traffic.unready();
  }

  /**
   * Says that it is not ready, takes no more requests after the notice that the settings give,
   * waits for those under way, and stops listening.
   */
  @Override
  public void close() {
    traffic.drain(settings.stop());
    web.stop();
    slow.close();
    if (tls != null) {
      tls.close();
    }
  }
}
