package io.flowyml.catalog.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words that the language knows. */
final class Keys {
  static final String TAG = "tag.";
  static final String METADATA = "metadata.";
  static final String HAS = "has";
  static final String SORT = "sort";
  static final String UPSTREAM = "upstream";
  static final String DOWNSTREAM = "downstream";

  static final List<String> FUNCTIONS = List.of(UPSTREAM, DOWNSTREAM);
  static final List<String> TRAITS = Arrays.stream(Trait.values()).map(Keys::lowerCase).toList();

  private static final Map<String, Field> FIELDS =
      Arrays.stream(Field.BuiltIn.values())
          .collect(Collectors.toUnmodifiableMap(Keys::lowerCase, field -> field));
  private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT");
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][\\w.-]*");

  private Keys() {}

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word);
  }

  static @Nullable Field builtIn(String key) {
    return FIELDS.get(key);
  }

  /** Whether a tag of this key is written without {@code tag.} before it. */
  static boolean isPlainTag(String key) {
    return KEY.matcher(key).matches()
        && !FIELDS.containsKey(key)
        && !key.equals(HAS)
        && !key.equals(SORT)
        && !key.startsWith(TAG)
        && !key.startsWith(METADATA);
  }

  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
