package io.flowyml.catalog.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is under way, so that a server takes no more than it can serve well, and one that
 * stops can wait for it.
 */
final class Traffic {
  private final int most;
  private int underWay;
  private boolean ready = true;
  private boolean closed;

  Traffic(int most) {
    this.most = most;
  }

  /** Whether the server wants to be sent requests. */
  synchronized boolean isReady() {
    return ready;
  }

  /** Readiness goes down; requests are still served. */
  synchronized void unready() {
    ready = false;
  }

  /** Lets a request in; answers why not, or {@code null}. */
  synchronized @Nullable String enter() {
    if (closed) {
      return "the server is stopping; ask again in a moment";
    }
    if (underWay >= most) {
      return "the server has %d requests under way, which is all it takes; ask again in a moment"
          .formatted(most);
    }
    underWay++;
    return null;
  }

  synchronized void leave() {
    underWay--;
    notifyAll();
  }

  /**
   * Says that the server is not ready, later lets nothing more in, and waits for what is under way.
   *
   * @return whether all of it ended in time
   */
  synchronized boolean drain(ServerStop stop) {
    ready = false;
    try {
      waitUntil(() -> false, stop.notice());
      closed = true;
      return awaitQuiet(stop.patience());
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until nothing is under way; answers whether it came to that in time. */
  synchronized boolean awaitQuiet(Duration patience) throws InterruptedException {
    return waitUntil(() -> underWay == 0, patience);
  }

  /** Waits on this object, whose lock the caller has, for what {@link #leave} may bring about. */
  private boolean waitUntil(BooleanSupplier happened, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!happened.getAsBoolean()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
