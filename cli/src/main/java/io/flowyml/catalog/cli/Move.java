package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.PushReport;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.JsonTime;
import io.flowyml.catalog.internal.json.ProblemJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a catalog is moved into another, and how that is reported. */
final class Move {
  private static final int KIND = 15;

  private final RootCommand root;
  private final String done;
  private final boolean dryRun;

  /**
   * @param done what was done to what was moved: pushed, pulled
   */
  Move(RootCommand root, String done, boolean dryRun) {
    this.root = root;
    this.done = done;
    this.dryRun = dryRun;
  }

  void run(ArtifactCatalog source, ArtifactCatalog target) {
    if (dryRun && root.format() == Format.CSV) {
      root.answers().csv(List.of("seq", "at", "actor", "kind", "id", "name", "version"));
    }
    report(dryRun ? source.tryPushTo(target, this::show) : moved(source, target));
  }

  private PushReport moved(ArtifactCatalog source, ArtifactCatalog target) {
    boolean watched = root.terminal().errIsTerminal();
    var report =
        source.pushTo(
            target,
            lines -> {
              if (watched) {
                root.messages().redraw("%s %,d lines".formatted(done, lines));
              }
            });
    if (watched) {
      root.messages().redraw("");
    }
    return report;
  }

  private void show(Event event) {
    var answers = root.answers();
    var what = event.name() + ":" + event.version();
    switch (root.format()) {
      case TABLE ->
          answers.line(
              Text.oneLine(
                  Text.padded(ArtifactJson.text(event.kind()), KIND)
                      + what
                      + "  "
                      + event.artifactId()));
      case IDS -> {
        if (event.kind() == Event.Kind.REGISTERED) {
          answers.line(String.valueOf(event.artifactId()));
        }
      }
      case CSV ->
          answers.csv(
              List.of(
                  Long.toString(event.seq()),
                  JsonTime.text(event.at()),
                  event.actor(),
                  ArtifactJson.text(event.kind()),
                  String.valueOf(event.artifactId()),
                  String.valueOf(event.name()),
                  String.valueOf(event.version())));
      case JSON -> {} // counted in the report, since there may be any number
    }
  }

  private void report(PushReport report) {
    report.conflicts().forEach(root.messages()::error);
    if (root.format() == Format.JSON) {
      root.answers().json(json(report));
    } else {
      root.messages().note(summary(report));
    }
  }

  private static Map<String, @Nullable Object> json(PushReport report) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("artifacts", report.artifacts());
    map.put("events", report.events());
    map.put("known", report.known());
    map.put("whole", report.whole());
    map.put("conflicting", report.conflicting());
    map.put("conflicts", report.conflicts().stream().map(ProblemJson::toMap).toList());
    map.put("dry_run", report.dryRun());
    return map;
  }

  private String summary(PushReport report) {
    if (report.conflicting() > 0) {
      return "%d %s, so nothing %s moved; settle them on either side, or move into a project of its own"
          .formatted(
              report.conflicting(),
              report.conflicting() == 1 ? "conflict" : "conflicts",
              dryRun ? "would be" : "was");
    }
    if (report.events() == 0) {
      return "nothing to move: all %d events are there".formatted(report.known());
    }
    var counts =
        "%d artifacts with %d events%s"
            .formatted(
                report.artifacts(),
                report.events(),
                report.known() == 0 ? "" : ", besides %d there before".formatted(report.known()));
    return dryRun ? "would move " + counts + "; nothing was changed" : done + " " + counts;
  }
}
