package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.ArtifactCatalog;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FlowyML's side of a file: its statements, each on a connection of its own, as FlowyML does. */
final class FlowymlFile {
  private static final String COLUMNS =
      "artifact_id, name, artifact_type, content_hash, source_step, source_run_id,"
          + " source_pipeline, parent_ids, tags, metadata, uri, created_at, version";

  private final Path path;

  FlowymlFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  ArtifactCatalog open() {
    return ArtifactCatalog.open(path);
  }

  /** Makes the table as FlowyML does at every opening. */
  FlowymlFile init() {
    execute(
        """
        CREATE TABLE IF NOT EXISTS artifacts (
            artifact_id TEXT PRIMARY KEY, name TEXT NOT NULL, artifact_type TEXT NOT NULL,
            content_hash TEXT, source_step TEXT, source_run_id TEXT, source_pipeline TEXT,
            parent_ids TEXT DEFAULT '[]', tags TEXT DEFAULT '{}', metadata TEXT DEFAULT '{}',
            uri TEXT, created_at TEXT NOT NULL, version TEXT)\
        """);
    execute("CREATE INDEX IF NOT EXISTS idx_content_hash ON artifacts(content_hash)");
    execute("CREATE INDEX IF NOT EXISTS idx_source_pipeline ON artifacts(source_pipeline)");
    execute("CREATE INDEX IF NOT EXISTS idx_artifact_type ON artifacts(artifact_type)");
    return this;
  }

  /** A row with FlowyML's usual values; empty texts where it has none. */
  static Row row(String id, String name) {
    return new Row(id, name, "Model", "", "", "", "", "[]", "{}", "{}", "", TIME, null);
  }

  static final String TIME = "2026-03-03T10:15:30.123456";

  record Row(
      @Nullable String id,
      String name,
      String type,
      String hash,
      String step,
      String run,
      String pipeline,
      @Nullable String parents,
      @Nullable String tags,
      @Nullable String metadata,
      String uri,
      String createdAt,
      @Nullable Object version) {

    Row id(@Nullable String other) {
      return new Row(
          other, name, type, hash, step, run, pipeline, parents, tags, metadata, uri, createdAt,
          version);
    }

    Row type(String other) {
      return new Row(
          id, name, other, hash, step, run, pipeline, parents, tags, metadata, uri, createdAt,
          version);
    }

    Row hash(String other) {
      return new Row(
          id, name, type, other, step, run, pipeline, parents, tags, metadata, uri, createdAt,
          version);
    }

    Row parents(@Nullable String other) {
      return new Row(
          id, name, type, hash, step, run, pipeline, other, tags, metadata, uri, createdAt,
          version);
    }

    Row tags(@Nullable String other) {
      return new Row(
          id, name, type, hash, step, run, pipeline, parents, other, metadata, uri, createdAt,
          version);
    }

    Row metadata(@Nullable String other) {
      return new Row(
          id, name, type, hash, step, run, pipeline, parents, tags, other, uri, createdAt, version);
    }

    Row createdAt(String other) {
      return new Row(
          id, name, type, hash, step, run, pipeline, parents, tags, metadata, uri, other, version);
    }

    Row version(@Nullable Object other) {
      return new Row(
          id, name, type, hash, step, run, pipeline, parents, tags, metadata, uri, createdAt,
          other);
    }

    private @Nullable Object[] values() {
      return new @Nullable Object[] {
        id, name, type, hash, step, run, pipeline, parents, tags, metadata, uri, createdAt, version
      };
    }
  }

  /** What FlowyML's {@code register} does. */
  FlowymlFile register(Row... rows) {
    return insert("INSERT OR REPLACE", rows);
  }

  FlowymlFile insert(String verb, Row... rows) {
    var sql =
        verb + " INTO artifacts (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    for (var row : rows) {
      execute(sql, row.values());
    }
    return this;
  }

  /** What the second half of FlowyML's {@code tag} does. */
  FlowymlFile tags(String id, String json) {
    return execute("UPDATE artifacts SET tags = ? WHERE artifact_id = ?", json, id);
  }

  FlowymlFile execute(String sql, @Nullable Object... params) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.prepareStatement(sql)) {
      bind(statement, params);
      statement.execute();
      return this;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The first column of all rows, or columns joined by {@code |}. */
  List<String> texts(String sql, @Nullable Object... params) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.prepareStatement(sql)) {
      bind(statement, params);
      var all = new ArrayList<String>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var row = new String[rows.getMetaData().getColumnCount()];
          for (int i = 0; i < row.length; i++) {
            row[i] = String.valueOf(rows.getString(i + 1));
          }
          all.add(String.join("|", Arrays.asList(row)));
        }
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... params)
      throws SQLException {
    for (int i = 0; i < params.length; i++) {
      statement.setObject(i + 1, params[i]);
    }
  }
}
