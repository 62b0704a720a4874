package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error as {@code application/problem+json} has it: RFC 9457 with the code and the facts as
 * fields.
 */
public final class ProblemJson {
  private static final Set<String> OWN = Set.of("type", "code", "title", "status", "detail");

  private ProblemJson() {}

  /**
   * {@code {"code", "title", "status", "detail"}} and the facts; a fact never hides one of these.
   */
  public static Map<String, @Nullable Object> toMap(CatalogException error) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("code", error.code().code());
    map.put("title", error.code().code().replace('_', ' '));
    map.put("status", error.code().httpStatus());
    map.put("detail", error.getMessage());
    error.facts().forEach(map::putIfAbsent);
    return map;
  }

  /** Reads an error back. Fails with {@code invalid_argument} where the code is none of ours. */
  public static CatalogException fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the problem");
    var facts = new LinkedHashMap<String, Object>();
    map.forEach(
        (name, value) -> {
          if (value != null && !OWN.contains(name)) {
            facts.put(name, value);
          }
        });
    return new CatalogException(
        fields.neededConstant("code", ErrorCode.class), fields.neededText("detail"), facts, null);
  }
}
