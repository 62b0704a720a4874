package io.flowyml.catalog.server.flowyml;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import io.flowyml.catalog.internal.json.Storable;
import io.flowyml.catalog.query.ParsedQuery;
import io.flowyml.catalog.query.QueryParser;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import io.flowyml.catalog.spi.Search;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What only asks. Lists come whole, page by page onto the wire, since the client has no pages. */
final class Reading {
  /** What one answer may hold: this client cannot ask for the rest. */
  private static final int CAP = 100_000;

  /** Says {@code phrase} where a search did not parse and was looked for as it stands. */
  private static final String READ_AS = "X-Flowyml-Query";

  private final CatalogBackend backend;
  private final String route;

  /**
   * @param route the path of one artifact, up to its id
   */
  Reading(CatalogBackend backend, String route) {
    this.backend = backend;
    this.route = route;
  }

  Answer get(Call call) {
    return Wire.entry(Wire.artifact(backend, call, route));
  }

  /** The oldest; {@code null} where there is none, since the client logs a 404 as an error. */
  Answer byHash(Call call) {
    var hash = filled(call, "hash");
    return hash == null
        ? Wire.json(null)
        : backend
            .findByHash(call.scope(), Storable.text(hash))
            .map(Wire::entry)
            .orElseGet(() -> Wire.json(null));
  }

  /** One step each way, whole entries; what is unresolved shows in the child's parent_ids alone. */
  Answer lineage(Call call) {
    var artifact = Wire.artifact(backend, call, route);
    var answer = new LinkedHashMap<String, @Nullable Object>();
    answer.put("artifact", WireEntry.toMap(artifact));
    var parents = neighbours(call, artifact, Direction.UPSTREAM);
    var inOrder = new LinkedHashMap<String, Artifact>();
    parents.forEach(parent -> inOrder.put(parent.id(), parent));
    answer.put(
        "parents",
        artifact.parentIds().stream()
            .map(inOrder::get)
            .filter(Objects::nonNull)
            .map(WireEntry::toMap)
            .toList());
    answer.put(
        "children",
        neighbours(call, artifact, Direction.DOWNSTREAM).stream().map(WireEntry::toMap).toList());
    return Wire.json(answer);
  }

  private List<Artifact> neighbours(Call call, Artifact artifact, Direction direction) {
    var graph = backend.graph(call.scope(), artifact.id(), direction, 1, CAP);
    boolean ofItself = graph.edges().contains(new LineageGraph.Edge(artifact.id(), artifact.id()));
    var neighbours = new ArrayList<Artifact>();
    for (var node : graph.nodes()) {
      var neighbour = node.artifact();
      if (neighbour != null
          && !neighbour.isDeleted()
          && (ofItself || !node.id().equals(artifact.id()))) {
        neighbours.add(neighbour);
      }
    }
    return neighbours;
  }

  Answer list(Call call) {
    var filter = ListFilter.all();
    var type = filled(call, "artifact_type");
    filter = type == null ? filter : filter.type(type);
    var pipeline = filled(call, "source_pipeline");
    filter = pipeline == null ? filter : filter.pipeline(pipeline);
    var step = filled(call, "source_step");
    filter = step == null ? filter : filter.step(step);
    Predicate<Artifact> matches = artifact -> true;
    for (var tag : tags(call).entrySet()) {
      var key = tag.getKey();
      var value = tag.getValue();
      switch (value) {
        case String text -> filter = filter.tag(key, text);
        case Boolean flag -> filter = filter.tag(key, flag);
        case Number number when !Json.holdsNonJson(number) -> filter = filter.tag(key, number);
        case null, default ->
            matches = matches.and(artifact -> Objects.equals(value, artifact.tags().get(key)));
      }
    }
    var asked = filter;
    return entries(
        limit(call, Limits.DEFAULT_PAGE),
        (limit, cursor) -> backend.list(call.scope(), asked.limit(limit).cursor(cursor)),
        matches);
  }

  private static Map<String, @Nullable Object> tags(Call call) {
    var text = filled(call, "tags");
    if (text == null) {
      return Map.of();
    }
    if (Json.parsePython(text, PythonJson.MAX_DEPTH) instanceof Map<?, ?> map) {
      return Storable.object(map);
    }
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "tags must be a JSON object like {\"team\": \"fraud\"}, URL-encoded",
        Map.of("field", "tags"),
        null);
  }

  Answer search(Call call) {
    var text = call.query("q");
    var query = parsed(text == null ? "" : text);
    var answer =
        entries(
            limit(call, Limits.DEFAULT_SEARCH_PAGE),
            (limit, cursor) ->
                backend.search(call.scope(), new Search(query.query(), limit, cursor)),
            artifact -> true);
    return query.asPhrase() ? answer.header(READ_AS, "phrase") : answer;
  }

  private record Asked(ParsedQuery query, boolean asPhrase) {}

  private static Asked parsed(String text) {
    try {
      return new Asked(QueryParser.parse(text, Instant.now()), false);
    } catch (CatalogException e) {
      return new Asked(QueryParser.phrase(text), true);
    }
  }

  /** The parameter; {@code null} where nothing stands behind it. */
  private static @Nullable String filled(Call call, String name) {
    var text = call.query(name);
    return text == null || text.isEmpty() ? null : text;
  }

  /** Python's {@code None}, zero and less mean the default, as they do for FlowyML's users. */
  private static int limit(Call call, int absent) {
    var text = filled(call, "limit");
    if (text == null || text.equals("None")) {
      return absent;
    }
    int limit = call.number("limit", absent);
    if (limit > CAP) {
      throw new CatalogException(
          ErrorCode.LIMIT_EXCEEDED,
          "limit is %d, at most %d artifacts come in one answer; narrow the search, or page through /api/v1/projects/%s/artifacts"
              .formatted(limit, CAP, call.project()),
          Map.of("field", "limit", "limit", CAP),
          null);
    }
    return limit <= 0 ? absent : limit;
  }

  /** Asks for one page. */
  private interface Pages {
    Page<Artifact> page(int limit, @Nullable String cursor);
  }

  /** A JSON array; what fails before its first page is an error as any other. */
  private static Answer entries(int limit, Pages pages, Predicate<Artifact> matches) {
    var first = pages.page(Math.min(limit, Limits.PAGE), null);
    return Answer.stream(Wire.TYPE, out -> write(out, first, limit, pages, matches));
  }

  private static void write(
      OutputStream out, Page<Artifact> first, int limit, Pages pages, Predicate<Artifact> matches)
      throws IOException {
    int left = limit;
    var page = first;
    var separator = "[";
    while (true) {
      var text = new StringBuilder();
      for (var artifact : page) {
        if (left > 0 && matches.test(artifact)) {
          text.append(separator).append(PythonJson.dumps(WireEntry.toMap(artifact)));
          separator = ", ";
          left--;
        }
      }
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      if (left == 0 || page.nextCursor() == null) {
        break;
      }
      page = pages.page(Math.min(left, Limits.PAGE), page.nextCursor());
    }
    out.write((separator.equals("[") ? "[]" : "]").getBytes(StandardCharsets.US_ASCII));
  }
}
