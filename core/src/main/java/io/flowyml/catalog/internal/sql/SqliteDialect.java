package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.ProblemJson;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite's words. */
final class SqliteDialect implements Dialect {
  /**
   * Rows of the substring index of one project: more distinct values than that cannot be told
   * apart.
   */
  private static final int TEXT_ROW_BITS = 40;

  private final Trigrams trigrams = new Trigrams();
  private final String where;
  private final Duration patience;

  /**
   * @param where what the messages call the database
   * @param patience how long a call waits for another process
   */
  SqliteDialect(String where, Duration patience) {
    this.where = where;
    this.patience = patience;
  }

  /** A transaction that writes has the file to itself. */
  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public void lockSchema(Session session) {}

  @Override
  public int schemaVersion(Session session) {
    var stored = session.number("PRAGMA user_version");
    return stored == null ? 0 : Math.toIntExact(stored);
  }

  @Override
  public void setSchemaVersion(Session session, int version) {
    session.run("PRAGMA user_version = " + version);
  }

  @Override
  public String schemaFolder() {
    return "/schema/sqlite/";
  }

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public String bindable(String text) {
    return text;
  }

  @Override
  public String jsonArray(String expression, String order) {
    return "json_group_array(" + expression + " ORDER BY " + order + ")";
  }

  @Override
  public String versionIs(String column) {
    return column + " = ?";
  }

  @Override
  public String contains(String expression) {
    return "instr(" + expression + ", ?) > 0";
  }

  /** Where a term stands in the substring index, which all projects share. */
  private static long textRow(long project, long term) {
    return (project << TEXT_ROW_BITS) + term;
  }

  @Override
  public void indexText(Session session, long project, long term, String folded) {
    session.update(
        "INSERT INTO term_text (rowid, text) VALUES (?, ?)", textRow(project, term), folded);
  }

  @Override
  public void removeText(Session session, long project, long term, String folded) {
    session.update(
        "INSERT INTO term_text (term_text, rowid, text) VALUES ('delete', ?, ?)",
        textRow(project, term),
        folded);
  }

  @Override
  public String substringCandidates() {
    return """
    t.no IN (SELECT rowid - ? FROM term_text WHERE term_text MATCH ? AND rowid BETWEEN ? AND ?)\
    """;
  }

  @Override
  public Object[] substringParameters(Session session, long project, String folded) {
    long base = textRow(project, 0);
    return new Object[] {
      base, trigrams.match(session, project, folded), base, textRow(project + 1, 0) - 1
    };
  }

  @Override
  public CatalogException failure(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return new CatalogException(ErrorCode.STORAGE, where + ": " + e.getMessage(), e);
    }
    if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMMAP) {
      return failure(
          ErrorCode.STORAGE,
          "lies on a disk where processes cannot share memory, which its write-ahead log needs; use"
              + " a local disk, or a server",
          e);
    }
    int code = sqlite.getResultCode().code & 0xff;
    return switch (code) {
      case 5, 6 ->
          failure(
              ErrorCode.TIMEOUT,
              "is locked by another process for over %s s; see who holds it, then try again"
                  .formatted(patience.toMillis() / 1000.0),
              e);
      case 8 -> failure(ErrorCode.READ_ONLY, "cannot be written; check its permissions", e);
      case 10 ->
          failure(
              ErrorCode.STORAGE,
              "cannot be read or written (" + e.getMessage() + "); check its disk",
              e);
      case 11 -> failure(ErrorCode.CORRUPT, "is damaged; restore it from a backup", e);
      case 13 ->
          new CatalogException(
              ErrorCode.STORAGE,
              where + " has no room left on its disk; make some and repeat",
              ProblemJson.DISK_FULL,
              e);
      case 14 ->
          failure(ErrorCode.STORAGE, "cannot be opened; check the path and its permissions", e);
      case 26 -> failure(ErrorCode.CORRUPT, "is not a SQLite file; name another one", e);
      default -> failure(ErrorCode.STORAGE, "failed: " + e.getMessage(), e);
    };
  }

  private CatalogException failure(ErrorCode code, String what, SQLException cause) {
    return new CatalogException(code, where + " " + what, cause);
  }
}
