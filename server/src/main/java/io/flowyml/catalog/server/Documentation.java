package io.flowyml.catalog.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the server answers, as OpenAPI 3.1 for programs and as a page for people. */
final class Documentation implements Door {

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/openapi.json", call -> resource("application/json", "openapi.json"))
            .needs(Permission.PUBLIC),
        Route.of("GET", "/docs", call -> page()).needs(Permission.PUBLIC));
  }

  private static Answer page() {
    return resource("text/html; charset=utf-8", "docs.html")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
                + " connect-src 'self'")
        .header("X-Content-Type-Options", "nosniff");
  }

  private static Answer resource(String type, String name) {
    try (var in = Documentation.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return Answer.text(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
