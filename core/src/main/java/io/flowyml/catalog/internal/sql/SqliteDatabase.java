package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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
  /** How long a call waits for another process; FlowyML's own limit is 5 s. */
  static final int BUSY_MILLIS = 10_000;

  private static final int MOST_READERS = 16;
  private static final int CACHE_KIB = 32 * 1024;

  /** Pages in the log before it is copied back: seldom, since each copy delays one writer. */
  private static final int CHECKPOINT_PAGES = 16_000;

  private final String url;
  private final String where;
  private final SqliteDialect dialect;
  private final @Nullable String readOnlyReason;
  private final @Nullable Session single;
  private final ReentrantLock singleLock = new ReentrantLock();
  private final Deque<Session> readers = new ArrayDeque<>();
  private final Semaphore readerPermits = new Semaphore(MOST_READERS);
  private @Nullable Session writer;
  private @Nullable Turns turns;
  private boolean closed;

  private SqliteDatabase(
      String url, String where, boolean inMemory, @Nullable String readOnlyReason) {
    this.url = url;
    this.where = where;
    this.dialect = new SqliteDialect(where);
    this.readOnlyReason = readOnlyReason;
    this.single = inMemory ? connect() : null;
  }

  /**
   * @param file a path, or a URI with parameters: {@code file:/data/catalog.db?mode=ro}
   * @param where what messages call it
   */
  public static SqliteDatabase file(String file, String where, @Nullable String readOnlyReason) {
    return new SqliteDatabase("jdbc:sqlite:" + file, where, false, readOnlyReason);
  }

  public static SqliteDatabase inMemory() {
    return new SqliteDatabase("jdbc:sqlite::memory:", "the catalog in memory", true, null);
  }

  private Session connect() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setCacheSize(-CACHE_KIB);
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
    var session = single == null ? connect() : single;
    singleLock.lock();
    try {
      session.update("VACUUM INTO ?", target.toString());
    } finally {
      singleLock.unlock();
      if (session != single) {
        session.close();
      }
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
        return work.apply(single);
      } finally {
        singleLock.unlock();
      }
    }
    var session = borrow();
    try {
      if (!snapshot) {
        return work.apply(session);
      }
      session.execute("BEGIN");
      try {
        return work.apply(session);
      } finally {
        session.execute("COMMIT");
      }
    } finally {
      giveBack(session);
    }
  }

  private Session borrow() {
    readerPermits.acquireUninterruptibly();
    try {
      synchronized (readers) {
        if (closed) {
          throw new CatalogException(ErrorCode.STORAGE, where + " was closed; open it again");
        }
        var session = readers.poll();
        if (session != null) {
          return session;
        }
      }
      return connect();
    } catch (RuntimeException e) {
      readerPermits.release();
      throw e;
    }
  }

  private void giveBack(Session session) {
    try {
      synchronized (readers) {
        if (!closed) {
          readers.push(session);
          return;
        }
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
        return writeOn(single, work);
      } finally {
        singleLock.unlock();
      }
    }
    var session = writer;
    if (session == null || turns == null) {
      session = connect();
      writer = session;
      turns = new Turns(session);
    }
    turns.begin();
    try {
      return writeOn(session, work);
    } finally {
      turns.end();
    }
  }

  private static <T extends @Nullable Object> T writeOn(
      Session session, Function<Session, T> work) {
    session.execute("BEGIN IMMEDIATE");
    T result;
    try {
      result = work.apply(session);
      session.execute("COMMIT");
    } catch (RuntimeException | Error e) {
      rollback(session, e);
      throw e;
    }
    return result;
  }

  /**
   * SQLite rolls back by itself on a full disk and the like, so there may be nothing left to undo.
   */
  private static void rollback(Session session, Throwable cause) {
    try {
      session.execute("ROLLBACK");
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public @Nullable String readOnlyReason() {
    return readOnlyReason;
  }

  @Override
  public String describe() {
    return where;
  }

  @Override
  public void close() {
    synchronized (readers) {
      closed = true;
    }
    readerPermits.acquireUninterruptibly(MOST_READERS);
    readers.forEach(Session::close);
    if (writer != null) {
      writer.close();
    }
    if (single != null) {
      single.close();
    }
  }
}
