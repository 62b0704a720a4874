package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.BulkReport;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.internal.json.ProblemJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a change of all that a query finds is asked for and reported. */
final class Bulk {
  private Bulk() {}

  static void checkDryRun(@Nullable String where, boolean dryRun) {
    if (dryRun && where == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "--dry-run goes with --where QUERY; leave it out");
    }
  }

  /**
   * Does something with one artifact, whose record is shown then, or with each that stdin names: a
   * page of their records, and an error for each that was refused.
   */
  static void each(RootCommand root, String reference, Function<String, Artifact> work) {
    if (!reference.equals("-")) {
      root.answers().artifact(work.apply(reference));
      return;
    }
    var done = new ArrayList<Artifact>();
    for (var one : Reading.references(root, reference)) {
      try {
        done.add(work.apply(one));
      } catch (CatalogException e) {
        root.messages().error(e);
      }
    }
    root.answers().artifacts(new Page<>(done, null));
  }

  /** The ids that matched, and each refusal as an error. */
  static void report(RootCommand root, BulkReport report, String done) {
    report.refused().forEach(root.messages()::error);
    var answers = root.answers();
    switch (answers.format()) {
      case TABLE -> {
        report.matched().forEach(answers::line);
        root.messages().note(summary(report, done));
      }
      case IDS -> report.matched().forEach(answers::line);
      case CSV -> {
        answers.csv(List.of("id"));
        report.matched().forEach(id -> answers.csv(List.of(id)));
      }
      case JSON -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("matched", report.matched());
        map.put("changed", report.changed());
        map.put("refused", report.refused().stream().map(ProblemJson::toMap).toList());
        map.put("dry_run", report.dryRun());
        answers.json(map);
      }
    }
  }

  private static String summary(BulkReport report, String done) {
    return report.dryRun()
        ? "%d would be %s; nothing was changed".formatted(report.matched().size(), done)
        : "%d found, %d %s, %d refused"
            .formatted(report.matched().size(), report.changed(), done, report.refused().size());
  }
}
