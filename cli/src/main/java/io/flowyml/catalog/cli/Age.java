package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** An age as it is written on the command line: {@code 30d}, or the day or time since when. */
final class Age {
  private Age() {}

  /** The age; fails with {@code invalid_argument} where it is neither, or lies in the future. */
  static Duration parse(String text, Instant now) {
    var age = text.indexOf('-') > 0 ? since(text, now) : counted(text);
    if (age.isNegative()) {
      throw refused(text, "lies in the future");
    }
    return age;
  }

  private static Duration since(String text, Instant now) {
    try {
      var instant =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text);
      return Duration.between(instant, now);
    } catch (DateTimeException e) {
      throw refused(text, "is no time");
    }
  }

  private static Duration counted(String text) {
    var number = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
    if (number.isEmpty()
        || number.length() > 9
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw refused(text, "is no age");
    }
    long count = Long.parseLong(number);
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      case 'w' -> Duration.ofDays(7 * count);
      default -> throw refused(text, "is no age");
    };
  }

  private static CatalogException refused(String text, String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "\"%s\" %s; write 90s, 15m, 12h, 30d, 4w, a day like 2026-03-03 or a time like 2026-03-03T12:00:00Z"
            .formatted(text, why));
  }
}
