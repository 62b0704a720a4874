package io.flowyml.catalog.internal.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patch, RFC 7396, on JSON-like values. */
final class JsonMergePatch {
  private JsonMergePatch() {}

  static Map<String, @Nullable Object> apply(
      Map<String, @Nullable Object> target, Map<String, @Nullable Object> patch) {
    var merged = new LinkedHashMap<String, @Nullable Object>(target);
    patch.forEach(
        (key, value) -> {
          if (value == null) {
            merged.remove(key);
          } else {
            merged.put(key, patched(merged.get(key), value));
          }
        });
    return merged;
  }

  @SuppressWarnings("unchecked")
  private static Object patched(@Nullable Object target, Object patch) {
    if (!(patch instanceof Map<?, ?> object)) {
      return patch;
    }
    var before =
        target instanceof Map<?, ?> map
            ? (Map<String, @Nullable Object>) map
            : Map.<String, @Nullable Object>of();
    return apply(before, (Map<String, @Nullable Object>) object);
  }
}
