package io.flowyml.catalog.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Holds what the catalog warns of, to be shown where the reader looks; closing restores the log.
 */
final class CatalogWarnings extends Handler implements AutoCloseable {
  private static final Logger CATALOG = Logger.getLogger("io.flowyml.catalog");

  private final Formatter formatter = new SimpleFormatter();
  private final List<String> messages = new ArrayList<>();

  private CatalogWarnings() {
    setLevel(Level.WARNING);
  }

  static CatalogWarnings collect() {
    var warnings = new CatalogWarnings();
    CATALOG.setUseParentHandlers(false);
    CATALOG.addHandler(warnings);
    return warnings;
  }

  /** What was warned of so far, oldest first. */
  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (isLoggable(record)) {
      messages.add(formatter.formatMessage(record));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    CATALOG.removeHandler(this);
    CATALOG.setUseParentHandlers(true);
  }
}
