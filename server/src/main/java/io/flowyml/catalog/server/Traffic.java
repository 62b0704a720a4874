package io.flowyml.catalog.server;

import java.time.Duration;
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
   * Lets nothing more in and waits for what is under way.
   *
   * @return whether all of it ended in time
   */
  synchronized boolean drain(Duration patience) {
    ready = false;
    closed = true;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (underWay > 0) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
