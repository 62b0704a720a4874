package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A JSON object read field by field; what is missing or of another type is refused by its name. */
public final class Fields {
  private final Map<String, ? extends @Nullable Object> map;
  private final String what;

  /**
   * @param what names the object in errors: {@code the artifact record}
   */
  public Fields(Map<String, ? extends @Nullable Object> map, String what) {
    this.map = map;
    this.what = what;
  }

  /** Refuses every field that is in none of the sets, all at once. */
  void refuseOthers(Set<String> known, Set<String> alsoKnown) {
    var unknown = new TreeSet<String>();
    for (var name : map.keySet()) {
      if (!known.contains(name) && !alsoKnown.contains(name)) {
        unknown.add(name);
      }
    }
    if (!unknown.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "%s has fields that no record has: %s; remove them, or put them into tags or metadata"
              .formatted(what, String.join(", ", unknown)),
          Map.of("fields", List.copyOf(unknown)),
          null);
    }
  }

  /** Refuses every field that is not known, all at once. */
  public void refuseOthers(Set<String> known) {
    var unknown = new TreeSet<>(map.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "%s has unknown fields: %s; there are %s"
              .formatted(what, String.join(", ", unknown), String.join(", ", new TreeSet<>(known))),
          Map.of("fields", List.copyOf(unknown)),
          null);
    }
  }

  /** The error for a field whose value cannot be right. */
  public CatalogException refused(String name, String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "%s: %s %s".formatted(what, name, why),
        Map.of("field", name),
        null);
  }

  public @Nullable String text(String name) {
    var value = map.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrongType(name, "a string", value);
  }

  /** The text, or {@code null} where it is empty. */
  public @Nullable String filledText(String name) {
    var text = text(name);
    return text == null || text.isEmpty() ? null : text;
  }

  public String neededText(String name) {
    return needed(name, text(name));
  }

  public @Nullable Long integer(String name) {
    var value = map.get(name);
    return switch (value) {
      case null -> null;
      case Long number -> number;
      case Integer number -> number.longValue();
      default -> throw wrongType(name, "an integer", value);
    };
  }

  public long neededInteger(String name) {
    return needed(name, integer(name));
  }

  public @Nullable Instant time(String name) {
    var text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "%s: %s is no RFC 3339 time like 2026-11-23T10:15:30Z: %s".formatted(what, name, text),
          e);
    }
  }

  public Instant neededTime(String name) {
    return needed(name, time(name));
  }

  public boolean flag(String name) {
    var value = map.get(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw wrongType(name, "true or false", value);
  }

  /** A constant written in lower case; {@code null} where the field is absent. */
  public <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
    var text = text(name);
    if (text == null) {
      return null;
    }
    for (var constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT, "%s: %s cannot be \"%s\"".formatted(what, name, text));
  }

  public <E extends Enum<E>> E neededConstant(String name, Class<E> type) {
    return needed(name, constant(name, type));
  }

  /** Strings; empty where the field is absent. */
  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var value : array(name)) {
      if (!(value instanceof String text)) {
        throw wrongType(name, "an array of strings", value);
      }
      texts.add(text);
    }
    return texts;
  }

  /** Objects; empty where the field is absent. */
  public List<Map<String, @Nullable Object>> objects(String name) {
    var objects = new ArrayList<Map<String, @Nullable Object>>();
    for (var value : array(name)) {
      objects.add(asObject(name, "an array of objects", value));
    }
    return objects;
  }

  private List<? extends @Nullable Object> array(String name) {
    var value = map.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrongType(name, "an array", value);
  }

  /** An object; empty where the field is absent. */
  public Map<String, @Nullable Object> object(String name) {
    var value = map.get(name);
    return value == null ? Map.of() : asObject(name, "an object", value);
  }

  /** An object out of the text that Python wrote. */
  Map<String, @Nullable Object> pythonObject(String name, String text) {
    return asObject(name, "an object", Json.parsePython(text, PythonJson.MAX_DEPTH));
  }

  private Map<String, @Nullable Object> asObject(
      String name, String expected, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrongType(name, expected, value);
    }
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, entry) -> copy.put((String) key, entry));
    return copy;
  }

  private <T> T needed(String name, @Nullable T value) {
    if (value == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "%s has no field %s, which is needed".formatted(what, name));
    }
    return value;
  }

  private CatalogException wrongType(String name, String expected, @Nullable Object found) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "%s: %s must be %s, not %s".formatted(what, name, expected, ValuePath.kind(found)));
  }
}
