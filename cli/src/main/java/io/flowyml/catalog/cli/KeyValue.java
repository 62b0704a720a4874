package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code K=V} as tags and metadata are given: a V that is a JSON number, {@code true} or {@code
 * false} is that, anything else is text; {@code K='"5"'} forces text.
 */
record KeyValue(String key, Object value) {

  /** Reads one; fails with {@code invalid_argument} where there is no key or no {@code =}. */
  static KeyValue parse(String argument) {
    int split = argument.indexOf('=');
    if (split < 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "\"%s\" is no K=V: write a key, then =, then a value (empty for an empty text)"
              .formatted(argument));
    }
    return new KeyValue(argument.substring(0, split), typed(argument.substring(split + 1)));
  }

  /**
   * Reads many, in their order; a key given twice is refused, since one of its values would be
   * lost.
   */
  static Map<String, Object> parseAll(@Nullable List<String> arguments) {
    var all = new LinkedHashMap<String, Object>();
    for (var argument : arguments == null ? List.<String>of() : arguments) {
      var one = parse(argument);
      if (all.put(one.key(), one.value()) != null) {
        throw new CatalogException(
            ErrorCode.INVALID_ARGUMENT,
            "the key %s is given twice; give it once".formatted(one.key()));
      }
    }
    return all;
  }

  private static Object typed(String text) {
    if (text.equals("true")) {
      return true;
    }
    if (text.equals("false")) {
      return false;
    }
    if (isJsonNumber(text) || isQuoted(text)) {
      var value = Json.parse(text);
      return value == null ? text : value;
    }
    return text;
  }

  /** A whole JSON string; a text that only begins with a quote is itself. */
  private static boolean isQuoted(String text) {
    if (text.length() < 2 || text.charAt(0) != '"') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        return false;
      }
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i == text.length() - 1;
      }
    }
    return false;
  }

  /**
   * {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}, so {@code 007} and {@code 1.} are
   * texts.
   */
  static boolean isJsonNumber(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int digits = digits(text, i);
    if (digits == 0 || (digits > 1 && text.charAt(i) == '0')) {
      return false;
    }
    i += digits;
    if (i < text.length() && text.charAt(i) == '.') {
      int fraction = digits(text, i + 1);
      if (fraction == 0) {
        return false;
      }
      i += 1 + fraction;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      int sign = i + 1 < text.length() && "+-".indexOf(text.charAt(i + 1)) >= 0 ? 1 : 0;
      int exponent = digits(text, i + 1 + sign);
      if (exponent == 0) {
        return false;
      }
      i += 1 + sign + exponent;
    }
    return i == text.length();
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - from;
  }
}
