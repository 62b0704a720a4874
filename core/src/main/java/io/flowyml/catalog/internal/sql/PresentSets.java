package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link RowSets} of the present. */
final class PresentSets implements RowSets {
  /** A stretch of time with up to so many artifacts is a set of documents; beyond, a condition. */
  private static final int FEW_CREATED = 2_000;

  private final Session session;
  private final SearchEngine.State state;
  private final long project;
  private final TermSets terms;

  PresentSets(Session session, SearchEngine.State state, TermSets terms) {
    this.session = session;
    this.state = state;
    this.project = state.project();
    this.terms = terms;
  }

  @Override
  public DocSet withId(Op op, Operand.Text id) {
    return byKey("id_key", Keys.ofId(id.text()), "id", op, id);
  }

  @Override
  public DocSet withHash(Op op, Operand.Text hash) {
    return byKey("content_key", Keys.of(hash.text()), "content_hash", op, hash);
  }

  private DocSet byKey(String keyColumn, long key, String column, Op op, Operand.Text text) {
    var docs = new ArrayList<Long>();
    session.each(
        "SELECT doc, %s FROM artifact WHERE project = ? AND %s = ? AND deleted_seq IS NULL"
            .formatted(column, keyColumn),
        r -> {
          if (FieldValue.plain(r.getString(2)).holds(op, text)) {
            docs.add(r.getLong(1));
          }
        },
        project,
        key);
    return new ListedDocs(docs);
  }

  @Override
  public DocSet withUri(Query.Compare compare) {
    return new RowScan(
        state.lastDoc(),
        terms.having("uri").estimate(),
        (reading, low, high, found) ->
            reading.each(
                """
                SELECT doc, uri FROM artifact WHERE project = ? AND doc BETWEEN ? AND ?
                AND uri IS NOT NULL AND deleted_seq IS NULL\
                """,
                r -> {
                  if (FieldValue.plain(r.getString(2)).holds(compare.op(), compare.operand())) {
                    found.accept(r.getLong(1));
                  }
                },
                project,
                low,
                high));
  }

  /** A stretch with few in it, or few beside it on that day, is read from the index of times. */
  @Override
  public DocSet created(TimeRange range) {
    var day = range.day();
    var ofDay = terms.created(day);
    var within = someCreated(range);
    if (within.size() <= FEW_CREATED) {
      return new Intersection(List.of(ofDay, new ListedDocs(within)));
    }
    var beside = new ArrayList<>(someCreated(new TimeRange(day.from(), range.from())));
    if (beside.size() <= FEW_CREATED) {
      beside.addAll(someCreated(new TimeRange(range.to(), day.to())));
    }
    if (beside.size() <= FEW_CREATED) {
      return new Exclusion(ofDay, new ListedDocs(beside));
    }
    return new Intersection(
        List.of(
            ofDay,
            scan(
                "SELECT doc FROM artifact WHERE project = ? AND doc BETWEEN ? AND ?"
                    + " AND deleted_seq IS NULL AND created_at >= ? AND created_at < ?",
                range.from(),
                range.to())));
  }

  /** One more than few at most. */
  private List<Long> someCreated(TimeRange range) {
    return range.isEmpty()
        ? List.of()
        : session.list(
            "SELECT doc FROM artifact WHERE project = ? AND created_at >= ? AND created_at < ?"
                + " LIMIT ?",
            r -> r.getLong(1),
            project,
            range.from(),
            range.to(),
            FEW_CREATED + 1);
  }

  @Override
  public DocSet withChildren() {
    return new Intersection(
        List.of(
            terms.living(),
            scan(
                """
                SELECT DISTINCT p.parent FROM parent p
                JOIN artifact c ON c.project = p.project AND c.doc = p.child
                WHERE p.project = ? AND p.parent BETWEEN ? AND ? AND p.to_seq IS NULL
                AND c.deleted_seq IS NULL\
                """)));
  }

  @Override
  public DocSet duplicates() {
    return scanContents("EXISTS " + twin("<"));
  }

  @Override
  public DocSet withDuplicates() {
    return scanContents("EXISTS " + twin(">") + " AND NOT EXISTS " + twin("<"));
  }

  private DocSet scanContents(String condition) {
    return state.duplicates() == 0
        ? terms.none()
        : scan(
            """
            SELECT a.doc FROM artifact a WHERE a.project = ? AND a.doc BETWEEN ? AND ?
            AND a.content_key IS NOT NULL AND a.deleted_seq IS NULL AND\
            """
                + " "
                + condition);
  }

  private static String twin(String order) {
    return """
    (SELECT 1 FROM artifact d WHERE d.project = a.project
      AND d.content_key = a.content_key AND d.content_hash = a.content_hash
      AND d.doc %s a.doc AND d.deleted_seq IS NULL)\
    """
        .formatted(order);
  }

  /**
   * What a statement finds among a range of documents; its first parameters are project and range.
   */
  private DocSet scan(String sql, Object... more) {
    return new RowScan(
        state.lastDoc(),
        terms.living().estimate(),
        (reading, low, high, found) -> {
          var params = new ArrayList<@Nullable Object>(List.of(project, low, high));
          params.addAll(List.of(more));
          reading.each(sql, r -> found.accept(r.getLong(1)), params.toArray());
        });
  }

  @Override
  public boolean hasChildren(long doc) {
    return session.number(
            """
            SELECT 1 FROM parent p JOIN artifact c ON c.project = p.project AND c.doc = p.child
            WHERE p.project = ? AND p.parent = ? AND p.to_seq IS NULL
            AND c.deleted_seq IS NULL LIMIT 1\
            """,
            project,
            doc)
        != null;
  }

  @Override
  public boolean hasNewerTwin(long doc, String hash) {
    return session.number(
            """
            SELECT 1 FROM artifact WHERE project = ? AND content_key = ? AND content_hash = ?
            AND deleted_seq IS NULL AND doc > ? LIMIT 1\
            """,
            project,
            Keys.of(hash),
            hash,
            doc)
        != null;
  }
}
