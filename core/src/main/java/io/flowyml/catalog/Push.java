package io.flowyml.catalog;

import io.flowyml.catalog.internal.json.EventJson;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Moves a project into another catalog. An empty one gets an export in parts ({@link PushedWhole}).
 * Any other gets events: first those that both have from the beginning are passed over, then each
 * later one is asked about, and if nothing conflicts those that are missing are sent.
 */
final class Push {
  private static final int PAGE = Limits.PAGE;
  private static final int KEPT_CONFLICTS = 1_000;
  private static final String EVENT = "{\"_event\":";

  private final ArtifactCatalog source;
  private final ArtifactCatalog target;
  private final LongConsumer progress;
  private final List<CatalogException> conflicts = new ArrayList<>();
  private long conflicting;
  private long artifacts;
  private long events;

  Push(ArtifactCatalog source, ArtifactCatalog target, LongConsumer progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  PushReport run() {
    long last = source.stats().seq();
    if (last > 0 && target.stats().seq() == 0) {
      var whole = new PushedWhole(source, target, progress);
      whole.run();
      return report(whole.artifacts(), whole.events(), 0, true, false);
    }
    long common = common(last);
    var missing = missing(common, last, event -> {});
    if (conflicting == 0) {
      send(common, last, missing);
    }
    return conflicting == 0
        ? report(artifacts, events, last - events, false, false)
        : report(0, 0, last - missing.cardinality(), false, false);
  }

  PushReport tried(Consumer<Event> each) {
    long last = source.stats().seq();
    boolean whole = last > 0 && target.stats().seq() == 0;
    var missing = missing(whole ? 0 : common(last), last, each);
    return report(artifacts, missing.cardinality(), last - missing.cardinality(), whole, true);
  }

  private PushReport report(
      long newArtifacts, long moved, long known, boolean whole, boolean dryRun) {
    return new PushReport(newArtifacts, moved, known, whole, conflicts, conflicting, dryRun);
  }

  /**
   * How many events both have from the beginning: one is a copy of the other, or was, until each
   * went on by itself. Two events of one number and time are the same.
   */
  private long common(long last) {
    long low = 0;
    long high = Math.min(last, target.stats().seq());
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (origin(source, middle).equals(origin(target, middle))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static List<String> origin(ArtifactCatalog catalog, long seq) {
    var lines = page(catalog, seq - 1, 1);
    if (lines.isEmpty()) {
      return List.of();
    }
    var event = event(lines.getFirst());
    return List.of(event.at().toString(), String.valueOf(event.artifactId()), event.kind().name());
  }

  private static Event event(String line) {
    var json = Json.parseObject(line, "an exported event", PythonJson.MAX_DEPTH);
    return EventJson.fromMap(new Fields(json, "the line").object("_event"));
  }

  /** The lines of the next events, without header and end. */
  static List<String> page(ArtifactCatalog catalog, long after, int limit) {
    var text = new StringBuilder();
    catalog.exportEvents(after, limit, text);
    return text.toString().lines().filter(line -> line.startsWith(EVENT)).toList();
  }

  /**
   * Which events after one the target does not have; each of them is told, and counted with the
   * artifacts that they register.
   */
  private BitSet missing(long after, long last, Consumer<Event> each) {
    var missing = new BitSet();
    for (long from = after; from < last; ) {
      var lines = page(source, from, pageSize(from, last));
      var outcomes = imported(lines, from, true);
      for (int i = 0; i < outcomes.size(); i++) {
        var error = outcomes.get(i).error();
        if (error != null) {
          keep(error);
        } else if (outcomes.get(i).status() == Outcome.Status.CREATED) {
          missing.set(Math.toIntExact(from + i - after));
          tell(lines.get(i), each);
        }
      }
      from = next(from, lines, outcomes);
    }
    return missing;
  }

  private static int pageSize(long from, long last) {
    return (int) Math.min(PAGE, last - from);
  }

  /** Where to go on; a page has an outcome for each of its events, or something is wrong. */
  private static long next(long from, List<String> lines, List<Outcome> outcomes) {
    if (lines.isEmpty() || outcomes.size() != lines.size()) {
      throw new CatalogException(
          ErrorCode.CORRUPT,
          "after event %d there are %d events, and %d answers to them; push again"
              .formatted(from, lines.size(), outcomes.size()));
    }
    return from + lines.size();
  }

  private void keep(CatalogException conflict) {
    conflicting++;
    if (conflicts.size() < KEPT_CONFLICTS) {
      conflicts.add(conflict);
    }
  }

  private void tell(String line, Consumer<Event> each) {
    var event = event(line);
    if (event.kind() == Event.Kind.REGISTERED) {
      artifacts++;
    }
    each.accept(event);
  }

  private void send(long after, long last, BitSet missing) {
    artifacts = 0;
    for (long from = after; from < last && conflicting == 0; ) {
      var lines = page(source, from, pageSize(from, last));
      var wanted = new ArrayList<String>();
      for (int i = 0; i < lines.size(); i++) {
        if (missing.get(Math.toIntExact(from + i - after))) {
          wanted.add(lines.get(i));
        }
      }
      var outcomes = wanted.isEmpty() ? List.<Outcome>of() : imported(wanted, from, false);
      for (int i = 0; i < outcomes.size(); i++) {
        var error = outcomes.get(i).error();
        if (error != null) {
          keep(error);
        } else if (outcomes.get(i).status() == Outcome.Status.CREATED) {
          events++;
          tell(wanted.get(i), event -> {});
        }
      }
      from += lines.size();
      progress.accept(from);
    }
  }

  private List<Outcome> imported(List<String> lines, long after, boolean dryRun) {
    var header =
        Json.write(
            Map.of(
                "_export",
                Map.of(
                    "format", 1, "project", source.project(), "after", after, "dry_run", dryRun)));
    var text = new StringBuilder(header).append('\n');
    lines.forEach(line -> text.append(line).append('\n'));
    text.append("{\"_end\":{\"events\":").append(lines.size()).append("}}\n");
    var outcomes = new ArrayList<Outcome>();
    target.importLines(new BufferedReader(new StringReader(text.toString())), outcomes::add);
    return outcomes;
  }
}
