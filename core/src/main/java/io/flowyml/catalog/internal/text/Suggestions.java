package io.flowyml.catalog.internal.text;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** "Did you mean". */
public final class Suggestions {
  private static final int LONGEST = 80;
  private static final int SHORTEST_START = 3;

  private Suggestions() {}

  /** The nearest of the words if one is near, else all of them. */
  public static String of(String written, List<String> words) {
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

  /** Letters to insert, remove, replace or swap with their neighbour to make one of the other. */
  private static int changes(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int moved = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
        rows[i][j] = Math.min(replaced, moved);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length()][b.length()];
  }
}
