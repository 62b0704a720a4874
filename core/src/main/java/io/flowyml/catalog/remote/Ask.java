package io.flowyml.catalog.remote;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.spi.Scope;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One request to a project.
 *
 * @param path below the project, with its query, encoded
 * @param type of the body; {@code null} where there is none
 * @param repeatable whether the second time does and answers what the first did
 */
record Ask(
    Scope scope,
    String method,
    String path,
    @Nullable String type,
    BodyPublisher body,
    boolean repeatable) {

  static Ask get(Scope scope, String path) {
    return new Ask(scope, "GET", path, null, BodyPublishers.noBody(), true);
  }

  static Ask json(Scope scope, String path, Object body, boolean repeatable) {
    return new Ask(
        scope,
        "POST",
        path,
        "application/json",
        BodyPublishers.ofString(Json.write(body)),
        repeatable);
  }

  static Ask lines(Scope scope, String path, String lines, boolean repeatable) {
    return new Ask(
        scope, "POST", path, "application/x-ndjson", BodyPublishers.ofString(lines), repeatable);
  }

  /** A body that can be read only once. */
  static Ask streamed(Scope scope, String path, InputStream lines) {
    return new Ask(
        scope,
        "POST",
        path,
        "application/x-ndjson",
        BodyPublishers.ofInputStream(() -> lines),
        false);
  }

  /** The path with the time that is asked for. */
  String target() {
    var asOf = scope.asOf();
    return asOf == null
        ? path
        : path + (path.contains("?") ? "&" : "?") + "as_of=" + encoded(asOf.asText());
  }

  /** A text as one segment of a path or one value of a query. */
  static String encoded(String text) {
    // as they are they would be steps within the path
    if (text.equals(".") || text.equals("..")) {
      return text.replace(".", "%2E");
    }
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
