package io.flowyml.catalog.cli;

import io.flowyml.catalog.Event;
import io.flowyml.catalog.cli.Table.Column;
import io.flowyml.catalog.cli.Table.Fit;
import io.flowyml.catalog.internal.json.EventJson;
import io.flowyml.catalog.internal.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as rows of a table and CSV. */
final class EventRows {
  static final List<String> CSV_TITLES =
      List.of("seq", "at", "actor", "kind", "artifact_id", "name", "version", "changes");

  private EventRows() {}

  static Table table(List<Event> events, boolean relativeTimes, Instant now) {
    var table =
        new Table(
            new Column("SEQ", Fit.WHOLE, true),
            new Column("WHEN", Fit.WHOLE),
            new Column("ACTOR", Fit.SHRINKS),
            new Column("WHAT", Fit.WHOLE),
            new Column("ARTIFACT", Fit.SHRINKS),
            new Column("CHANGES", Fit.OPTIONAL));
    for (var event : events) {
      table.row(
          Long.toString(event.seq()),
          ArtifactRows.time(event.at(), relativeTimes, now),
          event.actor(),
          String.valueOf(EventJson.toMap(event).get("kind")),
          artifact(event),
          changes(event.changes()));
    }
    return table;
  }

  private static String artifact(Event event) {
    if (event.name() == null) {
      return event.artifactId() == null ? "" : event.artifactId();
    }
    return event.version() == null ? event.name() : event.name() + ":" + event.version();
  }

  /** {@code tags.stage: staging -> production, tags.team: fraud}. */
  static String changes(Map<String, @Nullable Object> changes) {
    var parts = new ArrayList<String>();
    addChanges(parts, "", changes);
    return String.join(", ", parts);
  }

  private static void addChanges(List<String> parts, String path, Map<?, ?> changes) {
    for (var entry : changes.entrySet()) {
      var key = String.valueOf(entry.getKey());
      if (key.equals("from") || key.equals("to")) {
        continue;
      }
      var name = path.isEmpty() ? key : path + "." + key;
      if (entry.getValue() instanceof Map<?, ?> inner && !isArtifact(inner)) {
        addChanges(parts, name, inner);
      } else {
        parts.add(name + ": " + value(entry.getValue()));
      }
    }
    if (changes.containsKey("from") || changes.containsKey("to")) {
      parts.add(path.isEmpty() ? move(changes) : path + ": " + move(changes));
    }
  }

  private static String move(Map<?, ?> change) {
    if (!change.containsKey("from")) {
      return value(change.get("to"));
    }
    var to = change.containsKey("to") ? value(change.get("to")) : "(none)";
    return value(change.get("from")) + " -> " + to;
  }

  /** What an alias points at, by the version; anything else as it is. */
  private static String value(@Nullable Object value) {
    return value instanceof Map<?, ?> map && isArtifact(map)
        ? "version " + ArtifactRows.plain(map.get("version"))
        : ArtifactRows.plain(value);
  }

  private static boolean isArtifact(Map<?, ?> map) {
    return map.size() == 2 && map.containsKey("id") && map.containsKey("version");
  }

  static List<String> csv(Event event) {
    var map = EventJson.toMap(event);
    var cells = new ArrayList<String>(CSV_TITLES.size());
    for (var title : CSV_TITLES) {
      var value = map.get(title);
      cells.add(value == null ? "" : value instanceof String text ? text : Json.write(value));
    }
    return cells;
  }
}
