package io.flowyml.catalog.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tolerant door makes of texts that no database column can hold: NUL and lone surrogates
 * become U+FFFD.
 */
public final class Storable {
  private static final int REPLACEMENT = 0xFFFD;

  private Storable() {}

  /** The text itself where nothing has to be replaced. */
  public static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    return text.codePoints()
        .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A copy of a JSON-like value with all its texts and keys storable. */
  public static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case String text -> text(text);
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> copy.add(value(element)));
        yield copy;
      }
      case Map<?, ?> map -> object(map);
      case null, default -> value;
    };
  }

  public static Map<String, @Nullable Object> object(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, member) -> copy.put(text(String.valueOf(key)), value(member)));
    return copy;
  }
}
