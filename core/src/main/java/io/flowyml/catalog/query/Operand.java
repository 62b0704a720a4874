package io.flowyml.catalog.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right side of a comparison, as the parser understood it.
 *
 * @since 0.1
 */
public sealed interface Operand {

  /**
   * A text, compared with the text of values: folded, but for {@link Op#EXACT}. The text of a
   * number is its JSON, that of a boolean {@code true} or {@code false}; lists, objects, null and
   * NaN, which only FlowyML writes as tags, have their JSON text. Inequalities pass over these and
   * over values that have a number.
   *
   * @param text as it was written, without quotes
   */
  record Text(String text) implements Operand {}

  /**
   * Texts with anything between them: {@code fraud*2} is {@code ["fraud", "2"]}, {@code *} is
   * {@code ["", ""]} and fits every value. Only with {@link Op#MATCH} and {@link Op#NOT_MATCH},
   * ignoring case.
   *
   * @param parts two or more; only the first and the last may be empty
   */
  record Pattern(List<String> parts) implements Operand {
    public Pattern {
      parts = List.copyOf(parts);
      if (parts.size() < 2 || parts.subList(1, parts.size() - 1).contains("")) {
        throw new IllegalArgumentException("not a pattern: " + parts);
      }
    }

    /**
     * Whether it fits any text, so that only the presence of the field counts.
     *
     * @return whether it is {@code *}
     */
    public boolean isAnything() {
      return parts.size() == 2 && parts.getFirst().isEmpty() && parts.getLast().isEmpty();
    }
  }

  /**
   * A number, compared as a double with values that are numbers and with texts that are wholly one;
   * other values do not match {@code : =} or an inequality, and match {@code !=}. An infinity
   * stands for a number beyond the largest double; minus zero is zero.
   *
   * @param value not NaN
   */
  record Numeric(double value) implements Operand {
    public Numeric {
      value += 0.0;
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("NaN is no number to compare with");
      }
    }
  }

  /**
   * A stretch of time: a moment of one microsecond, or a whole day, month or year in UTC, within
   * the years 1 to 9999. {@code :} is within it, {@code >} at or after {@code to}, {@code >=} at or
   * after {@code from}, {@code <} before {@code from}, {@code <=} before {@code to}.
   *
   * @param from its first microsecond
   * @param to the first microsecond after it
   */
  record Period(Instant from, Instant to) implements Operand {
    public Period {
      int year = day(from).getYear();
      if (year < 1 || year > 9999 || !(isMoment(from, to) || isCalendar(from, to))) {
        throw new IllegalArgumentException("no moment, day, month or year: " + from + "/" + to);
      }
    }

    /**
     * A time as queries write it: {@code 2026-03-03}, {@code 2026-03}, {@code 2026}, {@code
     * 2026-03-03T10:15:00Z} or {@code -7d}; {@code null} where the text is none.
     *
     * @param text as above
     * @param now what {@code -7d} counts from
     * @return the stretch it means
     */
    public static @Nullable Period parse(String text, Instant now) {
      return Times.parse(text, now);
    }

    /**
     * The microsecond that begins then.
     *
     * @param at is cut to the microsecond
     * @return a stretch of one microsecond
     */
    public static Period moment(Instant at) {
      var from = at.truncatedTo(ChronoUnit.MICROS);
      return new Period(from, from.plus(1, ChronoUnit.MICROS));
    }

    /** A day, a month or a year, beginning with that day. */
    static Period calendar(LocalDate first, ChronoUnit unit) {
      return new Period(midnight(first), midnight(first.plus(1, unit)));
    }

    private static boolean isMoment(Instant from, Instant to) {
      return to.equals(from.plus(1, ChronoUnit.MICROS))
          && from.equals(from.truncatedTo(ChronoUnit.MICROS));
    }

    private static boolean isCalendar(Instant from, Instant to) {
      var first = day(from);
      return from.equals(midnight(first))
          && (to.equals(midnight(first.plusDays(1)))
              || (first.getDayOfMonth() == 1 && to.equals(midnight(first.plusMonths(1))))
              || (first.getDayOfYear() == 1 && to.equals(midnight(first.plusYears(1)))));
    }

    private static LocalDate day(Instant at) {
      return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static Instant midnight(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }
}
