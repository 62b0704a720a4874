package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies SQLite's log back into the file beside the writer, who would have to wait for it
 * otherwise. Where it fails, the writer's connection does it once the log is long, as SQLite does
 * by itself.
 */
final class Checkpoints implements AutoCloseable {
  /** Rows written between two; fewer would copy the same pages more often. */
  private static final long ROWS = 10_000;

  private final Supplier<Session> connect;
  private final Semaphore due = new Semaphore(0);
  private @Nullable Thread thread;
  private long copied;
  private volatile boolean closed;

  /**
   * @param connect makes a connection of its own
   */
  Checkpoints(Supplier<Session> connect) {
    this.connect = connect;
  }

  /**
   * To be called by the one writer after each transaction.
   *
   * @param rows that it has written in all
   */
  void written(long rows) {
    if (rows - copied < ROWS) {
      return;
    }
    copied = rows;
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("catalog checkpoint").start(this::run);
    }
    due.release();
  }

  private void run() {
    Session session = null;
    try {
      session = connect.get();
      for (due.acquireUninterruptibly(); !closed; due.acquireUninterruptibly()) {
        due.drainPermits();
        session.number("PRAGMA wal_checkpoint(PASSIVE)");
      }
    } catch (CatalogException e) {
      System.getLogger(Checkpoints.class.getName())
          .log(System.Logger.Level.WARNING, "The log is copied back by the writer from now on", e);
    } finally {
      if (session != null) {
        session.close();
      }
    }
  }

  /** Waits for a copy under way. */
  @Override
  public void close() {
    closed = true;
    due.release();
    var running = thread;
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
