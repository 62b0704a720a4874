package io.flowyml.catalog.internal.json;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Times as every answer writes them: {@code 2026-11-23T10:15:30.123456Z}, six digits of fraction
 * always.
 */
public final class JsonTime {
  private JsonTime() {}

  /** The time in UTC; what is smaller than a microsecond is cut off. */
  public static String text(Instant time) {
    var utc = time.atOffset(ZoneOffset.UTC);
    var text = new StringBuilder(27);
    appendYear(text, utc.getYear());
    appendPadded(text.append('-'), utc.getMonthValue(), 2);
    appendPadded(text.append('-'), utc.getDayOfMonth(), 2);
    appendPadded(text.append('T'), utc.getHour(), 2);
    appendPadded(text.append(':'), utc.getMinute(), 2);
    appendPadded(text.append(':'), utc.getSecond(), 2);
    appendPadded(text.append('.'), utc.getNano() / 1_000, 6);
    return text.append('Z').toString();
  }

  /** As ISO 8601 has it: a sign before years that are negative or have more than four digits. */
  private static void appendYear(StringBuilder text, int year) {
    if (year < 0 || year > 9999) {
      text.append(year < 0 ? '-' : '+');
    }
    appendPadded(text, Math.abs(year), 4);
  }

  private static void appendPadded(StringBuilder text, int number, int digits) {
    var plain = Integer.toString(number);
    text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
  }
}
