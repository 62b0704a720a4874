package io.flowyml.catalog.internal.sql;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

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

  /** Values in which common trigrams are counted, to tell how common they are. */
  private static final int SAMPLE = 1_000;

  /**
   * How many values there were when a project's sample was taken, and how often each stands in it.
   */
  private record Sample(long terms, Map<String, Integer> counts) {}

  private final Map<Long, Sample> samples = new ConcurrentHashMap<>();

  /** In about how many values each stands, once it was asked for. */
  private final Map<String, Integer> frequencies = new ConcurrentHashMap<>();

  /** A condition in the words of the index; the text has three code points at least. */
  String match(Session session, long project, String folded) {
    int length = folded.codePointCount(0, folded.length());
    var trigrams = of(folded, Math.max(1, (length - LENGTH) / MOST));
    var order = Comparator.<String>comparingInt(trigram -> frequency(session, trigram));
    if (trigrams.size() > 1 && trigrams.stream().allMatch(t -> frequency(session, t) == COMMON)) {
      var counts = sample(session, project);
      order = Comparator.comparingInt(trigram -> counts.getOrDefault(trigram, 0));
    }
    return trigrams.stream()
        .sorted(order)
        .limit(RAREST)
        .map(Trigrams::quoted)
        .collect(Collectors.joining(" AND "));
  }

  private static String quoted(String trigram) {
    return '"' + trigram.replace("\"", "\"\"") + '"';
  }

  /** Each once; of a long text only some from all over it. */
  private static Set<String> of(String folded, int step) {
    int[] points = folded.codePoints().toArray();
    var trigrams = new LinkedHashSet<String>();
    for (int i = 0; i <= points.length - LENGTH; i += step) {
      trigrams.add(new String(points, i, LENGTH));
    }
    return trigrams;
  }

  /** How often trigrams stand in some of a project's values, taken from all over the dictionary. */
  private Map<String, Integer> sample(Session session, long project) {
    var last = session.number("SELECT max(no) FROM term WHERE project = ?", project);
    long terms = last == null ? 0 : last;
    var known = samples.get(project);
    if (known != null && terms < 2 * known.terms()) {
      return known.counts();
    }
    var counts = new HashMap<String, Integer>();
    session.eachIn(
        "SELECT coalesce(folded, value) FROM term WHERE project = ? AND no IN",
        LongStream.range(0, SAMPLE).map(i -> 1 + i * terms / SAMPLE),
        r -> of(r.getString(1), 1).forEach(trigram -> counts.merge(trigram, 1, Integer::sum)),
        project);
    samples.put(project, new Sample(terms, counts));
    return counts;
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
                quoted(trigram),
                COMMON)
            .size();
    frequencies.put(trigram, frequency);
    return frequency;
  }
}
