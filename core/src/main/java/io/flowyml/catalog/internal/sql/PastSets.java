package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;
import io.flowyml.catalog.query.Trait;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiFunction;

/** {@link RowSets} of a moment. */
final class PastSets implements RowSets {
  private static final Query DUPLICATE =
      new Query.Compare(Field.BuiltIn.DUPLICATE, Op.MATCH, new Operand.Text("true"));

  /**
   * That a document {@code c} lived and was not purged since; its three parameters are the event.
   */
  static final String LIVED =
      """
      c.purged_seq IS NULL AND (c.deleted_seq IS NULL OR c.deleted_seq > ?)
      AND NOT EXISTS (SELECT 1 FROM deletion_past x WHERE x.project = c.project AND x.doc = c.doc
        AND x.to_seq > ? AND (x.from_seq <= ? OR x.purged_seq IS NOT NULL))\
      """;

  /** Which document had which content from when to when, to this day where that is null. */
  static final String CONTENT =
      """
      (SELECT project, doc, content_key, content_hash, from_seq, deleted_seq AS to_seq FROM artifact
        WHERE content_key IS NOT NULL AND deleted_seq IS NULL
        UNION ALL SELECT project, doc, content_key, content_hash, from_seq, deleted_seq
        FROM artifact WHERE content_key IS NOT NULL AND deleted_seq IS NOT NULL
        UNION ALL SELECT project, doc, content_key, content_hash, from_seq, to_seq
        FROM artifact_past WHERE content_key IS NOT NULL)\
      """;

  private final Session session;
  private final SearchEngine.State state;
  private final long project;
  private final long seq;
  private final TermSets terms;
  private final BiFunction<DocSet, Query, DocSet> checked;

  /**
   * @param checked those of a set that a query finds, each looked at
   */
  PastSets(
      Session session,
      SearchEngine.State state,
      Moment moment,
      TermSets terms,
      BiFunction<DocSet, Query, DocSet> checked) {
    this.session = session;
    this.state = state;
    this.project = state.project();
    this.seq = moment.seq();
    this.terms = terms;
    this.checked = checked;
  }

  private DocSet ofTheLiving(DocSet docs) {
    return new Intersection(List.of(terms.living(), docs));
  }

  @Override
  public DocSet withId(Op op, Operand.Text id) {
    var docs = new HashSet<Long>();
    session.each(
        "SELECT doc, id FROM artifact WHERE project = ? AND id_key = ?",
        r -> {
          if (FieldValue.plain(r.getString(2)).holds(op, id)) {
            docs.add(r.getLong(1));
          }
        },
        project,
        Keys.ofId(id.text()));
    return ofTheLiving(new ListedDocs(docs));
  }

  @Override
  public DocSet withHash(Op op, Operand.Text hash) {
    var docs = new HashSet<Long>();
    session.each(
        """
        SELECT c.doc, c.content_hash FROM %s c WHERE c.project = ? AND c.content_key = ?
        AND c.from_seq <= ? AND (c.to_seq IS NULL OR c.to_seq > ?)\
        """
            .formatted(CONTENT),
        r -> {
          if (FieldValue.plain(r.getString(2)).holds(op, hash)) {
            docs.add(r.getLong(1));
          }
        },
        project,
        Keys.of(hash.text()),
        seq,
        seq);
    return ofTheLiving(new ListedDocs(docs));
  }

  @Override
  public DocSet withUri(Query.Compare compare) {
    return checked.apply(terms.having("uri"), compare);
  }

  @Override
  public DocSet duplicates() {
    return checked.apply(terms.having("content"), DUPLICATE);
  }

  @Override
  public DocSet withDuplicates() {
    return checked.apply(terms.having("content"), new Query.Has(Trait.DUPLICATES));
  }

  @Override
  public DocSet created(TimeRange range) {
    var ofDay = terms.created(range.day());
    return new Intersection(List.of(ofDay, scanCreated(ofDay.estimate(), range)));
  }

  private DocSet scanCreated(long estimate, TimeRange range) {
    return new RowScan(
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
              range.from(),
              range.to(),
              seq);
          reading.each(
              """
              SELECT doc, identity FROM artifact_past
              WHERE project = ? AND doc BETWEEN ? AND ? AND from_seq <= ? AND to_seq > ?\
              """,
              r -> {
                var at = Json.parseObject(r.getString(2), "an identity").get("created_at");
                if (at instanceof Long created && created >= range.from() && created < range.to()) {
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

  @Override
  public DocSet withChildren() {
    return ofTheLiving(scanParents());
  }

  private DocSet scanParents() {
    return new RowScan(
        state.lastDoc(),
        terms.living().estimate(),
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

  @Override
  public boolean hasChildren(long doc) {
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

  @Override
  public boolean hasNewerTwin(long doc, String hash) {
    return session.number(
            """
            SELECT c.doc FROM %s p JOIN artifact c ON c.project = p.project AND c.doc = p.doc
            WHERE p.project = ? AND p.content_key = ? AND p.content_hash = ? AND p.doc > ?
            AND p.from_seq <= ? AND (p.to_seq IS NULL OR p.to_seq > ?) AND %s LIMIT 1\
            """
                .formatted(CONTENT, LIVED),
            project,
            Keys.of(hash),
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
