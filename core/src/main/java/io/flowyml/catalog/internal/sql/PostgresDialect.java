package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.ProblemJson;
import io.flowyml.catalog.internal.json.Storable;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's words. */
final class PostgresDialect implements Dialect {
  /** "flowyml" in ASCII: what the schema's lock is called among the database's advisory locks. */
  private static final long SCHEMA_LOCK = 0x66_6c_6f_77_79_6d_6cL;

  private final String where;
  private final Duration patience;

  /** Whether the table of versions was seen, which then stays. */
  private volatile boolean hasVersions;

  /**
   * @param where what the messages call the database
   * @param patience how long a call waits for another writer
   */
  PostgresDialect(String where, Duration patience) {
    this.where = where;
    this.patience = patience;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void lockSchema(Session session) {
    session.run("SET LOCAL statement_timeout = 0");
    session.first("SELECT pg_advisory_xact_lock(?)", r -> true, SCHEMA_LOCK);
  }

  @Override
  public int schemaVersion(Session session) {
    if (!hasVersions) {
      if (session.number("SELECT 1 WHERE to_regclass('schema_version') IS NOT NULL") == null) {
        return 0;
      }
      hasVersions = true;
    }
    var stored = session.number("SELECT max(version) FROM schema_version");
    return stored == null ? 0 : Math.toIntExact(stored);
  }

  @Override
  public void setSchemaVersion(Session session, int version) {
    session.update("INSERT INTO schema_version (version) VALUES (?)", version);
  }

  @Override
  public String schemaFolder() {
    return "/schema/postgresql/";
  }

  /** A lock and not yet a change: a registration that is refused leaves no row version behind. */
  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  /** NUL and half a character cannot even be sent. */
  @Override
  public String bindable(String text) {
    return Storable.text(text);
  }

  @Override
  public String jsonArray(String expression, String order) {
    return "json_agg(" + expression + " ORDER BY " + order + ")";
  }

  /** An index entry has room for 2,704 bytes, and tolerant doors let longer versions in. */
  @Override
  public String versionIs(String column) {
    return "hashtextextended(" + column + ", 0) = hashtextextended(?, 0)";
  }

  @Override
  public String contains(String expression) {
    return "strpos(" + expression + ", ?) > 0";
  }

  @Override
  public void indexText(Session session, long project, long term, String folded) {
    session.later(
        "INSERT INTO term_text (project, no, text) VALUES (?, ?, ?)", project, term, folded);
  }

  @Override
  public void removeText(Session session, long project, long term, String folded) {
    session.update("DELETE FROM term_text WHERE project = ? AND no = ?", project, term);
  }

  /** An array, so that terms are looked up by their numbers: a join may read all terms instead. */
  @Override
  public String substringCandidates() {
    return "t.no = ANY (ARRAY(SELECT x.no FROM term_text x WHERE x.project = ? AND x.text LIKE ?))";
  }

  @Override
  public Object[] substringParameters(Session session, long project, String folded) {
    return new Object[] {project, "%" + folded.replaceAll("[\\\\%_]", "\\\\$0") + "%"};
  }

  @Override
  public CatalogException failure(SQLException e) {
    var state = String.valueOf(e.getSQLState());
    if (isTimeout(e)) {
      return failure(ErrorCode.TIMEOUT, "did not answer in time; try again", e);
    }
    return switch (state) {
      // query_canceled: statement_timeout; lock_not_available: lock_timeout;
      // idle_in_transaction_session_timeout
      case "57014", "25P03" ->
          failure(
              ErrorCode.TIMEOUT, "took too long and was stopped; try again, or ask for less", e);
      case "55P03" ->
          failure(
              ErrorCode.TIMEOUT,
              "has another writer at work in the project for over %d s; try again"
                  .formatted(patience.toSeconds()),
              e);
      // serialization_failure, deadlock_detected
      case "40001", "40P01" ->
          failure(ErrorCode.OVERLOADED, "has too many writers in each other's way; try again", e);
      // too_many_connections, out_of_memory
      case "53300", "53200" ->
          failure(ErrorCode.OVERLOADED, "has no room for more work; try again", e);
      // disk_full
      case "53100" ->
          new CatalogException(
              ErrorCode.STORAGE,
              where + " has no room left on its disk; make some and repeat",
              ProblemJson.DISK_FULL,
              e);
      // read_only_sql_transaction
      case "25006" ->
          failure(
              ErrorCode.READ_ONLY,
              "is a replica, or set to read-only; name the primary, or wait until a failover is"
                  + " over",
              e);
      // admin_shutdown, crash_shutdown, cannot_connect_now
      case "57P01", "57P02", "57P03" ->
          failure(ErrorCode.UNREACHABLE, "is being stopped or started; try again", e);
      // invalid_catalog_name
      case "3D000" ->
          failure(ErrorCode.STORAGE, "does not exist; make the database first (createdb)", e);
      // insufficient_privilege
      case "42501" -> failure(ErrorCode.STORAGE, "does not let this user do it: " + message(e), e);
      // data_corrupted, index_corrupted
      case "XX001", "XX002" ->
          failure(ErrorCode.CORRUPT, "is damaged; restore it from a backup: " + message(e), e);
      default -> {
        if (state.startsWith("28")) {
          yield failure(ErrorCode.STORAGE, "refuses the login: " + message(e), e);
        }
        if (state.startsWith("08")) {
          yield failure(
              ErrorCode.UNREACHABLE,
              "cannot be reached: " + message(e) + "; see whether it runs",
              e);
        }
        yield failure(ErrorCode.STORAGE, "failed: " + message(e), e);
      }
    };
  }

  private static boolean isTimeout(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** The driver's message in one line. */
  private static String message(SQLException e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  CatalogException failure(ErrorCode code, String what, @Nullable SQLException cause) {
    return new CatalogException(code, where + " " + what, cause);
  }

  /** Whether the connection broke, so that nothing can be said of what it was at. */
  static boolean isBroken(@Nullable String state) {
    return state == null
        || state.startsWith("08")
        || state.equals("57P01")
        || state.equals("57P02")
        || state.equals("57P03");
  }

  /**
   * Whether the same work may succeed in another transaction, the one it failed in being rolled
   * back: a broken connection, a serialization failure, a deadlock, or a primary that has become a
   * replica.
   */
  static boolean isTransient(@Nullable String state) {
    return isBroken(state)
        || "40001".equals(state)
        || "40P01".equals(state)
        || "25006".equals(state);
  }
}
