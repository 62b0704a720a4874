package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.internal.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Artifacts as they were: looks into the validity intervals, and replays nothing. */
final class Past {
  private Past() {}

  /** Since when the parts of the current row are as they are. */
  private record Since(long identity, long tags, long metadata, @Nullable Long deleted) {}

  /**
   * The record as it was after an event.
   *
   * @param current the record now
   * @return {@code null} where it was not registered yet
   */
  static @Nullable Artifact at(
      Session session, long project, ArtifactRows.Stored current, long seq) {
    long doc = current.doc();
    var since =
        session.first(
            """
            SELECT from_seq, tags_seq, metadata_seq, deleted_seq FROM artifact
            WHERE project = ? AND doc = ?\
            """,
            r -> {
              long deleted = r.getLong(4);
              return new Since(
                  r.getLong(1), r.getLong(2), r.getLong(3), r.wasNull() ? null : deleted);
            },
            project,
            doc);
    if (since == null) {
      return null;
    }
    var identity =
        since.identity() <= seq
            ? current.artifact()
            : replaced(session, project, current.artifact(), doc, seq);
    if (identity == null) {
      return null;
    }
    var tags = since.tags() <= seq ? null : text(session, "tags_past", "tags", project, doc, seq);
    var metadata =
        since.metadata() <= seq
            ? null
            : text(session, "metadata_past", "metadata", project, doc, seq);
    return new Artifact(
        identity.id(),
        identity.project(),
        identity.name(),
        identity.artifactType(),
        identity.version(),
        identity.declaredVersion(),
        identity.contentHash(),
        identity.size(),
        identity.hashOrigin(),
        identity.duplicateOf(),
        identity.uri(),
        identity.sourceStep(),
        identity.sourceRunId(),
        identity.sourcePipeline(),
        parents(session, project, doc, seq, false),
        parents(session, project, doc, seq, true),
        tags == null ? current.artifact().tags() : ArtifactRows.object(tags),
        metadata == null ? current.artifact().metadata() : ArtifactRows.object(metadata),
        tags == null ? current.artifact().tagsVerbatim() : ArtifactRows.verbatim(tags),
        metadata == null ? current.artifact().metadataVerbatim() : ArtifactRows.verbatim(metadata),
        session.list(
            """
            SELECT alias FROM alias WHERE project = ? AND doc = ? AND from_seq <= ?
            AND (to_seq IS NULL OR to_seq > ?) ORDER BY alias\
            """,
            r -> r.getString(1),
            project,
            doc,
            seq,
            seq),
        identity.createdAt(),
        identity.createdBy(),
        lastChange(session, project, doc, seq),
        deletedAt(session, project, doc, since.deleted(), seq));
  }

  private static long lastChange(Session session, long project, long doc, long seq) {
    var last =
        session.number(
            "SELECT max(seq) FROM event WHERE project = ? AND doc = ? AND seq <= ?",
            project,
            doc,
            seq);
    return last == null ? seq : last;
  }

  private static @Nullable String text(
      Session session, String table, String column, long project, long doc, long seq) {
    return session.first(
        "SELECT %s FROM %s WHERE project = ? AND doc = ? AND from_seq <= ? AND to_seq > ?"
            .formatted(column, table),
        r -> r.getString(1),
        project,
        doc,
        seq,
        seq);
  }

  private static List<String> parents(
      Session session, long project, long doc, long seq, boolean unresolvedOnly) {
    return session.list(
        """
        SELECT coalesce(x.id, p.parent_id) FROM parent p
        LEFT JOIN artifact x ON x.project = p.project AND x.doc = p.parent
        WHERE p.project = ? AND p.child = ? AND p.from_seq <= ?
        AND (p.to_seq IS NULL OR p.to_seq > ?)
        AND (? = 0 OR x.doc IS NULL OR (x.from_seq > ? AND NOT EXISTS (
          SELECT 1 FROM artifact_past y WHERE y.project = x.project AND y.doc = x.doc
          AND y.from_seq <= ?)))
        ORDER BY p.ord\
        """,
        r -> r.getString(1),
        project,
        doc,
        seq,
        seq,
        unresolvedOnly ? 1 : 0,
        seq,
        seq);
  }

  private static @Nullable Instant deletedAt(
      Session session, long project, long doc, @Nullable Long deleted, long seq) {
    var since =
        deleted != null && deleted <= seq
            ? deleted
            : session.number(
                """
                SELECT from_seq FROM deletion_past
                WHERE project = ? AND doc = ? AND from_seq <= ? AND to_seq > ?\
                """,
                project,
                doc,
                seq,
                seq);
    if (since == null) {
      return null;
    }
    var at = session.number("SELECT at FROM event WHERE project = ? AND seq = ?", project, since);
    return at == null ? null : Clock.instant(at);
  }

  /** The identity that FlowyML overwrote later, or {@code null} where there was none yet. */
  private static @Nullable Artifact replaced(
      Session session, long project, Artifact now, long doc, long seq) {
    var json =
        session.<String>first(
            """
            SELECT identity FROM artifact_past
            WHERE project = ? AND doc = ? AND from_seq <= ? AND to_seq > ?\
            """,
            r -> r.getString(1),
            project,
            doc,
            seq,
            seq);
    return json == null ? null : Identity.parse(now, json);
  }

  /** The columns of an identity, as {@code artifact_past} keeps them. */
  static final class Identity {
    private Identity() {}

    static String text(Artifact artifact) {
      var json = new java.util.LinkedHashMap<String, @Nullable Object>();
      json.put("name", artifact.name());
      json.put("type", artifact.artifactType());
      json.put("version", artifact.version());
      json.put("declared_version", artifact.declaredVersion());
      json.put("content_hash", artifact.contentHash());
      json.put("size", artifact.size());
      json.put("computed", artifact.hashOrigin() == Artifact.HashOrigin.COMPUTED);
      json.put("uri", artifact.uri());
      json.put("step", artifact.sourceStep());
      json.put("run", artifact.sourceRunId());
      json.put("pipeline", artifact.sourcePipeline());
      json.put("created_at", Clock.micros(artifact.createdAt()));
      json.put("created_by", artifact.createdBy());
      return Json.write(json);
    }

    static Artifact parse(Artifact now, String text) {
      var json = Json.parseObject(text, "the identity of artifact " + now.id());
      var hash = string(json, "content_hash");
      return new Artifact(
          now.id(),
          now.project(),
          String.valueOf(json.get("name")),
          String.valueOf(json.get("type")),
          String.valueOf(json.get("version")),
          string(json, "declared_version"),
          hash,
          json.get("size") instanceof Long size ? size : null,
          hash == null
              ? null
              : Boolean.TRUE.equals(json.get("computed"))
                  ? Artifact.HashOrigin.COMPUTED
                  : Artifact.HashOrigin.DECLARED,
          null,
          string(json, "uri"),
          string(json, "step"),
          string(json, "run"),
          string(json, "pipeline"),
          now.parentIds(),
          now.unresolvedParentIds(),
          now.tags(),
          now.metadata(),
          now.tagsVerbatim(),
          now.metadataVerbatim(),
          List.of(),
          Clock.instant(json.get("created_at") instanceof Long at ? at : 0),
          String.valueOf(json.get("created_by")),
          now.seq(),
          null);
    }

    private static @Nullable String string(Map<String, @Nullable Object> json, String key) {
      return json.get(key) instanceof String text ? text : null;
    }
  }
}
