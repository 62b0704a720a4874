package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * A SQLite file, or one in memory: a connection that writes, and as many that read as threads want
 * at once. In memory there is one connection, and whoever uses it holds the lock.
 */
public final class SqliteDatabase implements Database {
  private static final String BEGIN_WRITING = "BEGIN IMMEDIATE";
  private static final int MOST_READERS = 16;

  /**
   * Pages that a connection keeps at most, outside of the heap and in proportion to it: who gives a
   * program little of the one does not want much of the other to be taken.
   */
  private static final int MOST_CACHE_KIB =
      (int) Math.min(128 * 1024, Runtime.getRuntime().maxMemory() / 8 / 1024);

  /**
   * The first reader keeps much, since it reads alone where one thread asks; each further one half
   * as much.
   */
  private static final int FIRST_CACHE_KIB = MOST_CACHE_KIB;

  private static final int CACHE_KIB = MOST_CACHE_KIB / 8;

  /**
   * A batch changes pages all over the indexes; those that do not fit are written several times.
   */
  private static final int WRITER_CACHE_KIB = MOST_CACHE_KIB;

  /**
   * Pages in the log before a writer copies back what {@link Checkpoints} has left: seldom, since
   * it delays that writer.
   */
  private static final int CHECKPOINT_PAGES = 48_000;

  private final String url;
  private final String where;
  private final Duration patience;
  private final SqliteDialect dialect;
  private final @Nullable String readOnlyReason;
  private final @Nullable Session single;
  private final ReentrantLock singleLock = new ReentrantLock();
  private final Deque<Session> readers = new ArrayDeque<>();
  private final Semaphore readerPermits = new Semaphore(MOST_READERS, true);
  private int readersOpen;
  private @Nullable Session writer;
  private @Nullable Turns turns;
  private final Checkpoints checkpoints = new Checkpoints(this::connect);
  private Runnable beforeReading = () -> {};
  private volatile boolean closed;

  private SqliteDatabase(
      String url,
      String where,
      boolean inMemory,
      @Nullable String readOnlyReason,
      Duration patience) {
    this.url = url;
    this.where = where;
    this.patience = patience;
    this.dialect = new SqliteDialect(where, patience);
    this.readOnlyReason = readOnlyReason;
    this.single = inMemory ? connect() : null;
  }

  /**
   * @param file a path, or a URI with parameters: {@code file:/data/catalog.db?mode=ro}
   * @param where what messages call it
   * @param patience how long a call waits for another process
   */
  public static SqliteDatabase file(
      String file, String where, @Nullable String readOnlyReason, Duration patience) {
    return new SqliteDatabase("jdbc:sqlite:" + file, where, false, readOnlyReason, patience);
  }

  /**
   * Fails where SQLite cannot keep a write-ahead log.
   *
   * @param scratch a file that is not there; the caller removes it
   * @param where what messages call the file that it stands for
   */
  public static void tryLog(Path scratch, String where) {
    var url = "jdbc:sqlite:" + scratch.toUri();
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("SELECT 1 FROM sqlite_master");
    } catch (SQLException e) {
      throw new SqliteDialect(where, Duration.ZERO).failure(e);
    }
  }

  public static SqliteDatabase inMemory() {
    return new SqliteDatabase(
        "jdbc:sqlite::memory:", "the catalog in memory", true, null, Duration.ZERO);
  }

  private Session connect() {
    return connect(CACHE_KIB);
  }

  private Session connect(int cacheKib) {
    var config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setCacheSize(-cacheKib);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.RECURSIVE_TRIGGERS, "false");
    config.setGetGeneratedKeys(false);
    try {
      var connection = DriverManager.getConnection(url, config.toProperties());
      leaveTransactionsAlone(connection);
      var session = new Session(connection, dialect);
      if (readOnlyReason == null) {
        session.run("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      }
      return session;
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /**
   * The driver tries a BEGIN and a COMMIT of its own behind each statement unless it believes that
   * it is not to: a tenth of a small statement's time. Transactions begin and end by statements
   * here.
   */
  private static void leaveTransactionsAlone(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
  }

  /** Sets the journal mode; answers the one that is in force, {@code memory} for one in memory. */
  public String journalMode(String mode) {
    var session = connect();
    try {
      var answer = session.<String>first("PRAGMA journal_mode = " + mode, r -> r.getString(1));
      return answer == null ? "none" : answer;
    } finally {
      session.close();
    }
  }

  /**
   * Copies everything, one consistent state, into a new file, packed; others may write meanwhile.
   */
  public void copyTo(Path target) {
    if (single == null) {
      var session = borrow();
      try {
        copy(session, target);
      } finally {
        giveBack(session);
      }
      return;
    }
    singleLock.lock();
    try {
      refuseIfClosed();
      copy(single, target);
    } finally {
      singleLock.unlock();
    }
  }

  private void copy(Session session, Path target) {
    try (var statement = session.connection().prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, target.toString());
      statement.executeUpdate();
    } catch (SQLException e) {
      var failure = dialect.failure(e);
      throw failure.code() == ErrorCode.CORRUPT || failure.code() == ErrorCode.TIMEOUT
          ? failure
          : new SqliteDialect("the copy of " + where + " to " + target, patience).failure(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T readLatest(Function<Session, T> work) {
    return reading(work, false);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Session, T> work) {
    return reading(work, true);
  }

  private <T extends @Nullable Object> T reading(Function<Session, T> work, boolean snapshot) {
    if (single != null) {
      singleLock.lock();
      try {
        refuseIfClosed();
        return work.apply(single);
      } finally {
        singleLock.unlock();
      }
    }
    var session = borrow();
    try {
      return snapshot ? inTransaction(session, "BEGIN", work) : work.apply(session);
    } finally {
      giveBack(session);
    }
  }

  /** Has a check run before each read, which fails where nothing may be read any more. */
  public void beforeReading(Runnable check) {
    beforeReading = check;
  }

  private Session borrow() {
    readerPermits.acquireUninterruptibly();
    try {
      beforeReading.run();
      synchronized (readers) {
        refuseIfClosed();
        var session = readers.poll();
        if (session != null) {
          return session;
        }
      }
      return reader();
    } catch (RuntimeException e) {
      readerPermits.release();
      throw e;
    }
  }

  private Session reader() {
    int before;
    synchronized (readers) {
      before = readersOpen;
    }
    var session = connect(Math.max(CACHE_KIB, FIRST_CACHE_KIB >> before));
    synchronized (readers) {
      readersOpen++;
    }
    return session;
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new CatalogException(ErrorCode.STORAGE, where + " was closed; open it again");
    }
  }

  private void giveBack(Session session) {
    try {
      synchronized (readers) {
        if (!closed && !session.isBroken()) {
          readers.push(session);
          return;
        }
        readersOpen--;
      }
      session.close();
    } finally {
      readerPermits.release();
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Session, T> work) {
    if (readOnlyReason != null) {
      throw new CatalogException(ErrorCode.READ_ONLY, where + " is read-only: " + readOnlyReason);
    }
    if (single != null) {
      singleLock.lock();
      try {
        refuseIfClosed();
        return inTransaction(single, BEGIN_WRITING, work);
      } finally {
        singleLock.unlock();
      }
    }
    var session = writer();
    var turn = turns;
    if (turn != null) {
      turn.begin();
    }
    try {
      return inTransaction(session, BEGIN_WRITING, s -> ofThisSchema(s, work));
    } finally {
      if (turn != null) {
        turn.end();
      }
      checkpoints.written(session.writes());
    }
  }

  /** A newer program may have changed the schema since the file was opened. */
  private <T extends @Nullable Object> T ofThisSchema(Session session, Function<Session, T> work) {
    Schema.version(session, where);
    return work.apply(session);
  }

  /** The connection that writes; a new one where a failure left the old one in the middle. */
  private Session writer() {
    var session = writer;
    if (session != null && !session.isBroken()) {
      return session;
    }
    writer = null;
    if (session != null) {
      session.close();
    }
    refuseIfClosed();
    session = connect(WRITER_CACHE_KIB);
    writer = session;
    turns = new Turns(session);
    return session;
  }

  private static <T extends @Nullable Object> T inTransaction(
      Session session, String begin, Function<Session, T> work) {
    session.execute(begin);
    T result;
    try {
      result = work.apply(session);
      session.execute("COMMIT");
    } catch (RuntimeException | Error e) {
      session.rollback(e);
      throw e;
    }
    return result;
  }

  @Override
  public boolean writesProjectsApart() {
    return false;
  }

  @Override
  public @Nullable String readOnlyReason() {
    return readOnlyReason;
  }

  @Override
  public String describe() {
    return where;
  }

  /**
   * Waits for the reads under way; those that come later are refused, a second call does nothing.
   */
  @Override
  public void close() {
    boolean first;
    synchronized (readers) {
      first = !closed;
      closed = true;
    }
    readerPermits.acquireUninterruptibly(MOST_READERS);
    singleLock.lock();
    try {
      if (!first) {
        return;
      }
      checkpoints.close();
      readers.forEach(Session::close);
      if (writer != null) {
        writer.close();
      }
      if (single != null) {
        single.close();
      }
    } finally {
      singleLock.unlock();
      readerPermits.release(MOST_READERS);
    }
  }
}
