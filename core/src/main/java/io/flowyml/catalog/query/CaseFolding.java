package io.flowyml.catalog.query;

import java.util.Comparator;

/**
 * The one folding of case: simple, one code point to one code point, the same in every locale. Used
 * wherever the catalog ignores case, so that an index, a database and memory agree.
 *
 * <p>{@code É} and {@code é} are one, so are {@code Σ}, {@code σ} and {@code ς}, {@code I}, {@code
 * i}, {@code ı} and {@code İ}; {@code ß} and {@code ss} are not, nor are a letter with an accent
 * and the same written with a combining one.
 *
 * @since 0.1
 */
public final class CaseFolding {
  /**
   * Folded texts in the order of their code points, which is that of their UTF-8 bytes; {@code
   * String.compareTo} goes by UTF-16 units instead.
   */
  public static final Comparator<String> ORDER = CaseFolding::compare;

  private CaseFolding() {}

  /**
   * The text with the same number of code points and no case; folding it again changes nothing.
   *
   * @param text any
   * @return of the same number of code points
   */
  public static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return foldFrom(text, i);
      }
    }
    return text;
  }

  private static String foldFrom(String text, int start) {
    var folded = new StringBuilder(text.length() + 8).append(text, 0, start);
    int i = start;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      folded.appendCodePoint(fold(codePoint));
      i += Character.charCount(codePoint);
    }
    return folded.toString();
  }

  private static int fold(int codePoint) {
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // A surrogate stands for a code point above every other unit.
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
