package io.flowyml.catalog.cli;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A bar on stderr while bytes are read, where a person watches and it takes longer than a second.
 */
final class Progress implements LongConsumer, AutoCloseable {
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int BAR = 30;

  private final Messages messages;
  private final boolean watched;
  private final String label;
  private final long total;
  private final LongSupplier nanoTime;
  private final long started;
  private long drawn;
  private boolean visible;

  /**
   * @param total bytes to come; 0 where nobody knows, as in a directory
   */
  Progress(Messages messages, boolean watched, String label, long total) {
    this(messages, watched, label, total, System::nanoTime);
  }

  Progress(Messages messages, boolean watched, String label, long total, LongSupplier nanoTime) {
    this.messages = messages;
    this.watched = watched;
    this.label = Text.oneLine(label);
    this.total = total;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.drawn = started + QUIET_NANOS - REDRAW_NANOS;
  }

  @Override
  public void accept(long bytes) {
    if (!watched) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    visible = true;
    messages.redraw(line(bytes, now - started));
  }

  private String line(long bytes, long nanos) {
    var rate = Human.size((long) (bytes * 1e9 / Math.max(1, nanos))) + "/s";
    if (total <= 0) {
      return "%s  %s  %s".formatted(label, Human.size(bytes), rate);
    }
    double part = Math.min(1.0, (double) bytes / total);
    int full = (int) (part * BAR);
    return "%s  [%s%s] %d %%  %s of %s  %s"
        .formatted(
            label,
            "#".repeat(full),
            " ".repeat(BAR - full),
            (int) (part * 100),
            Human.size(bytes),
            Human.size(total),
            rate);
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (visible) {
      messages.redraw("");
    }
  }
}
