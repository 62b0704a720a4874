package io.flowyml.catalog.server;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hangs up on clients that keep a thread waiting for too long, by interrupting it, which closes its
 * connection. Nearly no wait comes to that, so one costs an entry in a set, and all of them are
 * looked at a few times within the shortest patience.
 */
final class SlowClients implements AutoCloseable {
  private static final int LOOKS = 4;

  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("slow-clients").factory());
  private final Future<?> looking;

  /**
   * @param shortest the least that a wait is allowed
   */
  SlowClients(Duration shortest) {
    long nanos = Math.max(1, shortest.dividedBy(LOOKS).toNanos());
    this.looking = clock.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** A thread that waits for its client. */
  static final class Wait {
    private final Thread thread = Thread.currentThread();
    private final long until;

    private Wait(long until) {
      this.until = until;
    }
  }

  /** This thread begins to wait. */
  Wait begin(long nanos) {
    var wait = new Wait(System.nanoTime() + nanos);
    waits.add(wait);
    return wait;
  }

  /** The wait is over; fails where it was too long and only the interrupt has not come yet. */
  void end(Wait wait) {
    if (!waits.remove(wait)) {
      throw new CloseConnectionException("the client was too slow");
    }
  }

  /** The wait is over in some other way, or it is over already. */
  void drop(Wait wait) {
    waits.remove(wait);
  }

  private void look() {
    long now = System.nanoTime();
    for (var wait : List.copyOf(waits)) {
      // whoever takes it out decides: the thread that it is over, or this one that it was too long
      if (wait.until - now < 0 && waits.remove(wait)) {
        wait.thread.interrupt();
      }
    }
  }

  @Override
  public void close() {
    looking.cancel(false);
    clock.shutdown();
  }
}
