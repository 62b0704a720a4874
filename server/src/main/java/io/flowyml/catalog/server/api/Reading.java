package io.flowyml.catalog.server.api;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Difference;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.internal.json.DifferenceJson;
import io.flowyml.catalog.internal.json.ExplanationJson;
import io.flowyml.catalog.internal.json.FacetsJson;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.StatsJson;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what the catalog holds. */
final class Reading {
  private Reading() {}

  static Answer artifact(Call call) {
    var reference = call.path("ref");
    if (call.flag("include_deleted")) {
      var found = call.backend().find(call.scope(), reference);
      if (found.isPresent()) {
        return Printing.answer(found.get());
      }
    }
    return Printing.answer(call.catalog().get(reference));
  }

  /** What a change answers. */
  static Answer record(Artifact artifact) {
    return Answer.json(Printing.record(artifact));
  }

  static Answer tags(Call call) {
    return Answer.json(call.catalog().get(call.path("ref")).tags());
  }

  static Answer metadata(Call call) {
    return Answer.json(call.catalog().get(call.path("ref")).metadata());
  }

  /** Two references, or one at two times; a side without a time of its own is as of the call's. */
  static Answer diff(Call call) {
    var from = call.neededQuery("from");
    var to = call.query("to");
    var since = call.time("from_as_of");
    var until = call.time("to_as_of");
    if (to == null && since == null && until == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "compare with what? Add to=REF, or from_as_of= for the same at another time",
          Map.of("field", "to"),
          null);
    }
    var catalog = call.catalog();
    return Answer.json(
        DifferenceJson.toMap(
            Difference.between(
                (since == null ? catalog : catalog.asOf(since)).get(from),
                (until == null ? catalog : catalog.asOf(until)).get(to == null ? from : to))));
  }

  static Answer resolve(Call call) {
    return Answer.json(Map.of("id", call.catalog().resolve(call.neededQuery("ref"))));
  }

  static Answer byHash(Call call) {
    var hash = call.path("hash");
    return call.catalog()
        .findByHash(hash)
        .map(Printing::answer)
        .orElseThrow(
            () ->
                new CatalogException(
                    ErrorCode.NOT_FOUND,
                    "no living artifact has the content hash " + hash,
                    Map.of("content_hash", hash),
                    null));
  }

  static Answer list(Call call) {
    var filter =
        new ListFilter(
            call.query("artifact_type"),
            call.query("source_pipeline"),
            call.query("source_step"),
            tags(call.query("tags")),
            call.number("limit", Limits.DEFAULT_PAGE),
            call.query("cursor"));
    return Links.page(call, call.catalog().list(filter), Printing::record);
  }

  private static Map<String, Object> tags(@Nullable String json) {
    return json == null ? Map.of() : withoutNulls(Json.parseObject(json, "the parameter tags"));
  }

  /** The facade refuses a tag without a value; its type just cannot say so. */
  private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> tags) {
    var given = new LinkedHashMap<String, Object>();
    tags.forEach(
        (key, value) -> {
          if (value == null) {
            throw new CatalogException(
                ErrorCode.INVALID_ARGUMENT,
                "tags: %s has no value to look for; give one".formatted(Json.write(key)),
                Map.of("field", "tags"),
                null);
          }
          given.put(key, value);
        });
    return given;
  }

  static Answer listBody(Call call) {
    var fields = new Fields(call.json(), "the request body");
    fields.refuseOthers(
        Set.of("artifact_type", "source_pipeline", "source_step", "tags", "limit", "cursor"));
    var filter =
        new ListFilter(
            fields.text("artifact_type"),
            fields.text("source_pipeline"),
            fields.text("source_step"),
            withoutNulls(fields.object("tags")),
            limit(fields, Limits.DEFAULT_PAGE),
            fields.text("cursor"));
    return Answer.json(Printing.page(call.catalog().list(filter), Printing::record));
  }

  static Answer search(Call call) {
    var page =
        call.catalog()
            .search(
                call.neededQuery("q"),
                call.number("limit", Limits.DEFAULT_SEARCH_PAGE),
                call.query("cursor"));
    return Links.page(call, page, Printing::record);
  }

  static Answer searchBody(Call call) {
    var fields = new Fields(call.json(), "the request body");
    fields.refuseOthers(Set.of("q", "limit", "cursor"));
    var page =
        call.catalog()
            .search(
                Json.checkedText(fields.neededText("q"), "q"),
                limit(fields, Limits.DEFAULT_SEARCH_PAGE),
                fields.text("cursor"));
    return Answer.json(Printing.page(page, Printing::record));
  }

  /** {@code by} is repeated for each field; without {@code q} of all artifacts. */
  static Answer facets(Call call) {
    var query = call.query("q");
    var facets =
        call.catalog()
            .facets(
                query == null ? "" : query,
                call.queries("by"),
                call.number("values", Limits.FACET_VALUES));
    return Answer.json(FacetsJson.toMap(facets));
  }

  static Answer explain(Call call) {
    return Answer.json(ExplanationJson.toMap(call.catalog().explain(call.neededQuery("q"))));
  }

  private static int limit(Fields fields, int absent) {
    var limit = fields.integer("limit");
    return limit == null ? absent : Math.toIntExact(Math.clamp(limit, -1, Integer.MAX_VALUE));
  }

  static Answer versions(Call call) {
    var page =
        call.catalog()
            .versions(
                call.path("name"), call.number("limit", Limits.DEFAULT_PAGE), call.query("cursor"));
    return Links.page(call, page, Printing::record);
  }

  static Answer stats(Call call) {
    return Answer.json(StatsJson.toMap(call.catalog().stats()));
  }
}
