package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.internal.sql.Session;

/**
 * FlowyML's table as FlowyML makes it, with one column behind its thirteen, and beside it what the
 * catalog notes about it.
 *
 * <p>FlowyML's processes run the triggers with whatever SQLite they have, down to 3.31, and lose
 * the user's row without a word where one fails: they hold plain inserts into a plain table, no
 * functions.
 */
final class FlowymlSchema {
  /** In the column {@code seq}: the catalog itself is about to delete the row. */
  static final long DELETING = -1;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS artifacts (
        artifact_id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        artifact_type TEXT NOT NULL,
        content_hash TEXT,
        source_step TEXT,
        source_run_id TEXT,
        source_pipeline TEXT,
        parent_ids TEXT DEFAULT '[]',
        tags TEXT DEFAULT '{}',
        metadata TEXT DEFAULT '{}',
        uri TEXT,
        created_at TEXT NOT NULL,
        version TEXT
      );
      CREATE INDEX IF NOT EXISTS idx_content_hash ON artifacts(content_hash);
      CREATE INDEX IF NOT EXISTS idx_source_pipeline ON artifacts(source_pipeline);
      CREATE INDEX IF NOT EXISTS idx_artifact_type ON artifacts(artifact_type);
      """;

  /**
   * FlowyML names its thirteen columns when it writes, so that this one is absent on its new rows.
   */
  private static final String SEQ = "ALTER TABLE artifacts ADD COLUMN seq INTEGER";

  private static final String NOTES =
      """
      CREATE TABLE IF NOT EXISTS flowyml_change (
        no INTEGER PRIMARY KEY,
        op TEXT,        -- I, U or D
        old_id TEXT,    -- of U and D
        artifact_id TEXT, name TEXT, artifact_type TEXT, content_hash TEXT, source_step TEXT,
        source_run_id TEXT, source_pipeline TEXT, parent_ids TEXT, tags TEXT, metadata TEXT, uri TEXT,
        created_at TEXT, version TEXT
      );
      CREATE TABLE IF NOT EXISTS flowyml_problem (
        artifact_id TEXT NOT NULL,
        column_name TEXT NOT NULL,
        id TEXT NOT NULL,      -- of the artifact in the catalog
        problem TEXT NOT NULL,
        PRIMARY KEY (artifact_id, column_name)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS flowyml_adoption (
        last_row INTEGER,      -- rows up to here were there before the triggers
        created_at TEXT,       -- of the row adopted last, and its row id
        adopted_row INTEGER,
        done INTEGER NOT NULL  -- rows adopted
      );
      """;

  /** The catalog's own inserts carry a number, its updates another one than before. */
  private static final String TRIGGERS =
      """
      CREATE TRIGGER IF NOT EXISTS flowyml_inserted AFTER INSERT ON artifacts WHEN NEW.seq IS NULL
      BEGIN
        INSERT INTO flowyml_change (op, COLUMNS) VALUES ('I', NEW_COLUMNS);
      END;
      CREATE TRIGGER IF NOT EXISTS flowyml_updated AFTER UPDATE ON artifacts WHEN NEW.seq IS OLD.seq
      BEGIN
        INSERT INTO flowyml_change (op, old_id, COLUMNS) VALUES ('U', OLD.artifact_id, NEW_COLUMNS);
      END;
      CREATE TRIGGER IF NOT EXISTS flowyml_deleted AFTER DELETE ON artifacts WHEN OLD.seq IS NOT DELETING
      BEGIN
        INSERT INTO flowyml_change (op, old_id) VALUES ('D', OLD.artifact_id);
      END;
      """
          .replace("NEW_COLUMNS", "NEW." + FlowymlRow.COLUMNS.replaceAll(",\\s+", ", NEW."))
          .replace("COLUMNS", FlowymlRow.COLUMNS.replaceAll("\\s+", " "))
          .replace("DELETING", Long.toString(DELETING));

  private FlowymlSchema() {}

  static void install(Session session) {
    session.script(TABLE);
    if (session.number("SELECT 1 FROM pragma_table_info('artifacts') WHERE name = 'seq'") == null) {
      session.run(SEQ);
    }
    session.script(NOTES);
    session.script(TRIGGERS);
    session.update(
        """
        INSERT INTO flowyml_adoption (last_row, done)
        SELECT (SELECT max(rowid) FROM artifacts), 0
        WHERE NOT EXISTS (SELECT 1 FROM flowyml_adoption)\
        """);
  }
}
