package io.flowyml.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins, and what time it was for its query: {@code created>-7d} means the same on
 * every page.
 *
 * @param cursor the backend's own; {@code null} for the first page
 */
record ClockedCursor(Instant clock, @Nullable String cursor) {
  private static final char MARK = '~';

  /** Of what a page gave as its next cursor; it holds the time only where the query needs it. */
  static ClockedCursor parse(@Nullable String text) {
    int mark = text == null ? -1 : text.indexOf(MARK);
    if (text == null || mark < 0) {
      return new ClockedCursor(Instant.now().truncatedTo(ChronoUnit.MICROS), text);
    }
    try {
      long micros = Long.parseLong(text.substring(0, mark), Character.MAX_RADIX);
      return new ClockedCursor(
          Instant.EPOCH.plus(micros, ChronoUnit.MICROS), text.substring(mark + 1));
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "no cursor: hand on next_cursor as it is", e);
    }
  }

  String with(@Nullable String next) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, clock), Character.MAX_RADIX)
        + MARK
        + next;
  }
}
