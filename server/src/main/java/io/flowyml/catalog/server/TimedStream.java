package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A body whose client may keep the server waiting only so long for each mebibyte of it: one that
 * sends a byte now and then never waits long enough for the connection's own time-out.
 */
final class TimedStream extends FilterInputStream {
  private static final int MEBIBYTE = 1 << 20;

  private final Duration patience;
  private long waitedNanos;
  private int bytes;

  TimedStream(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long begun = System.nanoTime();
    var watch = new Watch(patience.toNanos() - waitedNanos);
    int read;
    try {
      read = super.read(target, offset, length);
    } catch (IllegalArgumentException e) {
      throw refused(
          400, ErrorCode.INVALID_ARGUMENT, "the request body's chunks are malformed: " + e);
    } finally {
      watch.end();
    }
    waitedNanos += System.nanoTime() - begun;
    bytes += Math.max(0, read);
    if (waitedNanos > patience.toNanos()) {
      throw refused(
          408,
          ErrorCode.TIMEOUT,
          "the request body came too slowly, a part of it took more than %d seconds; send it faster, or in several requests"
              .formatted(patience.toSeconds()));
    }
    if (bytes >= MEBIBYTE) {
      bytes = 0;
      waitedNanos = 0;
    }
    return read;
  }

  private static Refused refused(int status, ErrorCode code, String why) {
    return new Refused(status, new CatalogException(code, why), Map.of("Connection", "close"));
  }

  /**
   * Interrupts a read that takes too long, which closes the connection: the client sends nothing at
   * all.
   */
  private static final class Watch implements Runnable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Thread reader = Thread.currentThread();
    private final Future<?> alarm;
    private boolean ended;

    Watch(long nanos) {
      alarm = CLOCK.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
      var clock =
          new ScheduledThreadPoolExecutor(
              1, Thread.ofPlatform().daemon().name("slow-bodies").factory());
      clock.setRemoveOnCancelPolicy(true);
      return clock;
    }

    @Override
    public synchronized void run() {
      if (!ended) {
        reader.interrupt();
      }
    }

    synchronized void end() {
      ended = true;
      alarm.cancel(false);
    }
  }
}
