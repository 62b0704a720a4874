package io.flowyml.catalog.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Where the library's log goes on the command line: warnings and errors to stderr, one line each,
 * the rest nowhere. Found by the JDK as a service, so that {@code java.util.logging} need not
 * start.
 */
public final class LogToMessages extends System.LoggerFinder {
  /** The run's stderr; absent before a run begins, when nothing can be worth a line. */
  private static volatile @Nullable Messages messages;

  static void to(Messages target) {
    messages = target;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new WarningsOnly(name);
  }

  private record WarningsOnly(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && level.getSeverity() >= Level.WARNING.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String text,
        @Nullable Throwable thrown) {
      var target = messages;
      if (target != null && isLoggable(level)) {
        target.warning(thrown == null ? String.valueOf(text) : text + ": " + thrown);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        log(level, bundle, filled(String.valueOf(format), parameters), (Throwable) null);
      }
    }

    private static String filled(String format, @Nullable Object @Nullable [] parameters) {
      return parameters == null || parameters.length == 0
          ? format
          : new MessageFormat(format, Locale.ROOT).format(parameters);
    }
  }
}
