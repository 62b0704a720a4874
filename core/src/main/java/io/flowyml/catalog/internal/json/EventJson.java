package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event in JSON, for the command line, exports and the wire alike. */
public final class EventJson {
  private EventJson() {}

  /** The event as JSON-like values: {@code {"seq", "at", "actor", "kind", "artifact_id", ...}}. */
  public static Map<String, @Nullable Object> toMap(Event event) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("seq", event.seq());
    map.put("at", JsonTime.text(event.at()));
    map.put("actor", event.actor());
    map.put("kind", ArtifactJson.text(event.kind()));
    ArtifactJson.putIfThere(map, "artifact_id", event.artifactId());
    ArtifactJson.putIfThere(map, "name", event.name());
    ArtifactJson.putIfThere(map, "version", event.version());
    map.put("changes", event.changes());
    return map;
  }

  /** Reads an event back. Fails with {@code invalid_argument} where a field is missing or wrong. */
  public static Event fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the event");
    return new Event(
        fields.neededInteger("seq"),
        fields.neededTime("at"),
        fields.neededText("actor"),
        fields.neededConstant("kind", Event.Kind.class),
        fields.text("artifact_id"),
        fields.text("name"),
        fields.text("version"),
        fields.object("changes"));
  }
}
