package io.flowyml.catalog.query;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** "Did you mean". */
final class Suggestions {
  private static final int LONGEST = 40;
  private static final int SHORTEST_START = 3;

  private Suggestions() {}

  /** The nearest of the words if one is near, else all of them. */
  static String of(String written, List<String> words) {
    var nearest =
        written.length() > LONGEST
            ? Optional.<String>empty()
            : words.stream()
                .filter(word -> isNear(written, word))
                .min(Comparator.comparingInt(word -> changes(written, word)));
    return nearest
        .map(word -> "did you mean " + word + "?")
        .orElseGet(() -> words.stream().collect(Collectors.joining(", ", "there is ", "")));
  }

  private static boolean isNear(String written, String word) {
    return changes(written, word) <= word.length() / 3
        || (written.length() >= SHORTEST_START && word.startsWith(written));
  }

  /** Letters to insert, remove or replace to make one word of the other. */
  private static int changes(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
