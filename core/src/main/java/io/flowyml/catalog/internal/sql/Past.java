package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Artifacts as they were: looks into the validity intervals, and replays nothing. */
final class Past {
  private static final String CONTENT_KEY =
      "CASE WHEN p.doc IS NULL THEN a.content_key ELSE p.content_key END";

  /** The number of the oldest artifact below {@code a} that lived and had its content. */
  private static final String OLDEST_TWIN =
      """
      SELECT min(w.doc) FROM (
        SELECT doc FROM (SELECT d.doc FROM artifact d
          WHERE d.project = a.project AND d.content_key = %1$s AND d.content_hash = %2$s
          AND d.doc < a.doc AND d.deleted_seq IS NULL AND d.from_seq <= t.seq AND %3$s
          ORDER BY d.doc LIMIT 1) living
        UNION ALL SELECT doc FROM (SELECT d.doc FROM artifact d
          WHERE d.project = a.project AND d.content_key = %1$s AND d.content_hash = %2$s
          AND d.doc < a.doc AND d.deleted_seq > t.seq AND d.from_seq <= t.seq AND %3$s
          ORDER BY d.doc LIMIT 1) deleted
        UNION ALL SELECT doc FROM (SELECT d.doc FROM artifact_past d
          WHERE d.project = a.project AND d.content_key = %1$s AND d.content_hash = %2$s
          AND d.doc < a.doc AND d.from_seq <= t.seq AND d.to_seq > t.seq AND %3$s
          ORDER BY d.doc LIMIT 1) replaced) w\
      """
          .formatted(
              CONTENT_KEY,
              "CASE WHEN p.doc IS NULL THEN a.content_hash ELSE p.content_hash END",
              notDeleted("d"));

  private Past() {}

  /**
   * That no deletion which was undone since held at {@code t.seq}; one that was not stands in
   * {@code artifact.deleted_seq}.
   */
  static String notDeleted(String artifact) {
    return """
    NOT EXISTS (SELECT 1 FROM deletion_past x WHERE x.project = %1$s.project
      AND x.doc = %1$s.doc AND x.from_seq <= t.seq AND x.to_seq > t.seq)\
    """
        .formatted(artifact);
  }

  /**
   * The parts of a record at a moment, which stands as {@code t (seq, docs)}: first the columns
   * that the present has too, then by what else it is told. {@code p} is the identity then, where
   * FlowyML overwrote it later.
   *
   * <p>What was purged has no values at any time, and is a tombstone from the beginning.
   */
  static String select(Dialect dialect) {
    return """
    SELECT a.doc, a.id, n.name, a.version, a.declared_version, a.type, a.content_hash, a.size,
      a.hash_origin, a.uri, a.step, a.run, a.pipeline, a.created_at, a.created_by,
      CASE WHEN a.seq <= t.seq THEN a.seq ELSE (
        SELECT max(e.seq) FROM event e
        WHERE e.project = a.project AND e.doc = a.doc AND e.seq <= t.seq) END,
      coalesce(a.purged_seq, (
        SELECT max(x.purged_seq) FROM deletion_past x
        WHERE x.project = a.project AND x.doc = a.doc AND x.purged_seq > t.seq)),
      CASE WHEN a.tags_seq <= t.seq THEN a.tags ELSE (
        SELECT x.tags FROM tags_past x WHERE x.project = a.project AND x.doc = a.doc
        AND x.from_seq <= t.seq AND x.to_seq > t.seq ORDER BY x.from_seq DESC LIMIT 1) END,
      CASE WHEN a.metadata_seq <= t.seq THEN a.metadata ELSE (
        SELECT x.metadata FROM metadata_past x WHERE x.project = a.project AND x.doc = a.doc
        AND x.from_seq <= t.seq AND x.to_seq > t.seq ORDER BY x.from_seq DESC LIMIT 1) END,
      (SELECT e.at FROM event e WHERE e.project = a.project AND e.seq =
        CASE WHEN a.deleted_seq <= t.seq OR a.purged_seq IS NOT NULL THEN a.deleted_seq ELSE (
          SELECT min(x.from_seq) FROM deletion_past x
          WHERE x.project = a.project AND x.doc = a.doc AND x.to_seq > t.seq
          AND (x.from_seq <= t.seq OR x.purged_seq IS NOT NULL)) END),
      CASE WHEN %1$s IS NOT NULL THEN (
        SELECT o.id FROM artifact o WHERE o.project = a.project AND o.doc = (%2$s)) END,
      (SELECT %3$s FROM alias l WHERE l.project = a.project AND l.doc = a.doc
        AND l.from_seq <= t.seq AND (l.to_seq IS NULL OR l.to_seq > t.seq)),
      CASE WHEN a.parents > 0 OR p.doc IS NOT NULL THEN (
        SELECT %4$s FROM parent p LEFT JOIN artifact x ON x.project = p.project AND x.doc = p.parent
        WHERE p.project = a.project AND p.child = a.doc
        AND p.from_seq <= t.seq AND (p.to_seq IS NULL OR p.to_seq > t.seq)) END,
      CASE WHEN a.parents > 0 OR p.doc IS NOT NULL THEN (
        SELECT %4$s FROM parent p LEFT JOIN artifact x ON x.project = p.project AND x.doc = p.parent
        WHERE p.project = a.project AND p.child = a.doc
        AND p.from_seq <= t.seq AND (p.to_seq IS NULL OR p.to_seq > t.seq)
        AND (p.parent IS NULL OR p.parent > t.docs)) END,
      CASE WHEN a.seq > t.seq THEN (
        SELECT max(l.to_seq) FROM alias l
        WHERE l.project = a.project AND l.doc = a.doc AND l.from_seq < t.seq
        AND l.to_seq <= t.seq) END,
      p.identity
    FROM (SELECT CAST(? AS BIGINT) AS seq, CAST(? AS BIGINT) AS docs) t
    JOIN artifact a ON a.doc <= t.docs
    JOIN name n ON n.project = a.project AND n.no = a.name
    LEFT JOIN artifact_past p ON p.project = a.project AND p.doc = a.doc AND a.from_seq > t.seq
      AND p.from_seq <= t.seq AND p.to_seq > t.seq
    """
        .formatted(
            CONTENT_KEY,
            OLDEST_TWIN,
            dialect.jsonArray("l.alias", "l.alias"),
            dialect.jsonArray("coalesce(x.id, p.parent_id)", "p.ord"));
  }

  /** The oldest artifact that lived and had that content. */
  static ArtifactRows.@Nullable Stored oldestWith(
      Session session, long project, ArtifactRows rows, String hash) {
    var moment = Objects.requireNonNull(rows.moment(), "the past is asked for");
    var docs =
        session.list(
            """
            SELECT c.doc FROM %s c WHERE c.project = ? AND c.content_key = ? AND c.content_hash = ?
            AND c.from_seq <= ? AND (c.to_seq IS NULL OR c.to_seq > ?) ORDER BY c.doc\
            """
                .formatted(PastSets.CONTENT),
            r -> r.getLong(1),
            project,
            Keys.of(hash),
            hash,
            moment.seq(),
            moment.seq());
    for (long doc : docs) {
      var stored = rows.byDoc(session, project, doc);
      if (stored != null && !stored.artifact().isDeleted()) {
        return stored;
      }
    }
    return null;
  }

  /** What is left of a record whose values were purged. */
  static Artifact erased(Artifact artifact) {
    return new Artifact(
        artifact.id(),
        artifact.project(),
        artifact.name(),
        artifact.artifactType(),
        artifact.version(),
        artifact.declaredVersion(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        artifact.parentIds(),
        artifact.unresolvedParentIds(),
        Map.of(),
        Map.of(),
        null,
        null,
        List.of(),
        artifact.createdAt(),
        artifact.createdBy(),
        artifact.seq(),
        artifact.deletedAt());
  }

  /** The columns of an identity, as {@code artifact_past} keeps them. */
  static final class Identity {
    private Identity() {}

    static String text(Artifact artifact) {
      var json = new LinkedHashMap<String, @Nullable Object>();
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

    /** The record with another identity. */
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
          now.duplicateOf(),
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
          now.aliases(),
          Clock.instant(json.get("created_at") instanceof Long at ? at : 0),
          String.valueOf(json.get("created_by")),
          now.seq(),
          now.deletedAt());
    }

    private static @Nullable String string(Map<String, @Nullable Object> json, String key) {
      return json.get(key) instanceof String text ? text : null;
    }
  }
}
