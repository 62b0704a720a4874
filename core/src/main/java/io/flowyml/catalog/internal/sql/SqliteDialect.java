package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteException;

/** SQLite's words. */
final class SqliteDialect implements Dialect {
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

  @Override
  public String jsonArray(String expression, String order) {
    return "json_group_array(" + expression + " ORDER BY " + order + ")";
  }

  @Override
  public String contains(String expression) {
    return "instr(" + expression + ", ?) > 0";
  }

  @Override
  public void indexText(Session session, long rowid, String folded) {
    session.update("INSERT INTO term_text (rowid, text) VALUES (?, ?)", rowid, folded);
  }

  @Override
  public void removeText(Session session, long rowid, String folded) {
    session.update(
        "INSERT INTO term_text (term_text, rowid, text) VALUES ('delete', ?, ?)", rowid, folded);
  }

  @Override
  public String substringCandidates() {
    return """
    t.no IN (SELECT rowid - ? FROM term_text WHERE term_text MATCH ? AND rowid BETWEEN ? AND ?)\
    """;
  }

  /**
   * Without positions the index knows only which trigrams a text holds, so all of them are asked
   * for.
   */
  @Override
  public Object[] substringParameters(long project, String folded) {
    var match = new StringBuilder();
    int[] points = folded.codePoints().toArray();
    for (int i = 0; i + 3 <= points.length; i++) {
      var trigram = new String(points, i, 3).replace("\"", "\"\"");
      match.append(i == 0 ? "\"" : " AND \"").append(trigram).append('"');
    }
    long base = Terms.textRow(project, 0);
    return new Object[] {base, match.toString(), base, Terms.textRow(project + 1, 0) - 1};
  }

  @Override
  public CatalogException failure(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return new CatalogException(ErrorCode.STORAGE, where + ": " + e.getMessage(), e);
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
      case 11 -> failure(ErrorCode.CORRUPT, "is damaged; restore it from a backup", e);
      case 13 ->
          failure(ErrorCode.STORAGE, "has no room left on its disk; make some and repeat", e);
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
