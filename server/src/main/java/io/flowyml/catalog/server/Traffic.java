package io.flowyml.catalog.server;

import java.time.Duration;

/** Counts what is under way, so that a server that stops can wait for it. */
final class Traffic {
  private int underWay;
  private boolean ready = true;
  private boolean closed;

  /** Whether the server wants to be sent requests. */
  synchronized boolean isReady() {
    return ready;
  }

  /** Readiness goes down; requests are still served. */
  synchronized void unready() {
    ready = false;
  }

  /** Lets a request in, unless the server is closed. */
  synchronized boolean enter() {
    if (closed) {
      return false;
    }
    underWay++;
    return true;
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
