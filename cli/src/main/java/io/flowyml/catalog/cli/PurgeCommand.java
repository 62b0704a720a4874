package io.flowyml.catalog.cli;

import io.flowyml.catalog.PurgeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class PurgeCommand extends Subcommand {
  private final Value<@Nullable String> olderThan =
      option(
          "--older-than",
          "T",
          "Only what was deleted so long ago (90s, 15m, 12h, 30d, 4w) or before a day or time.");
  private final Value<Boolean> dryRun = flag("--dry-run", "Only say what would be erased.");

  PurgeCommand(RootCommand root) {
    super(root, "purge", "Erase for good what deleted artifacts left.");
    description(
        "Tags, metadata, uri, source and history values go; tombstone, lineage and version number"
            + " stay.",
        "It cannot be undone.");
    examples(
        "  flowyml-catalog purge --older-than 30d --dry-run",
        "  flowyml-catalog purge --older-than 2026-03-03");
  }

  @Override
  void run() {
    var age = olderThan.get() == null ? Duration.ZERO : Age.parse(olderThan.get(), Instant.now());
    try (var catalog = existing()) {
      report(catalog.purge(age, dryRun.get()));
    }
  }

  private void report(PurgeReport report) {
    var answers = answers();
    switch (answers.format()) {
      case TABLE -> {
        report.ids().forEach(answers::line);
        messages()
            .note(
                report.dryRun()
                    ? report.ids().size() + " would be purged; nothing was changed"
                    : report.ids().size() + " purged");
      }
      case IDS -> report.ids().forEach(answers::line);
      case CSV -> {
        answers.csv(List.of("id"));
        report.ids().forEach(id -> answers.csv(List.of(id)));
      }
      case JSON -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("ids", report.ids());
        map.put("dry_run", report.dryRun());
        answers.json(map);
      }
    }
  }
}
