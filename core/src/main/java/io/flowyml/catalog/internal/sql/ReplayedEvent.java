package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.JsonTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of another catalog.
 *
 * @param name of the artifact, as it was called after the event
 * @param origin when and by whom it was done first: {@code {"seq", "at", "actor"}}
 * @param record what it left behind: of a registration a whole record, else the values it changed
 */
record ReplayedEvent(
    Event.Kind kind,
    String id,
    String name,
    String version,
    Map<String, @Nullable Object> origin,
    Map<String, @Nullable Object> changes,
    Map<String, @Nullable Object> record) {

  static ReplayedEvent of(Import.Parsed line) {
    if (line.error() != null) {
      throw line.error();
    }
    try {
      var fields = line.fields(ExportLine.EVENT);
      var changes = fields.object("changes");
      return new ReplayedEvent(
          fields.neededConstant("kind", Event.Kind.class),
          fields.neededText("artifact_id"),
          fields.neededText("name"),
          fields.neededText("version"),
          origin(fields, new Fields(changes, "the changes").object(ExportLine.MOVED)),
          changes,
          new Fields(line.json(), "the line").object(ExportLine.RECORD));
    } catch (CatalogException e) {
      throw line.refused(e);
    }
  }

  /** Where it had come from another catalog itself, when it was done there. */
  private static Map<String, @Nullable Object> origin(
      Fields event, Map<String, @Nullable Object> moved) {
    var first = moved.isEmpty() ? event : new Fields(moved, "the event's origin");
    var origin = new LinkedHashMap<String, @Nullable Object>();
    origin.put("seq", first.neededInteger("seq"));
    origin.put("at", JsonTime.text(first.neededTime("at")));
    origin.put("actor", first.neededText("actor"));
    return origin;
  }

  Instant at() {
    return new Fields(origin, "the event's origin").neededTime("at");
  }

  private Fields change() {
    return new Fields(changes, "the changes");
  }

  /** The keys whose values it changed. */
  List<String> changedKeys(String field) {
    return List.copyOf(change().object(field).keySet());
  }

  /** Ids or aliases that it added, dropped or restored. */
  List<String> changedTexts(String field, String what) {
    return new Fields(change().object(field), "the changes").texts(what);
  }

  String alias() {
    return change().neededText("alias");
  }

  /** What the alias pointed at before; {@code null} where it was new. */
  @Nullable String aliasFrom() {
    return new Fields(change().object("from"), "the changes").text("id");
  }

  /** The alias as it is referred to. */
  String aliasReference() {
    return name + "@" + alias();
  }
}
