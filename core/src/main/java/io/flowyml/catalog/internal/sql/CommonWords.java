package io.flowyml.catalog.internal.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Words that were found to stand in many values. It saves counting them again; whether it is still
 * so decides how a search goes about, not what it finds.
 */
final class CommonWords {
  private static final int KEPT = 2_000;

  private record Word(long project, String folded) {}

  private final Set<Word> words =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Word, Boolean> eldest) {
                  return size() > KEPT;
                }
              }));

  void add(long project, String folded) {
    words.add(new Word(project, folded));
  }

  boolean has(long project, String folded) {
    return words.contains(new Word(project, folded));
  }
}
