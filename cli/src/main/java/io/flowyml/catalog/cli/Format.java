package io.flowyml.catalog.cli;

import java.util.Locale;

/** How an answer is written. */
enum Format {
  /** For people. */
  TABLE,
  /** One record, or {@code {"items": [...], "next_cursor": ...}}. */
  JSON,
  /** One id a line, for pipes. */
  IDS,
  /** Comma-separated values with a line of column names, RFC 4180. */
  CSV;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
