package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;
import java.util.HashSet;
import java.util.Set;

/**
 * The documents of a moment by what the index does not have: ids, content, times, children. Some
 * that did not live then are among them.
 */
final class PastSets {
  /**
   * That a document {@code c} lived and was not purged since; its three parameters are the event.
   */
  static final String LIVED =
      """
      c.purged_seq IS NULL AND (c.deleted_seq IS NULL OR c.deleted_seq > ?)
      AND NOT EXISTS (SELECT 1 FROM deletion_past x WHERE x.project = c.project AND x.doc = c.doc
        AND x.to_seq > ? AND (x.from_seq <= ? OR x.purged_seq IS NOT NULL))\
      """;

  private final Session session;
  private final SearchEngine.State state;
  private final long project;
  private final long seq;

  PastSets(Session session, SearchEngine.State state, Moment moment) {
    this.session = session;
    this.state = state;
    this.project = state.project();
    this.seq = moment.seq();
  }

  DocSet withId(Query.Compare compare, Operand.Text text) {
    var docs = new HashSet<Long>();
    session.each(
        "SELECT doc, id FROM artifact WHERE project = ? AND id_key = ?",
        r -> addIf(docs, r.getLong(1), r.getString(2), compare.op(), text),
        project,
        Keys.ofId(text.text()));
    return new DocSet.Of(docs);
  }

  DocSet withHash(Query.Compare compare, Operand.Text text) {
    var docs = new HashSet<Long>();
    long key = Keys.of(text.text());
    session.each(
        """
        SELECT doc, content_hash FROM artifact
        WHERE project = ? AND content_key = ? AND deleted_seq IS NULL AND from_seq <= ?
        UNION ALL SELECT doc, content_hash FROM artifact
        WHERE project = ? AND content_key = ? AND deleted_seq > ? AND from_seq <= ?
        UNION ALL SELECT doc, content_hash FROM artifact_past
        WHERE project = ? AND content_key = ? AND from_seq <= ? AND to_seq > ?\
        """,
        r -> addIf(docs, r.getLong(1), r.getString(2), compare.op(), text),
        project,
        key,
        seq,
        project,
        key,
        seq,
        seq,
        project,
        key,
        seq,
        seq);
    return new DocSet.Of(docs);
  }

  private static void addIf(Set<Long> docs, long doc, String value, Op op, Operand.Text text) {
    if (op == Op.EXACT
        ? value.equals(text.text())
        : CaseFolding.fold(value).equals(CaseFolding.fold(text.text()))) {
      docs.add(doc);
    }
  }

  /** Registered elsewhere or here from a time on, and before another, in microseconds. */
  DocSet created(long estimate, long from, long to) {
    return new DocSet.Scan(
        state.lastDoc(),
        estimate,
        (reading, low, high, found) -> {
          reading.each(
              """
              SELECT doc FROM artifact WHERE project = ? AND doc BETWEEN ? AND ?
              AND created_at >= ? AND created_at < ? AND from_seq <= ?\
              """,
              r -> found.accept(r.getLong(1)),
              project,
              low,
              high,
              from,
              to,
              seq);
          reading.each(
              """
              SELECT doc, identity FROM artifact_past
              WHERE project = ? AND doc BETWEEN ? AND ? AND from_seq <= ? AND to_seq > ?\
              """,
              r -> {
                var at = Json.parseObject(r.getString(2), "an identity").get("created_at");
                if (at instanceof Long created && created >= from && created < to) {
                  found.accept(r.getLong(1));
                }
              },
              project,
              low,
              high,
              seq,
              seq);
        });
  }

  DocSet withChildren(long estimate) {
    return new DocSet.Scan(
        state.lastDoc(),
        estimate,
        (reading, low, high, found) ->
            reading.each(
                """
                SELECT DISTINCT p.parent FROM parent p
                JOIN artifact c ON c.project = p.project AND c.doc = p.child
                WHERE p.project = ? AND p.parent BETWEEN ? AND ?
                AND p.from_seq <= ? AND (p.to_seq IS NULL OR p.to_seq > ?) AND\
                """
                    + " "
                    + LIVED,
                r -> found.accept(r.getLong(1)),
                project,
                low,
                high,
                seq,
                seq,
                seq,
                seq,
                seq));
  }

  boolean hasChildren(long doc) {
    return session.number(
            """
            SELECT 1 FROM parent p JOIN artifact c ON c.project = p.project AND c.doc = p.child
            WHERE p.project = ? AND p.parent = ?
            AND p.from_seq <= ? AND (p.to_seq IS NULL OR p.to_seq > ?) AND\
            """
                + " "
                + LIVED
                + " LIMIT 1",
            project,
            doc,
            seq,
            seq,
            seq,
            seq,
            seq)
        != null;
  }

  /** Whether something newer lived and had that content. */
  boolean hasNewerTwin(long doc, String hash) {
    long key = Keys.of(hash);
    return session.number(
            """
            SELECT c.doc FROM artifact c WHERE c.project = ? AND c.content_key = ?
            AND c.content_hash = ? AND c.doc > ? AND c.deleted_seq IS NULL AND c.from_seq <= ?
            AND %1$s
            UNION ALL SELECT c.doc FROM artifact c WHERE c.project = ? AND c.content_key = ?
            AND c.content_hash = ? AND c.doc > ? AND c.deleted_seq > ? AND c.from_seq <= ?
            AND %1$s
            UNION ALL SELECT c.doc FROM artifact_past p
            JOIN artifact c ON c.project = p.project AND c.doc = p.doc
            WHERE p.project = ? AND p.content_key = ?
            AND p.content_hash = ? AND p.doc > ? AND p.from_seq <= ? AND p.to_seq > ? AND %1$s
            LIMIT 1\
            """
                .formatted(LIVED),
            project,
            key,
            hash,
            doc,
            seq,
            seq,
            seq,
            seq,
            project,
            key,
            hash,
            doc,
            seq,
            seq,
            seq,
            seq,
            seq,
            project,
            key,
            hash,
            doc,
            seq,
            seq,
            seq,
            seq,
            seq)
        != null;
  }
}
