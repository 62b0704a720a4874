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
    map.put("top_names", stats.topNames());
    var growth = new LinkedHashMap<String, @Nullable Object>();
    growth.put("per_day", stats.growth().perDay());
    growth.put("per_week", stats.growth().perWeek());
    growth.put("per_month", stats.growth().perMonth());
    map.put("growth", growth);
    return map;
  }

  /**
   * Reads the figures back. Fails with {@code invalid_argument} where a field is missing or wrong.
   */
  public static Stats fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the figures");
    var growth = new Fields(fields.object("growth"), "the growth");
    return new Stats(
        fields.neededText("project"),
        fields.neededInteger("seq"),
        fields.neededInteger("artifacts"),
        fields.neededInteger("deleted"),
        fields.neededInteger("names"),
        fields.neededInteger("duplicates"),
        fields.neededInteger("duplicate_bytes"),
        counts(fields, "by_type"),
        counts(fields, "top_names"),
        new Stats.Growth(
            counts(growth, "per_day"), counts(growth, "per_week"), counts(growth, "per_month")));
  }

  private static Map<String, Long> counts(Fields fields, String name) {
    var object = fields.object(name);
    var numbers = new Fields(object, "the figures of " + name);
    var counts = new LinkedHashMap<String, Long>();
    object.keySet().forEach(key -> counts.put(key, numbers.neededInteger(key)));
    return counts;
  }
}
