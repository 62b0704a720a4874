package io.flowyml.catalog;

import io.flowyml.catalog.internal.json.JsonTime;
import io.flowyml.catalog.query.Operand;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Which state of the catalog is read: the one after an event, or the one at a time, which is that
 * after the last event not later than it.
 *
 * @since 0.1
 */
public sealed interface AsOf {

  /**
   * After the event of that number.
   *
   * @param seq 0 for before the first event
   */
  record Seq(long seq) implements AsOf {
    public Seq {
      if (seq < 0) {
        throw refused(Long.toString(seq), "is no number of an event");
      }
    }
  }

  /**
   * At a time within the years 1 to 9999, to the microsecond.
   *
   * @param at is cut to the microsecond
   */
  record Time(Instant at) implements AsOf {
    public Time {
      if (at.isBefore(Instant.parse("0001-01-01T00:00:00Z"))
          || !at.isBefore(Instant.parse("+10000-01-01T00:00:00Z"))) {
        throw refused(at.toString(), "lies outside the years 1 to 9999");
      }
      at = at.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * What a person writes: digits are the number of an event; {@code 2026-03-03} is the end of that
   * day in UTC, {@code 2026-03} that of the month; {@code 2026-03-03T10:15:00Z} is that moment,
   * {@code -7d} that long ago (s, m, h, d, w). Fails with {@code invalid_argument}.
   *
   * @param text as above
   * @param now what {@code -7d} counts from
   * @return an event or a time
   */
  static AsOf parse(String text, Instant now) {
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      try {
        return new Seq(Long.parseLong(text));
      } catch (NumberFormatException e) {
        throw refused(text, "is no number of an event");
      }
    }
    var period = Operand.Period.parse(text, now);
    if (period == null) {
      throw refused(text, "is no time");
    }
    return new Time(period.to().minus(1, ChronoUnit.MICROS));
  }

  /**
   * As {@link #parse} reads it: a number, or a moment in UTC.
   *
   * @return a text that {@link #parse} reads as this
   */
  default String asText() {
    return switch (this) {
      case Seq(long seq) -> Long.toString(seq);
      case Time(var at) -> JsonTime.text(at);
    };
  }

  private static CatalogException refused(String text, String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "as of \"%s\": it %s; write the number of an event, a day like 2026-03-03 for its end, a moment like 2026-03-03T10:15:00Z, or -7d (s, m, h, d, w)"
            .formatted(text, why),
        Map.of("as_of", text),
        null);
  }
}
