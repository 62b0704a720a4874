package io.flowyml.catalog.internal.json;

import java.util.Comparator;

/**
 * Strings by their Unicode code points, as Python and UTF-8 order them. {@code String.compareTo}
 * goes by UTF-16 units, where U+1F600 (D83D DE00) comes before U+FF5E.
 */
enum CodePointOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    var shorter = Math.min(a.length(), b.length());
    for (var i = 0; i < shorter; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return compareFrom(a, b, i);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** The unit at {@code i} differs, and may be the second half of a pair. */
  private static int compareFrom(String a, String b, int i) {
    if (i > 0 && Character.isHighSurrogate(a.charAt(i - 1))) {
      var byPair = Integer.compare(a.codePointAt(i - 1), b.codePointAt(i - 1));
      if (byPair != 0) {
        return byPair;
      }
    }
    return Integer.compare(a.codePointAt(i), b.codePointAt(i));
  }
}
