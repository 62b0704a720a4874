package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.json.JsonTime;
import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Field.BuiltIn;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.SortKey;
import io.flowyml.catalog.query.SortOrder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ways through a set of documents in the order of their values of a sort key. */
final class SortWalks {
  private static final int FIRST_STEPS = 16;
  private static final int MOST_STEPS = 1_024;

  private final Session session;
  private final SearchEngine.State state;
  private final ArtifactRows rows;
  private final Postings postings;

  SortWalks(Session session, SearchEngine.State state, ArtifactRows rows, Postings postings) {
    this.session = session;
    this.state = state;
    this.rows = rows;
    this.postings = postings;
  }

  /** Documents of a set that share a value. */
  record Group(FieldValue value, DocBits docs) {}

  /** From value to value in the order of a key. */
  interface Walk {
    /** Those of a set that have no value to be placed by. */
    DocBits without(DocBits docs);

    /** Begins, at a value or a little before it; {@code null} for the first. */
    void from(@Nullable FieldValue start);

    /** The next value, with those of a set that have it; {@code null} past the last one. */
    @Nullable Group next(DocBits docs);

    /** Whether no document has two values. */
    boolean isSingleValued();

    /** Terms or rows looked at so far. */
    long steps();
  }

  /** The walk for a key, or {@code null} where nothing is kept in its order. */
  @Nullable Walk of(SortKey key) {
    return switch (key.field()) {
      case io.flowyml.catalog.query.Field.Tag(var tag) ->
          new TermWalk(key, Field.TAG, tag, true, present(Field.TAG_KEY, tag));
      case io.flowyml.catalog.query.Field.Metadata(var path) ->
          path.equals(MetadataTerms.DESCRIPTION)
              ? null
              : new TermWalk(key, Field.METADATA, path, false, present(Field.METADATA_KEY, path));
      case BuiltIn builtIn ->
          switch (builtIn) {
            case NAME -> new TermWalk(key, Field.NAME, "", true, null);
            case TYPE -> new TermWalk(key, Field.TYPE, "", true, null);
            case VERSION -> new TermWalk(key, Field.VERSION, "", true, null);
            case PIPELINE ->
                new TermWalk(key, Field.PIPELINE, "", true, present(Field.HAS, "pipeline"));
            case STEP -> new TermWalk(key, Field.STEP, "", true, present(Field.HAS, "step"));
            case RUN -> new TermWalk(key, Field.RUN, "", true, present(Field.HAS, "run"));
            case ALIAS -> new TermWalk(key, Field.ALIAS, "", false, present(Field.HAS, "alias"));
            case CREATED -> timesWereReplaced() ? null : new CreatedWalk(key.descending());
            case HASH, ID, URI, DUPLICATE -> null;
          };
    };
  }

  /** Whether the index of times may hold others than there were. */
  private boolean timesWereReplaced() {
    var moment = rows.moment();
    return moment != null
        && session.number(
                "SELECT 1 FROM artifact_past WHERE project = ? AND to_seq > ? LIMIT 1",
                state.project(),
                moment.seq())
            != null;
  }

  private DocBits present(Field field, String value) {
    return bits(
        session.list(
            "SELECT no, n, last FROM term WHERE project = ? AND no = ?",
            TO_REF,
            state.project(),
            Terms.find(session, state.project(), Terms.Term.of(field, value))));
  }

  private DocBits bits(List<DocSet.TermRef> terms) {
    return DocBits.of(session, DocSet.ofTerms(postings, state, rows.moment(), terms));
  }

  private static final Session.Row<DocSet.TermRef> TO_REF =
      r -> new DocSet.TermRef(r.getLong(1), r.getLong(2), r.getLong(3));

  /** A term of a page of the walk. */
  private record Step(long term, @Nullable Double number, String folded) {
    FieldValue value() {
      return number == null ? FieldValue.plain(folded) : SortPosition.numeric(number);
    }
  }

  /** Numbers in their order, then texts in theirs. */
  private final class TermWalk implements Walk {
    private static final String TERM = " FROM term WHERE project = ? AND field = ? AND key = ?";
    private static final String NUMBERS = "SELECT no, num, ''" + TERM + " AND num ";
    private static final String TEXTS =
        "SELECT no, head, coalesce(folded, value)" + TERM + " AND num IS NULL AND head ";

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
    private int width = FIRST_STEPS;
    private long steps;

    TermWalk(SortKey key, Field field, String name, boolean single, @Nullable DocBits present) {
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
              TO_REF,
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
        var terms =
            group.stream()
                .map(step -> new DocSet.TermRef(step.term(), 0, state.lastDoc()))
                .toList();
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
      width = Math.min(Math.max(width, MOST_STEPS), width * 2);
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
      page.forEach(
          step -> inOrder.computeIfAbsent(step.value(), v -> new ArrayList<>(1)).add(step));
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

  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(long span, byte[] docs) {}

  /** By the index of times. */
  private final class CreatedWalk implements Walk {
    private final boolean descending;
    private final Deque<Created> read = new ArrayDeque<>();
    private boolean ended;
    private @Nullable Long bound;
    private boolean inclusive;
    private int width = FIRST_STEPS;
    private long steps;

    private record Created(long at, long doc) {}

    CreatedWalk(boolean descending) {
      this.descending = descending;
    }

    @Override
    public DocBits without(DocBits docs) {
      return new DocBits(-1);
    }

    @Override
    public boolean isSingleValued() {
      return true;
    }

    @Override
    public long steps() {
      return steps;
    }

    @Override
    public void from(@Nullable FieldValue start) {
      bound =
          start == null ? null : Clock.micros(Instant.parse(start.text().toUpperCase(Locale.ROOT)));
      inclusive = true;
    }

    @Override
    public @Nullable Group next(DocBits docs) {
      while (read.isEmpty()) {
        if (ended) {
          return null;
        }
        read();
      }
      long at = read.getFirst().at();
      var found = new DocBits(docs.top());
      while (!read.isEmpty() && read.getFirst().at() == at) {
        long doc = read.removeFirst().doc();
        if (docs.has(doc)) {
          found.add(doc);
        }
      }
      return new Group(FieldValue.plain(JsonTime.text(Clock.instant(at))), found);
    }

    private void read() {
      var page = page();
      ended = page.size() < width;
      if (!ended) {
        long last = page.getLast().at();
        var whole = page.stream().filter(row -> row.at() != last).toList();
        if (whole.isEmpty()) {
          width *= 2;
          return;
        }
        page = whole;
      }
      if (!page.isEmpty()) {
        bound = page.getLast().at();
        inclusive = false;
        steps += page.size();
        read.addAll(page);
      }
      width = Math.min(Math.max(width, MOST_STEPS), width * 2);
    }

    private List<Created> page() {
      var condition =
          bound == null
              ? ""
              : " AND created_at " + (descending ? "<" : ">") + (inclusive ? "= ?" : " ?");
      var sql =
          "SELECT created_at, doc FROM artifact WHERE project = ?"
              + condition
              + " ORDER BY created_at"
              + (descending ? " DESC" : "")
              + " LIMIT ?";
      Function<Object[], List<Created>> run =
          params -> session.list(sql, r -> new Created(r.getLong(1), r.getLong(2)), params);
      return bound == null
          ? run.apply(new Object[] {state.project(), width})
          : run.apply(new Object[] {state.project(), bound, width});
    }
  }
}
