package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Stats;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project's figures in JSON, for the command line and the wire alike. */
public final class StatsJson {
  private StatsJson() {}

  /** {@code {"project", "seq", "artifacts", "deleted", "names", "duplicates", ...}}. */
  public static Map<String, @Nullable Object> toMap(Stats stats) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("project", stats.project());
    map.put("seq", stats.seq());
    map.put("artifacts", stats.artifacts());
    map.put("deleted", stats.deleted());
    map.put("names", stats.names());
    map.put("duplicates", stats.duplicates());
    map.put("duplicate_bytes", stats.duplicateBytes());
    map.put("by_type", stats.byType());
    return map;
  }

  /**
   * Reads the figures back. Fails with {@code invalid_argument} where a field is missing or wrong.
   */
  public static Stats fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the figures");
    var types = fields.object("by_type");
    var counts = new Fields(types, "the figures by type");
    var byType = new LinkedHashMap<String, Long>();
    types.keySet().forEach(type -> byType.put(type, counts.neededInteger(type)));
    return new Stats(
        fields.neededText("project"),
        fields.neededInteger("seq"),
        fields.neededInteger("artifacts"),
        fields.neededInteger("deleted"),
        fields.neededInteger("names"),
        fields.neededInteger("duplicates"),
        fields.neededInteger("duplicate_bytes"),
        byType);
  }
}
