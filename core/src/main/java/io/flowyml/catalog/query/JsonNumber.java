package io.flowyml.catalog.query;

import org.jspecify.annotations.Nullable;

/**
 * Texts that are wholly a JSON number: {@code 5}, {@code -0.5}, {@code 1e-3}, but not {@code 007},
 * {@code .5}, {@code +1}, {@code NaN} or {@code " 5"}.
 *
 * @since 0.1
 */
public final class JsonNumber {
  private JsonNumber() {}

  /**
   * The nearest double, an infinity for what is beyond the largest one, and {@code 0.0} for minus
   * zero; {@code null} where the text is not a JSON number.
   *
   * @param text the whole of it
   * @return {@code null} where it is none
   */
  public static @Nullable Double parse(String text) {
    return isNumber(text) ? Double.parseDouble(text) + 0.0 : null;
  }

  private static boolean isNumber(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int whole = digits(text, i);
    if (whole == i || (text.charAt(i) == '0' && whole > i + 1)) {
      return false;
    }
    i = whole;
    if (i < text.length() && text.charAt(i) == '.') {
      int fraction = digits(text, i + 1);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
        i++;
      }
      int exponent = digits(text, i);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == text.length();
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
