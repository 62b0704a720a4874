package io.flowyml.catalog.server.api;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.LineageJson;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what was made from what. */
final class Tracing {
  private Tracing() {}

  /** One step each way, or, with a direction, a graph of any depth. */
  static Answer lineage(Call call) {
    var reference = call.path("ref");
    var direction = call.query("direction");
    if (direction == null) {
      refuseBeside(call, "depth");
      refuseBeside(call, "limit");
      var lineage = call.catalog().getLineage(reference);
      return switch (format(call)) {
        case "json" -> Answer.json(LineageJson.toMap(lineage));
        case "mermaid" -> mermaid(lineage.toMermaid());
        default -> dot(lineage.toDot());
      };
    }
    int depth = call.number("depth", Integer.MAX_VALUE);
    int limit = call.number("limit", Limits.GRAPH_NODES);
    var graph =
        switch (direction) {
          case "up" -> call.catalog().upstream(reference, depth, limit);
          case "down" -> call.catalog().downstream(reference, depth, limit);
          default -> throw notOneOf("direction", direction, "up, down");
        };
    return switch (format(call)) {
      case "json" -> Answer.json(LineageJson.toMap(graph));
      case "mermaid" -> mermaid(graph.toMermaid());
      default -> dot(graph.toDot());
    };
  }

  private static void refuseBeside(Call call, String name) {
    if (call.query(name) != null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "%s needs a direction; add direction=up or direction=down".formatted(name),
          Map.of("field", name),
          null);
    }
  }

  private static String format(Call call) {
    @Nullable String format = call.query("format");
    return switch (format) {
      case null -> "json";
      case "json", "mermaid", "dot" -> format;
      default -> throw notOneOf("format", format, "json, mermaid, dot");
    };
  }

  private static Answer mermaid(String text) {
    return Answer.text("text/vnd.mermaid; charset=utf-8", text);
  }

  private static Answer dot(String text) {
    return Answer.text("text/vnd.graphviz; charset=utf-8", text);
  }

  private static CatalogException notOneOf(String name, String given, String possible) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "parameter %s is %s; it is one of %s".formatted(name, Json.write(given), possible),
        Map.of("field", name),
        null);
  }

  /** Whichever of the two is the ancestor, unless it has to be the first. */
  static Answer path(Call call) {
    var from = call.neededQuery("from");
    var to = call.neededQuery("to");
    var path =
        call.flag("directed")
            ? call.backend().path(call.scope(), from, to)
            : call.catalog().path(from, to);
    return Answer.json(Map.of("items", path.stream().map(ArtifactJson::toMap).toList()));
  }
}
