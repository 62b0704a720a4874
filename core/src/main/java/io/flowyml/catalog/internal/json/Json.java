package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON texts. Numbers without fraction and exponent are {@code Long} or {@code
 * BigInteger}, all others {@code Double}; of members with the same name the last one counts; lone
 * surrogates and NUL written as escapes are read as they are, since only {@link #checked} is a
 * strict door. A text that does not parse is {@code INVALID_ARGUMENT} and its message has
 * line:column.
 */
public final class Json {
  private Json() {}

  /**
   * Reads one strict JSON value with nothing behind it.
   *
   * @throws CatalogException {@code INVALID_ARGUMENT}, also for numbers that no double can hold;
   *     {@code LIMIT_EXCEEDED} for more than {@link Limits#JSON_DEPTH} arrays and objects inside
   *     each other
   */
  public static @Nullable Object parse(String text) {
    return JsonReader.strict(text);
  }

  /**
   * Reads one JSON object.
   *
   * @param what names the text in the error when it is another value: {@code the request body}
   */
  public static Map<String, @Nullable Object> parseObject(String text, String what) {
    return asObject(parse(text), what);
  }

  /**
   * Reads one JSON object with a bound of the caller's own: for what carries records, whose values
   * may be as deep as {@link Limits#JSON_DEPTH} themselves.
   */
  public static Map<String, @Nullable Object> parseObject(String text, String what, int maxDepth) {
    return asObject(JsonReader.strict(text, maxDepth), what);
  }

  /**
   * Reads what Python's {@code json.loads} reads: also {@code NaN}, {@code Infinity} and {@code
   * -Infinity}, and numbers beyond the range of a double as infinities.
   *
   * @throws CatalogException {@code INVALID_ARGUMENT}, also for a text deeper than {@link
   *     Limits#JSON_DEPTH}
   */
  public static @Nullable Object parsePython(String text) {
    return JsonReader.python(text, Limits.JSON_DEPTH);
  }

  /**
   * As {@link #parsePython(String)} with a bound of the caller's own, for values that are only
   * hashed.
   *
   * @param maxDepth 1 to {@link PythonJson#MAX_DEPTH} arrays and objects inside each other
   */
  public static @Nullable Object parsePython(String text, int maxDepth) {
    return JsonReader.python(text, maxDepth);
  }

  /**
   * Reads a JSON array of strings: {@code ["a", "b"]}.
   *
   * @throws CatalogException {@code INVALID_ARGUMENT} also for any other value
   */
  public static List<String> parseStrings(String text) {
    if (text.equals("[]")) {
      return List.of();
    }
    if (!(parse(text) instanceof List<?> values)) {
      throw notStrings("is not an array");
    }
    var strings = new ArrayList<String>(values.size());
    for (var value : values) {
      if (!(value instanceof String string)) {
        throw notStrings("holds " + ValuePath.kind(value) + " at index " + strings.size());
      }
      strings.add(string);
    }
    return strings;
  }

  /** Writes a value as compact JSON; NaN and the infinities, which JSON lacks, as strings. */
  public static String write(@Nullable Object value) {
    return JsonPrinter.print(value, JsonPrinter.Style.COMPACT);
  }

  /** Writes a value for people: a member and an element per line, two spaces a level. */
  public static String writePretty(@Nullable Object value) {
    return JsonPrinter.print(value, JsonPrinter.Style.PRETTY);
  }

  /** As {@link #write}, in UTF-8. */
  public static byte[] bytes(@Nullable Object value) {
    return JsonPrinter.bytes(value, JsonPrinter.Style.COMPACT);
  }

  /**
   * Whether NaN or an infinity is anywhere in the value: what Python writes and JSON cannot hold.
   */
  public static boolean holdsNonJson(@Nullable Object value) {
    return switch (value) {
      case Double number -> !Double.isFinite(number);
      case Float number -> !Float.isFinite(number);
      case Map<?, ?> map -> map.values().stream().anyMatch(Json::holdsNonJson);
      case null -> false;
      default -> {
        var list = ListView.of(value);
        yield list != null && list.stream().anyMatch(Json::holdsNonJson);
      }
    };
  }

  /**
   * Takes a caller's value at a strict door: a copy that shares nothing mutable with it, with
   * arrays as lists, {@code Float} as {@code Double} and integers as {@code Long} where they fit. A
   * {@code BigDecimal} is taken where an integer or a double has the same value.
   *
   * @param what names the value in errors, where the path follows: {@code metadata.owner.teams[2]}
   * @throws CatalogException {@code INVALID_ARGUMENT} for NaN, infinities, NUL, lone surrogates,
   *     keys that are no text, and objects that JSON has no word for; {@code LIMIT_EXCEEDED} for
   *     more than {@link Limits#JSON_DEPTH} lists and maps inside each other
   */
  public static @Nullable Object checked(@Nullable Object value, String what) {
    return new CheckedValue(what).of(value);
  }

  /** As {@link #checked} for a map: metadata, tags. */
  public static Map<String, @Nullable Object> checkedObject(
      Map<String, ? extends @Nullable Object> value, String what) {
    return asObject(checked(value, what), what);
  }

  /** Refuses NUL and lone surrogates, which no database column can hold. */
  public static String checkedText(String text, String what) {
    return new CheckedValue(what).text(text);
  }

  @SuppressWarnings("unchecked") // parse and checked make no other maps
  private static Map<String, @Nullable Object> asObject(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        what + " is " + ValuePath.kind(value) + "; a JSON object is needed");
  }

  private static CatalogException notStrings(String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT, "the text " + why + "; a JSON array of strings is needed");
  }
}
