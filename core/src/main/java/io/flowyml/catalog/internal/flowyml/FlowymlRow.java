package io.flowyml.catalog.internal.flowyml;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of FlowyML's table as it stands there, whatever that is; its columns allow anything. */
record FlowymlRow(
    @Nullable String artifactId,
    @Nullable String name,
    @Nullable String artifactType,
    @Nullable String contentHash,
    @Nullable String sourceStep,
    @Nullable String sourceRunId,
    @Nullable String sourcePipeline,
    @Nullable String parentIds,
    @Nullable String tags,
    @Nullable String metadata,
    @Nullable String uri,
    @Nullable String createdAt,
    @Nullable String version) {

  /** The columns in FlowyML's order, which it reads by position. */
  static final String COLUMNS =
      """
      artifact_id, name, artifact_type, content_hash, source_step, source_run_id, source_pipeline,
      parent_ids, tags, metadata, uri, created_at, version\
      """;

  static final List<String> NAMES = List.of(COLUMNS.split(",\\s+"));

  /**
   * @param first where in the result {@link #COLUMNS} begin
   */
  static FlowymlRow of(ResultSet r, int first) throws SQLException {
    return new FlowymlRow(
        r.getString(first),
        r.getString(first + 1),
        r.getString(first + 2),
        r.getString(first + 3),
        r.getString(first + 4),
        r.getString(first + 5),
        r.getString(first + 6),
        r.getString(first + 7),
        r.getString(first + 8),
        r.getString(first + 9),
        r.getString(first + 10),
        r.getString(first + 11),
        r.getString(first + 12));
  }
}
