package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.spi.ApiKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key in JSON, without its text, for the command line and the wire alike. */
public final class KeyJson {
  private KeyJson() {}

  /** {@code {"id", "name", "role", "projects", "created_at", ...}}. */
  public static Map<String, @Nullable Object> toMap(ApiKey key) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("id", key.id());
    map.put("name", key.name());
    map.put("role", key.role().name().toLowerCase(Locale.ROOT));
    map.put("projects", key.projects());
    map.put("created_at", JsonTime.text(key.createdAt()));
    map.put("created_by", key.createdBy());
    putTime(map, "expires_at", key.expiresAt());
    putTime(map, "last_used_at", key.lastUsedAt());
    putTime(map, "revoked_at", key.revokedAt());
    return map;
  }

  private static void putTime(
      Map<String, @Nullable Object> map, String name, @Nullable Instant time) {
    if (time != null) {
      map.put(name, JsonTime.text(time));
    }
  }

  /** Reads a key back. Fails with {@code invalid_argument} where a field is missing or wrong. */
  public static ApiKey fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the key");
    return new ApiKey(
        fields.neededText("id"),
        fields.neededText("name"),
        fields.neededConstant("role", ApiKey.Role.class),
        fields.texts("projects"),
        fields.neededTime("created_at"),
        fields.neededText("created_by"),
        fields.time("expires_at"),
        fields.time("last_used_at"),
        fields.time("revoked_at"));
  }
}
