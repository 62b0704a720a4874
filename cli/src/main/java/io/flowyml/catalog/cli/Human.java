package io.flowyml.catalog.cli;

import java.time.Duration;
import java.time.Instant;

/** Times and sizes as people read them. */
final class Human {
  private Human() {}

  /**
   * How long ago: {@code 3 min ago}; a time of more than 30 days ago by its day, {@code
   * 2026-03-03}.
   */
  static String ago(Instant time, Instant now) {
    long seconds = Duration.between(time, now).toSeconds();
    if (seconds < 0 || seconds >= 30L * 24 * 3600) {
      return time.toString().substring(0, 10);
    }
    if (seconds < 60) {
      return seconds < 5 ? "just now" : seconds + " s ago";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min ago";
    }
    return seconds < 24 * 3600 ? seconds / 3600 + " h ago" : seconds / (24 * 3600) + " d ago";
  }

  /** Bytes in binary units, three digits: {@code 12.3 KiB}. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int unit = -1;
    double amount = bytes;
    while (amount >= 1024 && unit < 5) {
      amount /= 1024;
      unit++;
    }
    long tenths = Math.round(amount * 10);
    var text = tenths >= 1000 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    return text + " " + "KMGTPE".charAt(unit) + "iB";
  }
}
