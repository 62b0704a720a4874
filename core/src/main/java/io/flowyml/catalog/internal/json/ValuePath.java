package io.flowyml.catalog.internal.json;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How errors name a place inside a JSON-like value: {@code metadata.owner.teams[2]}. */
final class ValuePath {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int LONGEST_KEY = 64;
  private static final int SHOWN_STEPS = 20;

  /** For each level entered the key it is at, else {@code null} and the index counts. */
  private @Nullable String[] keys = new @Nullable String[8];

  private int[] indexes = new int[8];
  private int depth;

  void enter() {
    if (depth == indexes.length) {
      keys = Arrays.copyOf(keys, depth * 2);
      indexes = Arrays.copyOf(indexes, depth * 2);
    }
    depth++;
  }

  void at(String key) {
    keys[depth - 1] = key;
  }

  void at(int index) {
    keys[depth - 1] = null;
    indexes[depth - 1] = index;
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  /** The path below {@code what}, cut after 20 steps. */
  String in(String what) {
    var path = new StringBuilder(what);
    for (var i = 0; i < Math.min(depth, SHOWN_STEPS); i++) {
      var key = keys[i];
      if (key == null) {
        path.append('[').append(indexes[i]).append(']');
      } else if (PLAIN_KEY.matcher(key).matches()) {
        path.append('.').append(key);
      } else {
        path.append('[').append(quoted(key)).append(']');
      }
    }
    return depth > SHOWN_STEPS ? path + "..." : path.toString();
  }

  private static String quoted(String key) {
    return key.length() <= LONGEST_KEY
        ? PythonJson.dumps(key)
        : PythonJson.dumps(key.substring(0, LONGEST_KEY)) + "...";
  }

  /** What a value is, in words for messages: {@code a number}, {@code a java.util.Date}. */
  static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String s -> "a string";
      case Boolean b -> "a boolean";
      case Long l -> "an integer";
      case BigInteger i -> "an integer";
      case Double d -> "a number";
      case List<?> l -> "an array";
      case Map<?, ?> m -> "an object";
      default -> "a " + value.getClass().getTypeName();
    };
  }
}
