package io.flowyml.catalog.internal.json;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The text that Python's {@code json.dumps} makes of a value: separators {@code ", "} and {@code ":
 * "}, everything beyond printable ASCII escaped, Python's float text, integers of any size, {@code
 * NaN} and {@code Infinity}.
 *
 * <p>Values are {@code null}, Boolean, String, Byte to Long and BigInteger, Double, Float
 * (widened), lists, arrays (but {@code byte[]} and {@code char[]}) and maps with text keys. Others,
 * and values nested more than {@link #MAX_DEPTH} deep, are refused as {@code INVALID_ARGUMENT} with
 * their path.
 */
public final class PythonJson {
  /** Lists and maps inside each other; Python's own recursion ends near it. */
  public static final int MAX_DEPTH = JsonPrinter.MAX_DEPTH;

  private PythonJson() {}

  /** {@code json.dumps(value)}: members in the map's order. */
  public static String dumps(@Nullable Object value) {
    return JsonPrinter.print(value, JsonPrinter.Style.PYTHON);
  }

  /** {@code json.dumps(value, sort_keys=True)}: members by the code points of their keys. */
  public static String dumpsSorted(@Nullable Object value) {
    return JsonPrinter.print(value, JsonPrinter.Style.PYTHON_SORTED);
  }

  /**
   * Feeds the bytes of {@link #dumpsSorted} to a digest, without ever holding the whole text.
   *
   * @return how many bytes they were
   */
  public static long digestSorted(@Nullable Object value, MessageDigest digest) {
    var total = new long[1];
    JsonPrinter.print(
        value,
        JsonPrinter.Style.PYTHON_SORTED,
        (text, length) -> {
          digest.update(text, 0, length);
          total[0] += length;
        });
    return total[0];
  }
}
