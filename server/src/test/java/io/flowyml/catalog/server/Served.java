package io.flowyml.catalog.server;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.spi.ServerBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A real server on a free port over a catalog in memory, and a client to ask it with. */
public final class Served implements AutoCloseable {
  public static final String PROJECT = "/api/v1/projects/default";

  private final ServerBackend backend = LocalCatalogBackend.inMemory();
  private final CatalogServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public Served() {
    this(ServerLimits.DEFAULT);
  }

  public Served(ServerLimits limits) {
    this(new ServerSettings(ServerSettings.LOOPBACK, 0, limits, null, ServerStop.DEFAULT));
  }

  public Served(ServerSettings settings) {
    server = CatalogServer.start(settings, backend, Access.of(settings, backend.keys()));
  }

  public CatalogServer server() {
    return server;
  }

  public ServerBackend backend() {
    return backend;
  }

  public URI uri(String path) {
    return URI.create(server.uri() + path);
  }

  /** A request of the project, or, with a path from the root, of the server. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path.startsWith("/") ? path : PROJECT + "/" + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(request(path));
  }

  /** Sends JSON. */
  public HttpResponse<String> send(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> post(String path, String json) {
    return send("POST", path, json);
  }

  public HttpResponse<String> postLines(String path, String lines) {
    return send(
        request(path)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines)));
  }

  /** The body as a JSON object. */
  public static Map<String, Object> json(HttpResponse<String> response) {
    return Json.parseObject(response.body(), "the answer");
  }

  @Override
  public void close() {
    server.close();
    backend.close();
    client.close();
  }
}
