package io.flowyml.catalog.internal.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database. Readers have a snapshot (repeatable read), writers see what is committed
 * (read committed) once they hold their project's row, each from a pool of its own, so that neither
 * starves the other.
 */
public final class PostgresDatabase implements Database {
  private static final System.Logger LOG = System.getLogger(PostgresDatabase.class.getName());

  /** How long a statement may run that waits for nobody. */
  private static final Duration STATEMENT = Duration.ofSeconds(60);

  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** The oldest server that the statements are tested on. */
  private static final int OLDEST_SERVER = 150_000;

  /** Rows written before the tables are looked at again. */
  private static final long LOOKED_AT_AFTER = 5_000;

  /** Tables that have doubled since the planner looked at them. */
  private static final String GROWN =
      """
      SELECT oid::regclass FROM pg_class
      WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
      AND relname IN ('name', 'artifact', 'parent', 'alias', 'event', 'tags_past', 'metadata_past',
        'term', 'posting', 'posting_past', 'term_text')
      AND pg_relation_size(oid) > 2 * relpages * current_setting('block_size')::bigint\
      """;

  private final String where;
  private final Duration patience;
  private final PostgresDialect dialect;

  /** Rows, since the tables were looked at. */
  private final AtomicLong written = new AtomicLong();

  private final HikariDataSource readers;
  private final HikariDataSource writers;

  private PostgresDatabase(
      String url, Properties properties, String where, int connections, Duration patience) {
    this.where = where;
    this.patience = patience;
    this.dialect = new PostgresDialect(where, patience);
    int writing = Math.max(1, connections / 4);
    var config = config(url, properties);
    config.setPoolName("flowyml-catalog-writers");
    config.setMaximumPoolSize(writing);
    config.setMinimumIdle(1);
    config.setAutoCommit(false);
    this.writers = pool(config);
    try {
      var reading = config(url, properties);
      reading.setPoolName("flowyml-catalog-readers");
      reading.setMaximumPoolSize(Math.max(1, connections - writing));
      reading.setMinimumIdle(1);
      reading.setReadOnly(true);
      reading.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
      this.readers = pool(reading);
    } catch (RuntimeException e) {
      writers.close();
      throw e;
    }
  }

  /**
   * Connects to a database.
   *
   * @param url as the driver takes it, without a password
   * @param properties the driver's, the login among them
   * @param where what messages call the database
   * @param connections the most that are open at once
   * @param patience how long a call waits for one of them, and for another writer of its project
   */
  public static PostgresDatabase open(
      String url, Properties properties, String where, int connections, Duration patience) {
    var database = new PostgresDatabase(url, properties, where, connections, patience);
    try {
      database.readLatest(database::check);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private HikariConfig config(String url, Properties properties) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setDataSourceProperties(properties);
    config.setConnectionTimeout(patience.toMillis());
    config.setInitializationFailTimeout(1);
    config.setConnectionInitSql(settings());
    return config;
  }

  /**
   * Bounds on what one statement may take, and plans that depend neither on when the tables were
   * looked at last nor on the first values asked for: every statement has its index.
   */
  private String settings() {
    return """
    SET lock_timeout = %d; SET statement_timeout = %d;
    SET idle_in_transaction_session_timeout = '60s';
    SET jit = off; SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan\
    """
        .formatted(patience.toMillis(), STATEMENT.plus(patience).toMillis());
  }

  private HikariDataSource pool(HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException failure) {
          throw dialect.failure(failure);
        }
      }
      throw e;
    }
  }

  private boolean check(Session session) {
    var version = session.number("SELECT current_setting('server_version_num')::bigint");
    if (version == null || version < OLDEST_SERVER) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          "%s has server version %s; 15 or newer is needed".formatted(where, version));
    }
    var encoding =
        session.<String>first("SELECT current_setting('server_encoding')", r -> r.getString(1));
    if (!"UTF8".equals(encoding)) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          "%s has the encoding %s, which cannot hold every text; make one with ENCODING 'UTF8'"
              .formatted(where, encoding));
    }
    return true;
  }

  @Override
  public <T extends @Nullable Object> T readLatest(Function<Session, T> work) {
    return reading(work, false);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Session, T> work) {
    return reading(work, true);
  }

  /** Reads again where the connection broke, unless rows were handed out already. */
  private <T extends @Nullable Object> T reading(Function<Session, T> work, boolean snapshot) {
    int tries = readers.getMaximumPoolSize() + 1;
    CatalogException earlier = null;
    while (true) {
      var session = session(readers);
      try {
        return snapshot ? inSnapshot(session, work) : work.apply(session);
      } catch (CatalogException e) {
        if (earlier != null) {
          e.addSuppressed(earlier);
        }
        tries--;
        if (tries == 0 || session.hasStreamed() || !PostgresDialect.isTransient(state(e))) {
          throw e;
        }
        earlier = e;
      } finally {
        giveBack(session);
      }
    }
  }

  private static <T extends @Nullable Object> T inSnapshot(
      Session session, Function<Session, T> work) {
    var connection = session.connection();
    try {
      connection.setAutoCommit(false);
      var result = work.apply(session);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw session.dialect().failure(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Session, T> work) {
    var session = session(writers);
    try {
      var result = undoneUnlessWhole(session, work);
      commit(session);
      analyseGrown(session);
      return result;
    } finally {
      giveBack(session);
    }
  }

  /**
   * Has the planner look at tables again that have outgrown what it knows of them, which also ends
   * the plans that it made when they were small. Autovacuum does so once a minute, in which a bulk
   * load would read its project from end to end for each lookup.
   */
  private void analyseGrown(Session session) {
    long rows = written.addAndGet(session.writes());
    if (rows < LOOKED_AT_AFTER || !written.compareAndSet(rows, 0)) {
      return;
    }
    try {
      session
          .list(GROWN, r -> r.getString(1))
          .forEach(table -> session.run("ANALYZE (SKIP_LOCKED) " + table));
      session.connection().commit();
    } catch (CatalogException | SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "tables that have grown were not analysed", e);
      rollback(session, e);
    }
  }

  private <T extends @Nullable Object> T undoneUnlessWhole(
      Session session, Function<Session, T> work) {
    try {
      // A newer program may have changed the schema since the database was opened.
      Schema.version(session, where);
      var result = work.apply(session);
      session.send();
      return result;
    } catch (CatalogException e) {
      rollback(session, e);
      throw PostgresDialect.isTransient(state(e)) ? interrupted(session, e) : e;
    } catch (RuntimeException | Error e) {
      rollback(session, e);
      throw e;
    }
  }

  /**
   * Commits. Where the connection breaks before the answer comes, nobody can say whether it took
   * place, so the work is not done again.
   */
  private void commit(Session session) {
    try {
      session.connection().commit();
    } catch (SQLException e) {
      if (PostgresDialect.isBroken(e.getSQLState())) {
        throw new CatalogException(
            ErrorCode.UNREACHABLE,
            where
                + " broke off while the change was committed, so it may have taken place or not;"
                + " look, or repeat it (a registration with an id of your own happens once)",
            Map.of("outcome", "unknown"),
            e);
      }
      var failure = dialect.failure(e);
      throw PostgresDialect.isTransient(e.getSQLState()) ? interrupted(session, failure) : failure;
    }
  }

  private Interrupted interrupted(Session session, CatalogException e) {
    if (e.code() == ErrorCode.READ_ONLY) {
      // The primary that it was connected to is none any more.
      writers.evictConnection(session.connection());
    }
    return new Interrupted(e);
  }

  private static void rollback(Session session, Throwable cause) {
    try {
      session.connection().rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private Session session(HikariDataSource pool) {
    return new Session(connection(pool), dialect);
  }

  private Connection connection(HikariDataSource pool) {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      if (pool.isClosed()) {
        throw new CatalogException(ErrorCode.STORAGE, where + " was closed; open it again", e);
      }
      var state = pool.getHikariPoolMXBean();
      if (state.getActiveConnections() >= pool.getMaximumPoolSize()) {
        throw dialect.failure(
            ErrorCode.OVERLOADED,
            "has all %d connections of this program in use for over %d s; try again"
                .formatted(pool.getMaximumPoolSize(), patience.toSeconds()),
            e);
      }
      throw e.getCause() instanceof SQLException cause
          ? dialect.failure(cause)
          : dialect.failure(ErrorCode.UNREACHABLE, "cannot be reached; see whether it runs", e);
    }
  }

  /** What is known by now is not made unknown by a connection that breaks after it. */
  private static void giveBack(Session session) {
    try {
      session.close();
    } catch (CatalogException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke when it was given back", e);
    }
  }

  private static @Nullable String state(CatalogException e) {
    return e.getCause() instanceof SQLException failure ? failure.getSQLState() : "";
  }

  @Override
  public boolean writesProjectsApart() {
    return true;
  }

  @Override
  public @Nullable String readOnlyReason() {
    return null;
  }

  @Override
  public String describe() {
    return where;
  }

  /** Waits for what is being read. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + CLOSING_NANOS;
    while (isInUse(readers) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    readers.close();
    writers.close();
  }

  private static boolean isInUse(HikariDataSource pool) {
    var state = pool.getHikariPoolMXBean();
    return state != null && state.getActiveConnections() > 0;
  }
}
