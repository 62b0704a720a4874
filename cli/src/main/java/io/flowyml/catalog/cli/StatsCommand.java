package io.flowyml.catalog.cli;

import io.flowyml.catalog.Stats;
import io.flowyml.catalog.internal.json.StatsJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class StatsCommand extends Subcommand {
  private static final int SHOWN = 12;

  StatsCommand(RootCommand root) {
    super(root, "stats", "Show how much the project holds, how it grew, and what duplicates cost.");
    examples("  flowyml-catalog stats", "  flowyml-catalog stats -o json");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      var stats = catalog.stats();
      switch (answers().format()) {
        case TABLE -> answers().fields(fields(stats));
        case JSON -> answers().json(StatsJson.toMap(stats));
        case IDS, CSV -> throw answers().unfit("stats");
      }
    }
  }

  private static List<Map.Entry<String, String>> fields(Stats stats) {
    var fields = new ArrayList<Map.Entry<String, String>>();
    fields.add(Map.entry("project", stats.project()));
    fields.add(Map.entry("seq", Long.toString(stats.seq())));
    fields.add(Map.entry("artifacts", Long.toString(stats.artifacts())));
    fields.add(Map.entry("deleted", Long.toString(stats.deleted())));
    fields.add(Map.entry("names", Long.toString(stats.names())));
    fields.add(
        Map.entry(
            "duplicates", stats.duplicates() + " (" + Human.size(stats.duplicateBytes()) + ")"));
    add(fields, "by_type", stats.byType());
    add(fields, "top_names", stats.topNames());
    add(fields, "per_month", stats.growth().perMonth());
    add(fields, "per_week", stats.growth().perWeek());
    add(fields, "per_day", stats.growth().perDay());
    return fields;
  }

  /** The first ones; all are in {@code -o json}. */
  private static void add(
      List<Map.Entry<String, String>> fields, String name, Map<String, Long> counts) {
    var label = name;
    for (var entry : counts.entrySet().stream().limit(SHOWN).toList()) {
      fields.add(Map.entry(label, entry.getKey() + " " + entry.getValue()));
      label = "";
    }
  }
}
