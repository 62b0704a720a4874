package io.flowyml.catalog.server.flowyml;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import io.flowyml.catalog.internal.json.Storable;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.spi.CatalogBackend;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What reading and writing share: which artifact is meant, and answers in Python's JSON. */
final class Wire {
  static final String TYPE = "application/json";

  private Wire() {}

  /** With the tokens {@code NaN} and {@code Infinity}, which this client reads and writes. */
  static Answer json(@Nullable Object value) {
    return Answer.text(TYPE, PythonJson.dumps(value));
  }

  /** The body as an object, in Python's JSON; an empty one where {@code absent} allows it. */
  static Map<String, @Nullable Object> body(Call call, boolean absent) {
    var text = call.jsonText();
    if (absent && text.isBlank()) {
      return Map.of();
    }
    if (Json.parsePython(text, PythonJson.MAX_DEPTH) instanceof Map<?, ?> map) {
      return Storable.object(map);
    }
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT, "the request body is JSON, but no object; send one");
  }

  static Answer entry(Artifact artifact) {
    return json(WireEntry.toMap(artifact));
  }

  /**
   * The living artifact whose id stands in the path: decoded, as most clients send it, or else as
   * it stands, since FlowyML's client encodes nothing.
   */
  static Artifact artifact(CatalogBackend backend, Call call, String route) {
    var id = call.path("id");
    var found = byId(backend, call, id);
    if (found.isEmpty()) {
      found = byId(backend, call, rawId(call, route));
    }
    var artifact =
        found.orElseThrow(
            () ->
                new CatalogException(
                    ErrorCode.NOT_FOUND,
                    "no artifact has the id \"%s\" in project %s; search for a part of its name"
                        .formatted(shortened(id), call.project()),
                    Map.of("id", id),
                    null));
    if (artifact.isDeleted()) {
      throw new CatalogException(
          ErrorCode.DELETED,
          "artifact %s was deleted at %s; restore it first"
              .formatted(artifact.id(), artifact.deletedAt()),
          Map.of("id", artifact.id()),
          null);
    }
    return artifact;
  }

  private static Optional<Artifact> byId(CatalogBackend backend, Call call, String text) {
    var id = Storable.text(text);
    return backend.find(call.scope(), id).filter(artifact -> artifact.id().equals(id));
  }

  /**
   * What stands in the path at {@code {id...}} as it was sent.
   *
   * @param route up to the id
   */
  private static String rawId(Call call, String route) {
    var path = call.rawPath();
    int start = 0;
    for (int slashes = route.split("/", -1).length - 1; slashes > 0; slashes--) {
      start = path.indexOf('/', start) + 1;
    }
    var id = path.substring(start);
    for (var end : new String[] {"/tags", "/lineage"}) {
      if (id.endsWith(end) && !call.path("id").endsWith(end)) {
        return id.substring(0, id.length() - end.length());
      }
    }
    return id;
  }

  private static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "..." : text;
  }
}
