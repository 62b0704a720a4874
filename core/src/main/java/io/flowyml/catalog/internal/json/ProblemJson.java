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

  /** A fact of {@code storage} that has a status of its own. */
  public static final Map<String, Object> DISK_FULL = Map.of("reason", "disk_full");

  private static final int INSUFFICIENT_STORAGE = 507;

  private ProblemJson() {}

  /** The HTTP status: that of the code, or a closer one. */
  public static int status(CatalogException error) {
    return error.facts().equals(DISK_FULL) ? INSUFFICIENT_STORAGE : error.code().httpStatus();
  }

  /**
   * {@code {"code", "title", "status", "detail"}} and the facts; a fact never hides one of these.
   */
  public static Map<String, @Nullable Object> toMap(CatalogException error) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("code", error.code().code());
    map.put("title", error.code().code().replace('_', ' '));
    map.put("status", status(error));
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
