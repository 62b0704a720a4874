package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.CatalogBackend;
import io.helidon.http.HttpException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes each request to its route: finds it, asks who calls, runs the handler, sends what comes.
 */
final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private final RouteTable routes;
  private final CatalogBackend backend;
  private final Access access;
  private final Traffic traffic;
  private final ServerLimits limits;
  private final SlowClients slow;

  Dispatcher(
      RouteTable routes,
      CatalogBackend backend,
      Access access,
      Traffic traffic,
      ServerLimits limits,
      SlowClients slow) {
    this.limits = limits;
    this.slow = slow;
    this.routes = routes;
    this.backend = backend;
    this.access = access;
    this.traffic = traffic;
  }

  void handle(ServerRequest request, ServerResponse response) {
    var headers = new RequestHeaders(request.headers(), request.remotePeer().host());
    var reply =
        new Reply(headers, request.prologue().method().text(), response, slow, limits.body());
    reply.requestId(requestId(headers));
    var full = traffic.enter();
    if (full != null) {
      reply.header("Connection", "close");
      reply.send(answerTo(new CatalogException(ErrorCode.OVERLOADED, full)));
      return;
    }
    try {
      reply.send(answer(request, headers));
    } finally {
      traffic.leave();
    }
  }

  private static String requestId(RequestHeaders headers) {
    var given = headers.get("X-Request-Id");
    return given != null && REQUEST_ID.matcher(given).matches() ? given : newRequestId();
  }

  /** It may be guessed; threads queue at the generator of what must not. */
  private static String newRequestId() {
    var random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private Answer answer(ServerRequest request, RequestHeaders headers) {
    try {
      return routed(request, headers);
    } catch (CatalogException e) {
      return answerTo(e);
    } catch (Refused e) {
      var answer = Answer.problem(e.error(), e.status());
      for (var header : e.headers().entrySet()) {
        answer = answer.header(header.getKey(), header.getValue());
      }
      return answer;
    } catch (HttpException | UncheckedIOException e) {
      throw e; // the connection itself: nobody is there to answer, or Helidon knows how
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(
          System.Logger.Level.ERROR,
          request.prologue().method() + " " + request.path().rawPath() + " failed: a defect",
          e);
      return Answer.problem(
          new CatalogException(
              ErrorCode.STORAGE,
              "this is a defect of the server: %s; its log says more".formatted(e)));
    }
  }

  private Answer routed(ServerRequest request, RequestHeaders headers) {
    var rawPath = request.prologue().uriPath().rawPath();
    var malformed = new ArrayList<CatalogException>();
    var match = routes.match(segments(rawPath, malformed));
    var method = request.prologue().method().text();
    var target = match.target(method);
    if (target == null) {
      throw match.targets().isEmpty() ? noSuchPath(rawPath) : noSuchMethod(method, match);
    }
    var route = target.route();
    if (!malformed.isEmpty() && !route.isTolerant()) {
      throw malformed.getFirst();
    }
    var permission = route.permission();
    if (permission == null) {
      throw new IllegalStateException(route + " has no permission");
    }
    var path = match.parameters(target);
    var principal = access.admit(headers, permission, project(permission, path));
    var query = new Query(request.prologue().query().rawValue());
    if (route.query() != null) {
      query.refuseOthers(route.query());
    }
    var body = request.content();
    return route
        .handler()
        .answer(
            new Call(
                backend,
                principal,
                headers,
                rawPath,
                path,
                query,
                route.query() != null && route.query().contains(Call.AS_OF),
                body.hasEntity()
                    ? new TimedStream(body.inputStream(), limits.body())
                    : InputStream.nullInputStream()));
  }

  /** What is not public and names no project is in the default one. */
  private static @Nullable String project(Permission permission, Map<String, String> path) {
    var named = path.get(Call.PROJECT);
    return named != null || permission == Permission.PUBLIC ? named : Call.DEFAULT_PROJECT;
  }

  /**
   * @param malformed takes what is wrong with a segment, which then stands as it was sent
   */
  private static List<String> segments(String rawPath, List<CatalogException> malformed) {
    var segments = new ArrayList<String>();
    for (var segment : rawPath.substring(Math.min(1, rawPath.length())).split("/", -1)) {
      try {
        segments.add(Percent.decode(segment, false));
      } catch (IllegalArgumentException e) {
        segments.add(segment);
        malformed.add(
            new CatalogException(
                ErrorCode.INVALID_ARGUMENT,
                "the URL's path is not percent-encoded UTF-8: " + e.getMessage(),
                e));
      }
    }
    return segments;
  }

  private static CatalogException noSuchPath(String rawPath) {
    return new CatalogException(
        ErrorCode.NOT_FOUND,
        "there is nothing at %s; /docs shows what there is"
            .formatted(rawPath.substring(0, Math.min(200, rawPath.length()))));
  }

  private static Refused noSuchMethod(String method, RouteTable.Match match) {
    var allowed = new ArrayList<>(match.targets().keySet());
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    var text = String.join(", ", allowed);
    return new Refused(
        405,
        new CatalogException(
            ErrorCode.INVALID_ARGUMENT, "%s is not possible here; use %s".formatted(method, text)),
        Map.of("Allow", text));
  }

  static Answer answerTo(CatalogException e) {
    var answer = Answer.problem(e);
    var header = headerFor(e);
    return header == null ? answer : answer.header(header.getKey(), header.getValue());
  }

  private static Map.@Nullable Entry<String, String> headerFor(CatalogException e) {
    return switch (e.code()) {
      case UNAUTHENTICATED -> Map.entry("WWW-Authenticate", "Bearer realm=\"flowyml-catalog\"");
      case TIMEOUT, OVERLOADED, UNREACHABLE, RATE_LIMITED ->
          Map.entry("Retry-After", String.valueOf(e.facts().getOrDefault("retry_after", 1)));
      default -> null;
    };
  }
}
