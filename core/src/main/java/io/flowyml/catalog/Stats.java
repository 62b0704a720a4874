package io.flowyml.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a project holds.
 *
 * @param seq number of the last event; 0 in an empty project
 * @param artifacts living ones
 * @param deleted tombstones
 * @param names names that have a version, living or not
 * @param duplicates living artifacts whose content an older living one has
 * @param duplicateBytes the bytes of those duplicates
 * @param byType living artifacts by type, most frequent first
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
    Map<String, Long> byType) {
  public Stats {
    byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
  }
}
