package io.flowyml.catalog.internal.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Words that were found to stand in many values, and comparisons that many values pass. It saves
 * counting them again; whether it is still so decides how a search goes about, not what it finds.
 */
final class CommonParts {
  private static final int KEPT = 2_000;

  private record Part(long project, String text) {}

  private final Set<Part> parts =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Part, Boolean> eldest) {
                  return size() > KEPT;
                }
              }));

  void add(long project, String text) {
    parts.add(new Part(project, text));
  }

  boolean has(long project, String text) {
    return parts.contains(new Part(project, text));
  }
}
