package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.sql.BulkRegistrar;
import io.flowyml.catalog.internal.sql.Database;
import io.flowyml.catalog.internal.sql.Mirror;
import io.flowyml.catalog.internal.sql.Session;
import io.flowyml.catalog.internal.sql.Transaction;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the rows that FlowyML wrote before the catalog came to its file, in the order of
 * {@code created_at}, then row id. Each batch is one short transaction that also notes how far it
 * came: a killed process loses nothing, another one that opens the file stands by and goes on in
 * its place, and FlowyML keeps writing; what it changes meanwhile is drained afterwards.
 */
public final class Adoption {
  private static final System.Logger LOG = System.getLogger(Adoption.class.getName());

  private static final int FIRST_BATCH = 4 * RowList.STEP;
  private static final int LARGEST_BATCH = 4 * BulkRegistrar.CHUNK;

  /**
   * How long a transaction should take: FlowyML waits 5 s for the file's lock, then loses its row.
   */
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(450);

  private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long another process may rest before this one takes its place. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Is told how far it came. */
  @FunctionalInterface
  public interface Progress {
    void adopted(long done, long total);
  }

  private final Database database;
  private final Progress progress;
  private final ZoneId zone;
  private final BulkRegistrar registrar = new BulkRegistrar(Drain.ACTOR);
  private int size = FIRST_BATCH;
  private long total;
  private long nextLog = System.nanoTime() + LOG_NANOS;

  private Adoption(Database database, Progress progress, ZoneId zone) {
    this.database = database;
    this.progress = progress;
    this.zone = zone;
  }

  /** Adopts what is left to adopt, or waits until another process has done so. */
  public static void run(Database database, Progress progress) {
    run(database, progress, ZoneId.systemDefault());
  }

  static void run(Database database, Progress progress, ZoneId zone) {
    if (isPending(database)) {
      new Adoption(database, progress, zone).run();
    }
  }

  /** Whether rows wait to be adopted. */
  public static boolean isPending(Database database) {
    return database.read(State::read).lastRow() != null;
  }

  /**
   * How far it came.
   *
   * @param lastRow the last row that was there before the catalog, by row id; {@code null} once all
   *     are adopted
   * @param createdAt of the row adopted last
   * @param adoptedRow the row adopted last
   * @param done rows adopted
   */
  record State(
      @Nullable Long lastRow, @Nullable String createdAt, @Nullable Long adoptedRow, long done) {

    static State read(Session session) {
      var state =
          session.first(
              "SELECT last_row, created_at, adopted_row, done FROM flowyml_adoption",
              r -> {
                long lastRow = r.getLong(1);
                var last = r.wasNull() ? null : lastRow;
                long adoptedRow = r.getLong(3);
                var adopted = r.wasNull() ? null : adoptedRow;
                return new State(last, r.getString(2), adopted, r.getLong(4));
              });
      return state == null ? new State(null, null, null, 0) : state;
    }

    boolean isAt(State other) {
      return Objects.equals(adoptedRow, other.adoptedRow) && done == other.done;
    }
  }

  private void run() {
    long started = System.nanoTime();
    try (var reader = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory())) {
      while (isPending(database)) {
        var list = database.read(RowList::read);
        total = list.state().done() + list.size();
        LOG.log(Level.INFO, "takes over {0} rows that FlowyML wrote", list.size());
        var met = adopt(list, reader);
        if (met != null) {
          standBy(met);
        }
      }
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
    LOG.log(Level.INFO, "took over {0} rows that FlowyML wrote, in {1} s", total, seconds);
  }

  /**
   * Adopts the rows of a list.
   *
   * @return where another process had come, or {@code null} where all is done
   */
  private @Nullable State adopt(RowList list, ExecutorService reader) {
    var expected = list.state();
    int from = 0;
    var reading = readAhead(reader, list, from);
    while (true) {
      var batch = get(reading);
      reading = readAhead(reader, list, batch.to());
      var before = expected;
      var after = after(list, batch, expected);
      var met = Transaction.run(database, transaction -> write(transaction, batch, before, after));
      if (met.lastRow() == null) {
        return null;
      }
      if (!met.isAt(before)) {
        return met;
      }
      if (after.lastRow() == null || registrar.isIndexDue()) {
        Transaction.run(
            database,
            transaction -> {
              registrar.index(transaction, transaction.project(Mirror.PROJECT));
              return after;
            });
      }
      tell(after.done());
      if (after.lastRow() == null) {
        return null;
      }
      expected = after;
    }
  }

  private Future<Batch> readAhead(ExecutorService reader, RowList list, int from) {
    int to = list.end(from, size);
    return reader.submit(() -> database.read(session -> Batch.read(session, list, from, to, zone)));
  }

  private static State after(RowList list, Batch batch, State before) {
    boolean last = batch.to() == list.size();
    return new State(
        last ? null : before.lastRow(),
        last ? null : list.createdAt(batch.to() - 1),
        last ? null : list.row(batch.to() - 1),
        before.done() + batch.to() - batch.from());
  }

  /**
   * @return what was found; nothing was written where that is not what was expected
   */
  private State write(Transaction transaction, Batch batch, State expected, State after) {
    long started = System.nanoTime();
    var session = transaction.session();
    var found = State.read(session);
    if (found.lastRow() == null || !found.isAt(expected)) {
      return found;
    }
    var project = transaction.project(Mirror.PROJECT);
    long lastDoc = project.docs();
    registrar.register(transaction, project, batch.rows());
    batch.problems().forEach(problem -> Drain.note(session, problem));
    batch.forgetChanges(session, project.no(), lastDoc);
    session.update(
        "UPDATE flowyml_adoption SET last_row = ?, created_at = ?, adopted_row = ?, done = ?",
        after.lastRow(),
        after.createdAt(),
        after.adoptedRow(),
        after.done());
    adapt(System.nanoTime() - started);
    return found;
  }

  private void adapt(long nanos) {
    if (nanos < SHORT_NANOS) {
      size = Math.min(LARGEST_BATCH, 2 * size);
    } else if (nanos > LONG_NANOS) {
      size = Math.max(RowList.STEP, size / 2);
    }
  }

  private void tell(long done) {
    progress.adopted(done, total);
    if (System.nanoTime() > nextLog) {
      LOG.log(Level.INFO, "took over {0} of {1} rows that FlowyML wrote", done, total);
      nextLog += LOG_NANOS;
    }
  }

  /** Watches another process at work; comes back when it is done or does not move. */
  private void standBy(State met) {
    var seen = met;
    long since = System.nanoTime();
    while (seen.lastRow() != null && System.nanoTime() - since < PATIENCE_NANOS) {
      LockSupport.parkNanos(POLL_NANOS);
      var now = database.read(State::read);
      if (!now.isAt(seen)) {
        tell(now.done());
        since = System.nanoTime();
      }
      seen = now;
    }
  }

  private static Batch get(Future<Batch> reading) {
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CatalogException(
          ErrorCode.STORAGE, "interrupted while FlowyML's rows were taken over; open it again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CatalogException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
