package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A moment to come, as it is written on the command line: {@code 90d}, or a day or time. */
final class Ahead {
  private Ahead() {}

  static Instant parse(String text, Instant now) {
    if (text.indexOf('-') <= 0) {
      return now.plus(Age.parse(text, now));
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "\"%s\" is no time; write 12h, 90d, 4w, a day like 2027-03-03 or a time like 2027-03-03T12:00:00Z"
              .formatted(text),
          e);
    }
  }
}
