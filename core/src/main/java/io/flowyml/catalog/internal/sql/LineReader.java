package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads numbered lines of bounded length; those that hold nothing are passed over. */
public final class LineReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader reader;
  private final char[] buffer = new char[1 << 14];
  private int next;
  private int end;
  private long number;

  public LineReader(Reader reader) {
    this.reader = reader;
  }

  /**
   * A line.
   *
   * @param text {@code null} where it is longer than was allowed
   */
  public record Line(long number, @Nullable String text) {}

  /** The next line that holds something, or {@code null} at the end. */
  public @Nullable Line next(long mostBytes) {
    while (fill(number + 1)) {
      number++;
      var text = text(mostBytes);
      if (text == null || !text.isBlank()) {
        return new Line(number, text);
      }
    }
    return null;
  }

  /**
   * @param line the one that is being read, for errors
   */
  private boolean fill(long line) {
    if (next == end) {
      try {
        next = 0;
        end = Math.max(0, reader.read(buffer, 0, buffer.length));
      } catch (CharacterCodingException e) {
        throw new CatalogException(
            ErrorCode.INVALID_ARGUMENT,
            "line %d, or one soon after it, is not UTF-8; encode it so".formatted(line),
            Map.of("line", line),
            e);
      } catch (IOException e) {
        throw new CatalogException(
            ErrorCode.STORAGE, "line %d cannot be read: %s".formatted(line, e.getMessage()), e);
      }
      if (number == 0 && end > 0 && buffer[0] == BYTE_ORDER_MARK) {
        next = 1;
        return end > 1 || fill(line);
      }
    }
    return next < end;
  }

  /** What is left of the line; the rest of one that is too long is read and dropped. */
  private @Nullable String text(long mostBytes) {
    var text = new StringBuilder();
    long bytes = 0;
    while (fill(number)) {
      int from = next;
      while (next < end && buffer[next] != '\n') {
        bytes += bytes(buffer[next++]);
      }
      if (bytes <= mostBytes) {
        text.append(buffer, from, next - from);
      }
      if (next < end) {
        next++;
        break;
      }
    }
    return bytes <= mostBytes ? text.toString() : null;
  }

  /** Of UTF-8; each half of a pair counts for two. */
  private static int bytes(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
