package io.flowyml.catalog.internal.json;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    var bytes = new AsciiDigest(digest);
    try {
      JsonPrinter.print(value, JsonPrinter.Style.PYTHON_SORTED, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // AsciiDigest has no I/O
    }
    return bytes.total;
  }

  /** The text is ASCII, so a character is a byte. */
  private static final class AsciiDigest implements JsonPrinter.Sink {
    private final MessageDigest digest;
    private byte[] bytes = new byte[0];
    private long total;

    private AsciiDigest(MessageDigest digest) {
      this.digest = digest;
    }

    @Override
    public void accept(char[] text, int length) {
      if (bytes.length < length) {
        bytes = new byte[text.length];
      }
      for (var i = 0; i < length; i++) {
        bytes[i] = (byte) text[i];
      }
      digest.update(bytes, 0, length);
      total += length;
    }
  }
}
