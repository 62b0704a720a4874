package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.PurgeReport;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.spi.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Erases what deleted artifacts left: content hash, uri, source, tags, metadata and what these were
 * before. Id, name, type, version, times, actors and edges stay. Each batch is a transaction of its
 * own, so that a purge that was broken off is finished by the next one.
 */
final class Purge {
  private static final int BATCH = 100;
  private static final int TERMS = 1_000;
  private static final long LONGEST_BATCH_NANOS = 200_000_000L;
  private static final Duration EVER = Duration.ofDays(365_000);

  private final SqlCatalogBackend backend;
  private final Scope scope;

  Purge(SqlCatalogBackend backend, Scope scope) {
    this.backend = backend;
    this.scope = scope;
  }

  private record Tombstone(long doc, String id, long deletion) {}

  PurgeReport run(Duration olderThan, boolean dryRun) {
    if (olderThan.isNegative()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "only what was deleted before now can be purged, not %s ahead".formatted(olderThan));
    }
    var tombstones = tombstones(olderThan);
    if (dryRun) {
      return new PurgeReport(tombstones.stream().map(Tombstone::id).toList(), true);
    }
    var purged = new ArrayList<String>();
    for (int next = 0; next < tombstones.size(); ) {
      var batch = tombstones.subList(next, Math.min(tombstones.size(), next + BATCH));
      next += purge(batch, purged);
    }
    if (!purged.isEmpty()) {
      forgetValues("field <> ?");
      forgetValues("field = ?");
    }
    return new PurgeReport(purged, false);
  }

  /** Those deleted long enough ago, by the catalog's own time, which never runs backwards. */
  private List<Tombstone> tombstones(Duration olderThan) {
    long age = (olderThan.compareTo(EVER) > 0 ? EVER : olderThan).toNanos() / 1_000;
    return backend.read(
        scope,
        List.of(),
        (session, project, rows) -> {
          var last = session.number("SELECT time FROM project WHERE project = ?", project);
          return session.list(
              """
              SELECT a.doc, a.id, a.deleted_seq FROM artifact a
              JOIN event e ON e.project = a.project AND e.seq = a.deleted_seq
              WHERE a.project = ? AND a.deleted_seq IS NOT NULL AND a.purged_seq IS NULL AND e.at <= ?
              ORDER BY a.deleted_seq\
              """,
              r -> new Tombstone(r.getLong(1), r.getString(2), r.getLong(3)),
              project,
              Math.max(Clock.micros(), last == null ? 0 : last) - age);
        });
  }

  /** Answers how many of the batch were looked at; a slow disk ends it early. */
  private int purge(List<Tombstone> batch, List<String> purged) {
    var done =
        backend.write(
            scope.project(),
            (transaction, project) -> {
              // What the index has of a document can only be taken out while its values are known.
              backend.indexer().index(transaction, project);
              long started = System.nanoTime();
              var ids = new ArrayList<@Nullable String>();
              for (var tombstone : batch) {
                ids.add(purge(transaction.session(), project, tombstone) ? tombstone.id() : null);
                if (System.nanoTime() - started > LONGEST_BATCH_NANOS) {
                  break;
                }
              }
              return ids;
            });
    done.forEach(
        id -> {
          if (id != null) {
            purged.add(id);
          }
        });
    return done.size();
  }

  /** Answers whether there was anything to erase: it may have been restored meanwhile. */
  private boolean purge(Session session, Transaction.Project project, Tombstone tombstone) {
    long doc = tombstone.doc();
    boolean still =
        session.number(
                """
                SELECT 1 FROM artifact
                WHERE project = ? AND doc = ? AND deleted_seq = ? AND purged_seq IS NULL\
                """,
                project.no(),
                doc,
                tombstone.deletion())
            != null;
    if (!still) {
      return false;
    }
    erase(session, project, doc);
    return true;
  }

  /** Erases what a tombstone has; what the index has of it must be known to the index by now. */
  void erase(Session session, Transaction.Project project, long doc) {
    backend.indexer().forgetPast(session, project, doc);
    long seq = project.event(session, scope.actor(), Event.Kind.PURGED, doc, null);
    session.update(
        """
        UPDATE artifact SET purged_seq = ?, seq = ?, content_key = NULL, content_hash = NULL,
          size = NULL, hash_origin = NULL, uri = NULL, step = NULL, run = NULL, pipeline = NULL,
          tags = '{}', metadata = '{}'
        WHERE project = ? AND doc = ?\
        """,
        seq,
        seq,
        project.no(),
        doc);
    session.update("DELETE FROM tags_past WHERE project = ? AND doc = ?", project.no(), doc);
    session.update("DELETE FROM metadata_past WHERE project = ? AND doc = ?", project.no(), doc);
    eraseIdentities(session, project.no(), doc);
  }

  private record PastIdentity(long since, String json) {}

  private static void eraseIdentities(Session session, long project, long doc) {
    var identities =
        session.list(
            "SELECT from_seq, identity FROM artifact_past WHERE project = ? AND doc = ?",
            r -> new PastIdentity(r.getLong(1), r.getString(2)),
            project,
            doc);
    for (var identity : identities) {
      session.update(
          """
          UPDATE artifact_past SET identity = ?, content_key = NULL, content_hash = NULL
          WHERE project = ? AND doc = ? AND from_seq = ?\
          """,
          erased(identity.json()),
          project,
          doc,
          identity.since());
    }
  }

  private static String erased(String identity) {
    var kept =
        new LinkedHashMap<String, @Nullable Object>(Json.parseObject(identity, "an identity"));
    kept.keySet().retainAll(List.of("name", "type", "version", "created_at", "created_by"));
    return Json.write(kept);
  }

  /**
   * Takes the values that no living artifact has out of the search dictionary; those of tags first,
   * since they name the terms of their keys.
   */
  private void forgetValues(String which) {
    long after = 0;
    while (true) {
      var unused = unusedTerms(which, after);
      if (unused.isEmpty()) {
        return;
      }
      backend.write(
          scope.project(),
          (transaction, project) -> {
            unused.forEach(no -> backend.indexer().removeUnused(transaction, project, no));
            return true;
          });
      after = unused.getLast();
    }
  }

  private List<Long> unusedTerms(String which, long after) {
    return backend.read(
        scope,
        List.of(),
        (session, project, rows) ->
            session.list(
                "SELECT no FROM term WHERE project = ? AND no > ? AND n = 0 AND %s ORDER BY no LIMIT ?"
                    .formatted(which),
                r -> r.getLong(1),
                project,
                after,
                Codes.of(Terms.Field.TAG_KEY),
                TERMS));
  }
}
