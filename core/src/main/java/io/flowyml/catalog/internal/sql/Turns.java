package io.flowyml.catalog.internal.sql;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Leaves a SQLite file to other processes now and then. Those that wait for its lock look every 100
 * ms whether it is free, and a process that writes without pause would let them look in vain:
 * FlowyML gives up after 5 s, and the user's row is lost without a word.
 */
final class Turns {
  /** Longer than a waiting process sleeps between two looks. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(105);

  /** How long to write at a time while others write too. */
  private static final long SHARED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long to write at a time while nobody else was met. */
  private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Session session;
  private long ended = System.nanoTime();
  private long rested = ended;
  private long looked = ended;
  private long version;

  /**
   * @param session the one that writes
   */
  Turns(Session session) {
    this.session = session;
    this.version = version();
  }

  /** Counts the transactions of other connections. */
  private long version() {
    var version = session.number("PRAGMA data_version");
    return version == null ? 0 : version;
  }

  /** To be called before a transaction begins; waits where it is others' turn. */
  void begin() {
    long now = System.nanoTime();
    if (now - ended >= REST_NANOS) {
      rested = now;
      looked = now;
      return;
    }
    if (now - looked < SHARED_NANOS) {
      return;
    }
    long latest = version();
    boolean shared = latest != version;
    version = latest;
    looked = now;
    if (shared || now - rested >= ALONE_NANOS) {
      LockSupport.parkNanos(REST_NANOS);
      rested = System.nanoTime();
      looked = rested;
    }
  }

  /** To be called when a transaction has ended. */
  void end() {
    ended = System.nanoTime();
  }
}
