package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: what queues while one transaction is written becomes the next one. One caller at a
 * time leads, which is to write for all that wait; the others sleep until their work is durable or
 * it is their turn to lead. A lone caller leads at once and pays no hand-over.
 */
final class WriteQueue {
  private static final int LARGEST_GROUP = 256;
  private static final long LONGEST_GROUP_NANOS = 150_000_000L;

  /** How long an interrupted group is tried again, and how long to wait between two tries. */
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private static final long LONGEST_PAUSE_NANOS = 400_000_000L;
  private static final int MOST_TRIES = 8;

  private final Database database;
  private final Function<Session, Transaction> begin;
  private final Queue<Job<?>> waiting = new ArrayDeque<>();
  private @Nullable Job<?> leader;
  private boolean closed;

  /** Interruptions without a success since, and when the first of them was. */
  private final List<CatalogException> interruptions = new ArrayList<>();

  private long interruptedSince;

  WriteQueue(Database database, Function<Session, Transaction> begin) {
    this.database = database;
    this.begin = begin;
  }

  /**
   * Work that may hold back what it writes until the transaction is {@linkplain Transaction#settle
   * settled}, and that does better when it knows what waits behind it.
   */
  interface Ahead<T extends @Nullable Object> extends Function<Transaction, T> {}

  private static final class Job<T extends @Nullable Object> {
    final Function<Transaction, T> work;
    final Thread caller = Thread.currentThread();
    @Nullable T result;
    @Nullable Throwable failure;
    private volatile boolean done;
    private volatile boolean leads;

    Job(Function<Transaction, T> work) {
      this.work = work;
    }

    /**
     * Runs the work; a refusal is kept for its caller, and costs the others nothing. A defect is
     * kept for its caller too, but the others have to go again.
     */
    void run(Transaction transaction) {
      if (!(work instanceof Ahead)) {
        transaction.settle();
      }
      long before = transaction.session().writes();
      try {
        result = work.apply(transaction);
      } catch (CatalogException e) {
        failure = e;
        if (!isRefusal(e)) {
          throw e;
        }
        if (transaction.session().writes() != before) {
          throw new HalfDone();
        }
      } catch (RuntimeException | Error e) {
        failure = e;
        throw new HalfDone();
      }
    }

    void finish() {
      done = true;
      LockSupport.unpark(caller);
    }

    void lead() {
      leads = true;
      LockSupport.unpark(caller);
    }

    /** Waits until it is done or leads; an interrupt is kept for later, since work cannot be. */
    void await() {
      boolean interrupted = false;
      while (!done && !leads) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  /** Whether the catalog refuses something, and the transaction is as it was before. */
  static boolean isRefusal(CatalogException e) {
    return e.code().exitCode() != ErrorCode.STORAGE.exitCode()
        && !(e.getCause() instanceof SQLException);
  }

  /**
   * Runs work in a transaction, together with what others submitted meanwhile. Work that throws has
   * written nothing; it may be run a second time, so it must have no other effects.
   */
  @SuppressWarnings("NullAway")
  <T extends @Nullable Object> T submit(Function<Transaction, T> work) {
    var job = new Job<T>(work);
    add(job);
    job.await();
    if (job.leads) {
      try {
        while (!job.done) {
          writeGroup();
        }
      } finally {
        handOver();
      }
    }
    return switch (job.failure) {
      case null -> job.result;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(job.failure);
    };
  }

  private synchronized void add(Job<?> job) {
    if (closed) {
      throw new CatalogException(ErrorCode.STORAGE, "the catalog was closed; open it again");
    }
    waiting.add(job);
    if (leader == null) {
      leader = job;
      job.leads = true;
    }
  }

  /** Lets the first that waits lead on. */
  private synchronized void handOver() {
    leader = waiting.peek();
    if (leader == null) {
      notifyAll();
    } else {
      leader.lead();
    }
  }

  private synchronized @Nullable Job<?> poll() {
    return waiting.poll();
  }

  private synchronized List<Function<Transaction, ?>> waitingWork() {
    return waiting.stream()
        .limit(LARGEST_GROUP)
        .<Function<Transaction, ?>>map(job -> job.work)
        .toList();
  }

  private void writeGroup() {
    var group = new ArrayList<Job<?>>();
    try {
      var written =
          database.write(
              session -> {
                var transaction = begin.apply(session);
                transaction.isFollowedBy(this::waitingWork);
                long started = System.nanoTime();
                for (var job = next(transaction); job != null; job = next(transaction)) {
                  group.add(job);
                  job.run(transaction);
                  if (group.size() >= LARGEST_GROUP
                      || System.nanoTime() - started > LONGEST_GROUP_NANOS) {
                    break;
                  }
                }
                transaction.flush();
                return transaction;
              });
      written.committed();
      group.forEach(Job::finish);
      interruptions.clear();
    } catch (HalfDone e) {
      requeueAllButFailed(group);
    } catch (Database.Interrupted e) {
      if (mayTryAgain(e.error())) {
        requeue(group);
      } else {
        fail(group, withEarlier(e.error()));
      }
    } catch (RuntimeException | Error e) {
      fail(group, e);
    }
  }

  /** Waits a little, a random time so that several servers do not meet again. */
  private boolean mayTryAgain(CatalogException error) {
    long now = System.nanoTime();
    if (interruptions.isEmpty()) {
      interruptedSince = now;
    }
    if (interruptions.size() + 1 >= MOST_TRIES || now - interruptedSince > PATIENCE_NANOS) {
      return false;
    }
    interruptions.add(error);
    long pause = Math.min(LONGEST_PAUSE_NANOS, 10_000_000L << interruptions.size());
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
    return true;
  }

  private CatalogException withEarlier(CatalogException error) {
    interruptions.forEach(error::addSuppressed);
    interruptions.clear();
    return error;
  }

  /** Without a group the transaction could not begin: every caller that waits learns why. */
  private void fail(List<Job<?>> group, Throwable e) {
    for (var job : group) {
      job.failure = e;
      job.finish();
    }
    if (group.isEmpty()) {
      failWaiting(e);
    }
  }

  /** The transaction was rolled back as if it had never been. */
  private synchronized void requeue(List<Job<?>> group) {
    for (var job : group) {
      job.failure = null;
      waiting.add(job);
    }
  }

  private @Nullable Job<?> next(Transaction transaction) {
    return transaction.isFull() ? null : poll();
  }

  /** A job that failed after it wrote: the transaction was rolled back, the others go again. */
  private static final class HalfDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HalfDone() {
      super(null, null, false, false);
    }
  }

  private void requeueAllButFailed(List<Job<?>> group) {
    group.removeLast().finish();
    requeue(group);
  }

  private void failWaiting(Throwable e) {
    for (var job = poll(); job != null; job = poll()) {
      job.failure = e;
      job.finish();
    }
  }

  /** Waits for all that was submitted; later submissions are refused. */
  synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (leader != null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
