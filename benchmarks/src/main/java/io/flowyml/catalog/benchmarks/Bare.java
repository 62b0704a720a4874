package io.flowyml.catalog.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a copy of a catalog's file up to the original by bare prepared statements: the same rows
 * of the same tables, each written once, nothing looked up. What {@code registerAll} stands beside.
 */
final class Bare implements AutoCloseable {
  private static final String TEXT =
      "INSERT INTO term_text (rowid, text) SELECT (project << 40) + no, coalesce(folded, value)"
          + " FROM term WHERE project = 1 AND no = ? AND field IN (1, 2, 3, 4, 5, 7, 8, 9)";

  private final Connection original;
  private final Connection copy;
  private final Map<String, PreparedStatement> statements = new TreeMap<>();

  Bare(Path original, Path copy) throws SQLException {
    this.original = DriverManager.getConnection("jdbc:sqlite:" + original);
    this.copy = DriverManager.getConnection("jdbc:sqlite:" + copy);
    try (var statement = this.copy.createStatement()) {
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA cache_size = -131072");
      statement.execute("PRAGMA wal_autocheckpoint = 48000");
    }
    this.copy.setAutoCommit(false);
  }

  /** A statement and the rows that it writes. */
  private record Write(String sql, List<@Nullable Object[]> rows) {}

  /**
   * Writes what the copy lacks, in one transaction.
   *
   * @return how long that took, the reading of it not counted
   */
  long catchUp() throws SQLException {
    long doc = number("SELECT doc FROM project WHERE project = 1");
    var writes = new ArrayList<Write>();
    writes.add(
        changed(
            "name",
            "no",
            List.of("last_version"),
            "no IN (SELECT name FROM artifact WHERE project = 1 AND doc > " + doc + ")"));
    writes.add(added("artifact", "project = 1 AND doc > " + doc));
    writes.add(
        added(
            "event",
            "project = 1 AND seq > " + number("SELECT seq FROM project WHERE project = 1")));
    writes.add(added("parent", "project = 1 AND child > " + doc));
    writes.add(added("artifacts", "rowid > " + number("SELECT max(rowid) FROM artifacts")));
    long terms = number("SELECT max(no) FROM term WHERE project = 1");
    var touched = "(SELECT no FROM term WHERE project = 1 AND last > " + doc + ")";
    writes.add(changed("term", "no", List.of("n", "last"), "no IN " + touched));
    var texts = new ArrayList<@Nullable Object[]>();
    for (var row : rows(original, "SELECT no FROM term WHERE project = 1 AND no > " + terms)) {
      texts.add(row);
    }
    writes.add(new Write(TEXT, texts));
    writes.add(
        changed(
            "posting",
            "term, chunk",
            List.of("docs"),
            "term IN %s AND (chunk < 0 OR chunk >= %d)".formatted(touched, doc >> 12)));
    writes.add(
        changed(
            "project",
            "project",
            List.of("seq", "doc", "name_no", "term", "time", "indexed_seq"),
            "project = 1"));
    copy.rollback();
    for (var write : writes) {
      statement(write.sql());
    }
    long start = System.nanoTime();
    for (var write : writes) {
      var statement = statement(write.sql());
      for (var row : write.rows()) {
        for (int c = 0; c < row.length; c++) {
          statement.setObject(c + 1, row[c]);
        }
        statement.executeUpdate();
      }
    }
    copy.commit();
    return System.nanoTime() - start;
  }

  private long number(String sql) throws SQLException {
    return ((Number) Objects.requireNonNull(rows(copy, sql).getFirst()[0], sql)).longValue();
  }

  private Write added(String table, String where) throws SQLException {
    var rows = rows(original, "SELECT * FROM " + table + " WHERE " + where);
    return new Write(insert(table, rows), rows);
  }

  private static String insert(String table, List<@Nullable Object[]> rows) {
    int columns = rows.isEmpty() ? 1 : rows.getFirst().length;
    return "INSERT INTO " + table + " VALUES (?" + ", ?".repeat(columns - 1) + ")";
  }

  /** Rows that the copy lacks or has otherwise. */
  private Write changed(String table, String key, List<String> changing, String where)
      throws SQLException {
    var sql = "SELECT * FROM %s WHERE project = 1 AND %s ORDER BY %s".formatted(table, where, key);
    var rows = rows(original, sql);
    var keys = new ArrayList<@Nullable Object[]>();
    try (var same =
        copy.prepareStatement(
            "SELECT * FROM %s WHERE project = 1 AND (%s) = (%s)"
                .formatted(table, key, key.contains(",") ? "?, ?" : "?"))) {
      for (var row : rows) {
        same.setObject(1, row[key.equals("project") ? 0 : 1]);
        if (key.contains(",")) {
          same.setObject(2, row[2]);
        }
        try (var found = same.executeQuery()) {
          if (!found.next() || !Arrays.deepEquals(row(found), row)) {
            keys.add(row);
          }
        }
      }
    }
    var set = changing.stream().map(column -> column + " = excluded." + column).toList();
    return new Write(
        "%s ON CONFLICT (%s) DO UPDATE SET %s"
            .formatted(
                insert(table, rows),
                key.equals("project") ? key : "project, " + key,
                String.join(", ", set)),
        keys);
  }

  private static List<@Nullable Object[]> rows(Connection connection, String sql)
      throws SQLException {
    var all = new ArrayList<@Nullable Object[]>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(row(rows));
      }
    }
    return all;
  }

  private static @Nullable Object[] row(ResultSet rows) throws SQLException {
    var row = new @Nullable Object[rows.getMetaData().getColumnCount()];
    for (int c = 0; c < row.length; c++) {
      row[c] = rows.getObject(c + 1);
    }
    return row;
  }

  private PreparedStatement statement(String sql) throws SQLException {
    var known = statements.get(sql);
    if (known == null) {
      known = copy.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  @Override
  public void close() throws SQLException {
    original.close();
    copy.close();
  }
}
