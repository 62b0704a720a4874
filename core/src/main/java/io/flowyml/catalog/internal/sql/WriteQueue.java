package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: what queues while one transaction is written becomes the next one. The first caller
 * to get the lock writes for all that wait (leader and followers), so a lone caller pays no
 * hand-over.
 */
final class WriteQueue {
  private static final int LARGEST_GROUP = 256;
  private static final long LONGEST_GROUP_NANOS = 150_000_000L;

  private final Database database;
  private final Function<Session, Transaction> begin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Job<?>> waiting = new ConcurrentLinkedQueue<>();
  private boolean closed;

  WriteQueue(Database database, Function<Session, Transaction> begin) {
    this.database = database;
    this.begin = begin;
  }

  private static final class Job<T extends @Nullable Object> {
    final Function<Transaction, T> work;
    @Nullable T result;
    @Nullable RuntimeException failure;
    volatile boolean done;

    Job(Function<Transaction, T> work) {
      this.work = work;
    }

    /** Runs the work; a refusal is kept for its caller, and costs the others nothing. */
    void run(Transaction transaction) {
      try {
        result = work.apply(transaction);
      } catch (CatalogException e) {
        failure = e;
        if (e.code().exitCode() == ErrorCode.STORAGE.exitCode()) {
          throw e;
        }
      }
    }
  }

  /**
   * Runs work in a transaction, together with what others submitted meanwhile. Work that throws has
   * written nothing; it may be run a second time, so it must have no other effects.
   */
  @SuppressWarnings("NullAway")
  <T extends @Nullable Object> T submit(Function<Transaction, T> work) {
    var job = new Job<T>(work);
    waiting.add(job);
    lock.lock();
    try {
      if (closed && !job.done) {
        waiting.remove(job);
        throw new CatalogException(ErrorCode.STORAGE, "the catalog was closed; open it again");
      }
      while (!job.done) {
        writeGroup();
      }
    } finally {
      lock.unlock();
    }
    if (job.failure != null) {
      throw job.failure;
    }
    return job.result;
  }

  private void writeGroup() {
    var group = new ArrayList<Job<?>>();
    try {
      var written =
          database.write(
              session -> {
                var transaction = begin.apply(session);
                long started = System.nanoTime();
                for (var job = next(transaction); job != null; job = next(transaction)) {
                  group.add(job);
                  long before = session.writes();
                  job.run(transaction);
                  if (job.failure != null && session.writes() != before) {
                    throw new HalfDone();
                  }
                  if (group.size() >= LARGEST_GROUP
                      || System.nanoTime() - started > LONGEST_GROUP_NANOS) {
                    break;
                  }
                }
                transaction.flush();
                return transaction;
              });
      written.committed();
      group.forEach(job -> job.done = true);
    } catch (HalfDone e) {
      requeueAllButFailed(group);
    } catch (RuntimeException e) {
      for (var job : group) {
        job.failure = e;
        job.done = true;
      }
      if (group.isEmpty()) {
        failWaiting(e);
      }
    }
  }

  private @Nullable Job<?> next(Transaction transaction) {
    return transaction.isFull() ? null : waiting.poll();
  }

  /** A job that failed after it wrote: the transaction was rolled back, the others go again. */
  private static final class HalfDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HalfDone() {
      super(null, null, false, false);
    }
  }

  private void requeueAllButFailed(List<Job<?>> group) {
    var culprit = group.getLast();
    culprit.done = true;
    for (var job : group) {
      if (job != culprit) {
        job.failure = null;
        waiting.add(job);
      }
    }
  }

  /** The transaction could not begin: every caller that waits learns why. */
  private void failWaiting(RuntimeException e) {
    for (var job = waiting.poll(); job != null; job = waiting.poll()) {
      job.failure = e;
      job.done = true;
    }
  }

  /** Waits for the transaction under way; later submissions are refused. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
