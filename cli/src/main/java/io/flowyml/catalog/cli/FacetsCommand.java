package io.flowyml.catalog.cli;

import io.flowyml.catalog.Facets;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.json.FacetsJson;
import io.flowyml.catalog.internal.json.Json;
import java.util.List;

final class FacetsCommand extends Subcommand {
  private final Value<List<String>> query =
      arguments("QUERY", 0, "Of what these terms find; without them of everything.");
  private final Value<List<String>> by =
      options(
          "--by", "FIELD", "A field or tag, tag.* for the keys of tags; may be repeated (type).");
  private final Value<Integer> limit =
      number(
          "--limit",
          "N",
          Limits.FACET_VALUES,
          "At most so many values of each, up to 1000; without it 20.");

  FacetsCommand(RootCommand root) {
    super(root, "facets", "Count the values of fields and tags.");
    description(
        "Of numbers with more distinct values than are shown, ranges are told. Values with their"
            + " counts stand",
        "most frequent first; (none) counts the artifacts without any.");
    examples(
        "  flowyml-catalog facets --by type --by stage",
        "  flowyml-catalog facets type:Model team:fraud --by f1_score",
        "  flowyml-catalog facets --by \"tag.*\" -o csv");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      var fields = by.get().isEmpty() ? List.of("type") : by.get();
      var facets = catalog.facets(String.join(" ", query.get()), fields, limit.get());
      switch (answers().format()) {
        case TABLE -> table(facets);
        case JSON -> answers().json(FacetsJson.toMap(facets));
        case CSV -> csv(facets);
        case IDS -> throw answers().unfit("facets");
      }
      messages()
          .note(
              "%s%d %s%s"
                  .formatted(
                      facets.exact() ? "" : "at least ",
                      facets.matches(),
                      facets.matches() == 1 ? "artifact matches" : "artifacts match",
                      facets.exact() ? "" : "; counts are of the newest of them"));
    }
  }

  private void table(Facets facets) {
    var table =
        new Table(
            new Table.Column("FIELD", Table.Fit.SHRINKS),
            new Table.Column("VALUE", Table.Fit.SHRINKS),
            new Table.Column("COUNT", Table.Fit.WHOLE, true));
    for (var facet : facets.facets()) {
      var field = facet.field();
      if (facet.ranges().isEmpty()) {
        for (var value : facet.values()) {
          table.row(field, text(value.value()), Long.toString(value.count()));
          field = "";
        }
        long hidden = facet.distinct() - facet.values().size();
        if (hidden > 0) {
          table.row(field, "(%d more values)".formatted(hidden), "");
        }
      } else {
        for (var range : facet.ranges()) {
          table.row(field, range(range), Long.toString(range.count()));
          field = "";
        }
      }
      if (facet.without() > 0 || !field.isEmpty()) {
        table.row(field, "(none)", Long.toString(facet.without()));
      }
    }
    answers().table(table);
  }

  private void csv(Facets facets) {
    answers().csv(List.of("field", "value", "from", "to", "count"));
    for (var facet : facets.facets()) {
      for (var value : facet.values()) {
        answers().csv(row(facet, text(value.value()), "", "", value.count()));
      }
      for (var range : facet.ranges()) {
        answers()
            .csv(row(facet, "", Json.write(range.from()), Json.write(range.to()), range.count()));
      }
      if (facet.without() > 0) {
        answers().csv(row(facet, "", "", "", facet.without()));
      }
    }
  }

  private static List<String> row(
      Facets.Facet facet, String value, String from, String to, long count) {
    return List.of(facet.field(), value, from, to, Long.toString(count));
  }

  private static String range(Facets.Range range) {
    return Json.write(range.from()) + " to " + Json.write(range.to());
  }

  private static String text(Object value) {
    return value instanceof String text ? text : Json.write(value);
  }
}
