package io.flowyml.catalog.internal.flowyml;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as Python's {@code datetime.isoformat} writes them: local, without a zone. */
public final class CreatedAt {
  private static final int DATE_LENGTH = 10;

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[XXXXX][XX][X]")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private CreatedAt() {}

  /** The text of a moment; the fraction is left out where it is zero, as Python does. */
  static String text(Instant moment, ZoneId zone) {
    var local = LocalDateTime.ofInstant(moment, zone).truncatedTo(ChronoUnit.MICROS);
    return (local.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROS).format(local);
  }

  /** The moment of a text, by the zone where it names none; {@code null} where it is no time. */
  public static @Nullable Instant parse(String text, ZoneId zone) {
    var iso =
        text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
            ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1)
            : text;
    try {
      return switch (READ.parseBest(
          iso, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)) {
        case OffsetDateTime time -> time.toInstant();
        case LocalDateTime time -> time.atZone(zone).toInstant();
        case LocalDate date -> date.atStartOfDay(zone).toInstant();
        default -> null;
      };
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
