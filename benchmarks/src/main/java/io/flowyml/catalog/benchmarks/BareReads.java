package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.internal.sql.Keys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The same rows by hand-written statements, kept prepared, and nothing made of them. */
final class BareReads {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  BareReads(Connection connection) {
    this.connection = connection;
  }

  int get(String id) {
    long key = Keys.ofId(id);
    return read(
            "SELECT a.*, n.name FROM artifact a JOIN name n ON n.project = a.project AND n.no ="
                + " a.name WHERE a.project = 1 AND a.id_key = ? AND a.id = ?",
            key,
            id)
        + read(
            "SELECT x.id FROM artifact a JOIN parent p ON p.project = a.project AND p.child = a.doc"
                + " JOIN artifact x ON x.project = p.project AND x.doc = p.parent"
                + " WHERE a.project = 1 AND a.id_key = ? AND a.id = ? AND p.to_seq IS NULL"
                + " ORDER BY p.ord",
            key,
            id)
        + read(
            "SELECT l.alias FROM artifact a JOIN alias l ON l.project = a.project AND l.doc = a.doc"
                + " WHERE a.project = 1 AND a.id_key = ? AND a.id = ? AND l.to_seq IS NULL",
            key,
            id);
  }

  int children(String id) {
    return read(
        "SELECT c.id FROM artifact a JOIN parent p ON p.project = a.project AND p.parent = a.doc"
            + " JOIN artifact c ON c.project = p.project AND c.doc = p.child"
            + " WHERE a.project = 1 AND a.id_key = ? AND a.id = ? AND p.to_seq IS NULL",
        Keys.ofId(id),
        id);
  }

  int newestOfType(String type) {
    return read(
        "SELECT a.*, n.name FROM artifact a JOIN name n ON n.project = a.project AND n.no = a.name"
            + " WHERE a.project = 1 AND a.type = ? ORDER BY a.doc DESC LIMIT 100",
        type);
  }

  /** Reads every column of every row; answers how many rows there were. */
  private int read(String sql, Object... parameters) {
    try (var rows = bound(sql, parameters)) {
      int columns = rows.getMetaData().getColumnCount();
      int read = 0;
      while (rows.next()) {
        for (int c = 1; c <= columns; c++) {
          rows.getString(c);
        }
        read++;
      }
      return read;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private ResultSet bound(String sql, Object... parameters) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement.executeQuery();
  }
}
