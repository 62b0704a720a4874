package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.SortKey;
import io.flowyml.catalog.query.SortOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Along the terms of a field: numbers in their order, then texts in theirs. */
final class TermWalk implements SortWalk {
  private static final String TERM = " FROM term WHERE project = ? AND field = ? AND key = ?";
  private static final String NUMBERS = "SELECT no, num, ''" + TERM + " AND num ";
  private static final String TEXTS =
      "SELECT no, head, coalesce(folded, value)" + TERM + " AND num IS NULL AND head ";

  private final Session session;
  private final SearchEngine.State state;
  private final ArtifactRows rows;
  private final Postings postings;
  private final SortKey key;
  private final Field field;
  private final @Nullable Long keyNumber;
  private final boolean single;
  private final @Nullable DocBits present;
  private final Deque<List<Step>> groups = new ArrayDeque<>();
  private Map<Long, List<Stored>> stored = new HashMap<>();
  private boolean inTexts;
  private boolean ended;

  /** Where the next page begins: a number or a head, before it where inclusive. */
  private @Nullable Object bound;

  private boolean inclusive;
  private int width = SortWalks.FIRST_STEPS;
  private long steps;

  /**
   * @param name of a tag, or the path into the metadata; else empty
   * @param single whether no document has two values
   * @param present the documents that have any value; {@code null} where all have
   */
  TermWalk(
      Session session,
      SearchEngine.State state,
      ArtifactRows rows,
      Postings postings,
      SortKey key,
      Field field,
      String name,
      boolean single,
      @Nullable DocBits present) {
    this.session = session;
    this.state = state;
    this.rows = rows;
    this.postings = postings;
    this.key = key;
    this.field = field;
    this.single = single;
    this.present = present;
    var keys = Terms.keys(field);
    this.keyNumber =
        keys == null
            ? Long.valueOf(0)
            : Terms.find(session, state.project(), Terms.Term.of(keys, name));
  }

  /** A term of a page of the walk. */
  private record Step(long term, @Nullable Double number, String folded) {
    FieldValue value() {
      return number == null ? FieldValue.plain(folded) : SortPosition.numeric(number);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(long span, byte[] docs) {}

  @Override
  public boolean isSingleValued() {
    return single;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public DocBits without(DocBits docs) {
    if (present == null) {
      return new DocBits(-1);
    }
    var without = docs.copy();
    without.removeAll(present);
    var others =
        session.list(
            "SELECT no, n, last" + TERM + inUse() + " AND num IS NULL AND head IS NULL",
            TermRef.FROM_ROW,
            state.project(),
            Codes.of(field),
            keyNumber);
    if (!others.isEmpty()) {
      var suspects = DocBits.both(docs, bits(others));
      suspects.newestFirst(
          doc -> {
            if (single || hasNoValue(doc)) {
              without.add(doc);
            }
          });
    }
    return without;
  }

  private DocBits bits(List<TermRef> terms) {
    return DocBits.of(session, TermDocs.of(postings, state, rows.moment(), terms));
  }

  /** What no document has any more, some had. */
  private String inUse() {
    return rows.moment() == null ? " AND n > 0" : "";
  }

  private boolean hasNoValue(long doc) {
    var stored = Objects.requireNonNull(rows.byDoc(session, state.project(), doc));
    return SortOrder.value(key, stored.artifact()) == null;
  }

  @Override
  public void from(@Nullable FieldValue start) {
    ended = keyNumber == null;
    if (start == null) {
      inTexts = false;
      bound = null;
    } else {
      inTexts = start.number() == null;
      bound = inTexts ? Terms.head(CaseFolding.fold(start.text())) : start.number();
    }
    inclusive = true;
  }

  @Override
  public @Nullable Group next(DocBits docs) {
    while (groups.isEmpty()) {
      if (ended) {
        return null;
      }
      read();
    }
    var group = groups.removeFirst();
    if (rows.moment() != null) {
      var terms = group.stream().map(step -> new TermRef(step.term(), 0, state.lastDoc())).toList();
      return new Group(group.getFirst().value(), DocBits.both(docs, bits(terms)));
    }
    var found = new DocBits(docs.top());
    for (var step : group) {
      for (var of : stored.getOrDefault(step.term(), List.of())) {
        meet(docs, step.term(), of, found);
      }
    }
    return new Group(group.getFirst().value(), found);
  }

  private void meet(DocBits docs, long term, Stored of, DocBits found) {
    long first = FewDocs.firstChunk(of.span());
    if (FewDocs.areMany(of.docs())) {
      var chunks = postings.many(session, state, term, of.span(), 0);
      for (int c = 0; c < chunks.length && first + c <= docs.top(); c++) {
        var words = docs.chunk(first + c);
        if (words != null && chunks[c] != null) {
          found.or((int) first + c, Chunk.and(words, chunks[c]));
        }
      }
      return;
    }
    for (int offset : FewDocs.decode(of.docs())) {
      long doc = (first << Chunk.BITS) + offset;
      if (docs.has(doc)) {
        found.add(doc);
      }
    }
  }

  /** Reads a page of terms, whole groups of them, and where they stand. */
  private void read() {
    var page = page(inTexts ? TEXTS : NUMBERS, width);
    boolean more = page.size() == width;
    if (more) {
      var last = bound(page.getLast());
      var whole = page.stream().filter(step -> !bound(step).equals(last)).toList();
      if (whole.isEmpty()) {
        // So many terms with one number, or one head, that the page does not hold them all.
        width *= 2;
        return;
      }
      page = whole;
    }
    if (!page.isEmpty()) {
      bound = bound(page.getLast());
      inclusive = false;
      steps += page.size();
      group(page);
      readDocs(page);
    }
    if (!more) {
      ended = inTexts;
      inTexts = true;
      bound = null;
      inclusive = true;
    }
    width = Math.min(Math.max(width, SortWalks.MOST_STEPS), width * 2);
  }

  private Object bound(Step step) {
    return step.number() == null ? Terms.head(step.folded()) : step.number();
  }

  private List<Step> page(String select, int width) {
    var column = inTexts ? "head" : "num";
    var sql =
        select
            + (bound == null
                ? "IS NOT NULL"
                : (key.descending() ? "<" : ">") + (inclusive ? "= ?" : " ?"))
            + inUse()
            + " ORDER BY "
            + column
            + (key.descending() ? " DESC" : "")
            + " LIMIT ?";
    var params =
        new ArrayList<@Nullable Object>(
            List.of(state.project(), Codes.of(field), Objects.requireNonNull(keyNumber)));
    if (bound != null) {
      params.add(bound);
    }
    params.add(width);
    return session.list(
        sql,
        r -> new Step(r.getLong(1), inTexts ? null : r.getDouble(2), r.getString(3)),
        params.toArray());
  }

  /** Terms with one value, however each is written, are a group. */
  private void group(List<Step> page) {
    var inOrder = new TreeMap<FieldValue, List<Step>>(order());
    page.forEach(step -> inOrder.computeIfAbsent(step.value(), v -> new ArrayList<>(1)).add(step));
    groups.addAll(inOrder.values());
  }

  private Comparator<FieldValue> order() {
    return (a, b) -> SortOrder.compare(a, b, key.descending());
  }

  private void readDocs(List<Step> page) {
    stored = new HashMap<>();
    var terms = page.stream().map(Step::term).toList();
    for (long span = 0; span <= FewDocs.spanOfChunk(Chunk.of(state.lastDoc())); span++) {
      long of = span;
      postings.few(
          session,
          state.project(),
          terms,
          span,
          (term, docs) ->
              stored.computeIfAbsent(term, t -> new ArrayList<>(1)).add(new Stored(of, docs)));
    }
  }
}
