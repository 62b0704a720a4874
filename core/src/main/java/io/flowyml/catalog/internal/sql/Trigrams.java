package io.flowyml.catalog.internal.sql;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What SQLite's substring index is asked for. Without positions it knows only which trigrams a text
 * holds: the rarest few are asked for, since the lists of common ones are long, and the texts found
 * are compared anyway.
 */
final class Trigrams {
  private static final int LENGTH = 3;

  /** Trigrams of a text that are asked for. */
  private static final int RAREST = 4;

  /** Trigrams of a text to choose from. */
  private static final int MOST = 16;

  /** A trigram in so many values is common, and is not counted further. */
  private static final int COMMON = 500;

  private static final int KEPT = 10_000;

  /** In about how many values each stands, once it was asked for. */
  private final Map<String, Integer> frequencies = new ConcurrentHashMap<>();

  /** A condition in the words of the index; the text has three code points at least. */
  String match(Session session, String folded) {
    return of(folded).stream()
        .sorted(Comparator.comparingInt(trigram -> frequency(session, trigram)))
        .limit(RAREST)
        .collect(Collectors.joining(" AND "));
  }

  /** Each once, quoted; of a long text only some from all over it. */
  private static Set<String> of(String folded) {
    int[] points = folded.codePoints().toArray();
    int last = points.length - LENGTH;
    int step = Math.max(1, last / MOST);
    var trigrams = new LinkedHashSet<String>();
    for (int i = 0; i <= last; i += step) {
      var trigram = new String(points, i, LENGTH);
      trigrams.add('"' + trigram.replace("\"", "\"\"") + '"');
    }
    return trigrams;
  }

  private int frequency(Session session, String trigram) {
    var known = frequencies.get(trigram);
    if (known != null) {
      return known;
    }
    if (frequencies.size() >= KEPT) {
      frequencies.clear();
    }
    int frequency =
        session
            .list(
                "SELECT rowid FROM term_text WHERE term_text MATCH ? LIMIT ?",
                r -> r.getLong(1),
                trigram,
                COMMON)
            .size();
    frequencies.put(trigram, frequency);
    return frequency;
  }
}
