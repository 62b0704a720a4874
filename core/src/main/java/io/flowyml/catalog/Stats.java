package io.flowyml.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a project holds.
 *
 * @param project its name
 * @param seq number of the last event; 0 in an empty project
 * @param artifacts living ones
 * @param deleted tombstones
 * @param names names that have a version, living or not
 * @param duplicates living artifacts whose content an older living one has
 * @param duplicateBytes the bytes of those duplicates
 * @param byType living artifacts by type, most frequent first
 * @param topNames the ten names with most living versions, most first
 * @param growth when the living artifacts were registered
 * @since 0.1
 */
public record Stats(
    String project,
    long seq,
    long artifacts,
    long deleted,
    long names,
    long duplicates,
    long duplicateBytes,
    Map<String, Long> byType,
    Map<String, Long> topNames,
    Growth growth) {
  public Stats {
    byType = ordered(byType);
    topNames = ordered(topNames);
  }

  /**
   * Living artifacts by when they were registered, in UTC; stretches without any are left out.
   *
   * @param perDay the last 31 days that have any, {@code 2026-03-03}, latest first
   * @param perWeek the last 26 such weeks by their Monday, latest first
   * @param perMonth all months, {@code 2026-03}, latest first
   */
  public record Growth(
      Map<String, Long> perDay, Map<String, Long> perWeek, Map<String, Long> perMonth) {
    public static final Growth NONE = new Growth(Map.of(), Map.of(), Map.of());

    public Growth {
      perDay = ordered(perDay);
      perWeek = ordered(perWeek);
      perMonth = ordered(perMonth);
    }
  }

  private static Map<String, Long> ordered(Map<String, Long> counts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
