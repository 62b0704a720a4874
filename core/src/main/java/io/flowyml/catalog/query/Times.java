package io.flowyml.catalog.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The times that {@code created} is compared with. */
final class Times {
  static final String EXPECTED =
      "a time: 2026-03-03, 2026-03, 2026, 2026-03-03T10:15:00Z or -7d (s, m, h, d, w)";

  private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?");
  private static final Pattern AGO = Pattern.compile("-(\\d{1,9})([smhdw])");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?)"
              + "([Zz]|[+-]\\d\\d:\\d\\d)?");

  private Times() {}

  /** Whether the text is a time before now, {@code -7d}. */
  static boolean isAgo(String text) {
    return AGO.matcher(text).matches();
  }

  /**
   * The time that a text says, in UTC where it says nothing else; {@code null} where it says none.
   */
  static Operand.@Nullable Period parse(String text, Instant now) {
    try {
      var ago = AGO.matcher(text);
      if (ago.matches()) {
        var back = unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1)));
        return Operand.Period.moment(now.minus(back));
      }
      var date = DATE.matcher(text);
      if (date.matches()) {
        return date(date.group(1), date.group(2), date.group(3));
      }
      var dateTime = DATE_TIME.matcher(text);
      if (dateTime.matches()) {
        var zone = dateTime.group(3);
        return Operand.Period.moment(
            LocalDateTime.parse(dateTime.group(1) + "T" + dateTime.group(2))
                .toInstant(
                    zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone.toUpperCase(Locale.ROOT))));
      }
      return null;
    } catch (DateTimeException | IllegalArgumentException e) {
      // The 30th of February, or a year outside 1 to 9999.
      return null;
    }
  }

  private static Operand.Period date(String year, @Nullable String month, @Nullable String day) {
    var first =
        LocalDate.of(
            Integer.parseInt(year),
            month == null ? 1 : Integer.parseInt(month),
            day == null ? 1 : Integer.parseInt(day));
    return Operand.Period.calendar(
        first,
        day != null ? ChronoUnit.DAYS : month != null ? ChronoUnit.MONTHS : ChronoUnit.YEARS);
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> throw new IllegalArgumentException(letter);
    };
  }
}
