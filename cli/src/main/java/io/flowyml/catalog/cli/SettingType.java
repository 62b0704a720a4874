package io.flowyml.catalog.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the value of a setting looks like, and is in Java. */
enum SettingType {
  /** A {@link String}. */
  TEXT("a text; quote it") {
    @Override
    Object of(String text) {
      return text;
    }
  },

  /** A path, as a {@link String}. */
  FILE("the path of a file") {
    @Override
    @Nullable Object of(String text) {
      return text.indexOf('\0') < 0 ? text : null;
    }
  },

  /** A {@link Boolean}. */
  FLAG("true or false") {
    @Override
    @Nullable Object of(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> null;
      };
    }
  },

  /** An {@link Integer}. */
  PORT("a port, 0 to 65535") {
    @Override
    @Nullable Object of(String text) {
      return number(text, 0, 65_535);
    }
  },

  /** An {@link Integer}. */
  COUNT("a whole number from 1 to 1000000") {
    @Override
    @Nullable Object of(String text) {
      return number(text, 1, 1_000_000);
    }
  },

  /** A {@link Duration}. */
  TIME("a time like 500ms, 60s, 5m or 2h") {
    @Override
    @Nullable Object of(String text) {
      var matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        return null;
      }
      long count = Long.parseLong(matcher.group(1));
      var time =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
          };
      return time.isZero() ? null : time;
    }
  };

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(ms|s|m|h)");

  private final String description;

  SettingType(String description) {
    this.description = description;
  }

  /** What a value must be, for messages. */
  String description() {
    return description;
  }

  /** The value that a text means; {@code null} where it means none. */
  abstract @Nullable Object of(String text);

  /**
   * The value that a scalar of YAML means; {@code null} where it means none. A number is no text:
   * what was written, {@code 0123} or {@code 1e3}, is gone.
   */
  @Nullable Object ofScalar(Object scalar) {
    boolean written = this == TEXT || this == FILE;
    return written && !(scalar instanceof String) ? null : of(String.valueOf(scalar));
  }

  private static @Nullable Integer number(String text, int least, int most) {
    if (text.length() > 7 || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int number = Integer.parseInt(text);
    return number >= least && number <= most ? number : null;
  }
}
