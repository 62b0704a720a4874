package io.flowyml.catalog.local;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A file as FlowyML leaves it. */
final class FlowymlRows {
  private FlowymlRows() {}

  /** Makes a file with rows {@code id1}, {@code id2} and so on, all called {@code n}. */
  static void make(Path file, int rows) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE artifacts (artifact_id TEXT PRIMARY KEY, name TEXT NOT NULL,
            artifact_type TEXT NOT NULL, content_hash TEXT, source_step TEXT, source_run_id TEXT,
            source_pipeline TEXT, parent_ids TEXT, tags TEXT, metadata TEXT, uri TEXT,
            created_at TEXT NOT NULL, version TEXT)\
          """);
      statement.execute(
          """
          INSERT INTO artifacts (artifact_id, name, artifact_type, created_at)
          WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d)
          SELECT 'id' || n, 'n', 'T', '2026-03-03T10:15:30' FROM i\
          """
              .formatted(rows));
    }
  }
}
