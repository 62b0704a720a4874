package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Evaluation;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;
import io.flowyml.catalog.query.Trait;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into sets of documents: what the index has by its terms, the rest by looking at the
 * tables. It also tells the in-memory evaluation what one record alone cannot know.
 */
final class Planner implements Evaluation.Facts {
  /** Texts shorter than this have no trigram, so the dictionary of values is read through. */
  private static final int TRIGRAM = 3;

  /** A stretch of time with up to so many artifacts is a set of documents; beyond, a condition. */
  private static final int FEW_CREATED = 2_000;

  private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;

  /** From so many terms on, looking at some documents may take less. */
  private static final int MANY_TERMS = 300;

  private static final int ALL_TERMS = Integer.MAX_VALUE;

  private static final Operand ANYTHING = new Operand.Pattern(List.of("", ""));

  private static final String TEXT_FIELDS =
      Terms.TEXTS.stream()
          .map(field -> Integer.toString(Codes.of(field)))
          .collect(Collectors.joining(","));

  private static final Query DUPLICATE =
      new Query.Compare(
          io.flowyml.catalog.query.Field.BuiltIn.DUPLICATE, Op.MATCH, new Operand.Text("true"));

  private final Session session;
  private final SearchEngine.State state;
  private final ArtifactRows rows;
  private final Postings postings;
  private final CommonWords words;
  private final long project;

  /** What is looked up in tables, where the past is asked for. */
  private final @Nullable PastSets past;

  private final Map<Query, Set<Long>> closures = new HashMap<>();

  Planner(
      Session session,
      SearchEngine.State state,
      ArtifactRows rows,
      Postings postings,
      CommonWords words) {
    this.session = session;
    this.state = state;
    this.rows = rows;
    this.postings = postings;
    this.words = words;
    this.project = state.project();
    this.past = rows.moment() == null ? null : new PastSets(session, state, rows.moment());
  }

  /**
   * The plan for a page, newest first: where a part of the query takes very many terms, it is
   * looked for in the newest documents of the other parts first.
   */
  DocSet pagePlan(Query query) {
    var base = new ArrayList<DocSet>();
    var without = new ArrayList<DocSet>();
    var met = new ArrayList<DocSet>();
    var conditions = new ArrayList<Query>();
    for (var part : query instanceof Query.And and ? and.terms() : List.of(query)) {
      boolean negated = part instanceof Query.Not;
      var positive = part instanceof Query.Not not ? not.term() : part;
      var set = plan(positive);
      if (set.hasManyTerms() && RecordQueries.isOfRecord(positive)) {
        met.add(negated ? new DocSet.Except(living(), set) : set);
        conditions.add(part);
      } else if (negated) {
        without.add(set);
      } else if (!(part instanceof Query.All)) {
        base.add(set);
      }
    }
    DocSet plan =
        base.isEmpty() ? living() : base.size() == 1 ? base.getFirst() : new DocSet.All(base);
    for (var not : without) {
      plan = new DocSet.Except(plan, not);
    }
    if (conditions.isEmpty()) {
      return plan;
    }
    var condition = conditions.size() == 1 ? conditions.getFirst() : new Query.And(conditions);
    var some = new PartialRows(rows, project, RecordQueries.fields(condition));
    return new DocSet.Condition(
        plan,
        (reading, docs, passes) ->
            some.each(
                reading,
                docs,
                (doc, artifact) -> {
                  if (Evaluation.matches(condition, artifact, this)) {
                    passes.accept(doc);
                  }
                }),
        met.size() == 1 ? met.getFirst() : new DocSet.All(met));
  }

  DocSet plan(Query query) {
    return switch (query) {
      case Query.And and -> planned(query);
      case Query.Or or -> planned(query);
      case Query.Not not -> planned(query);
      default -> planned(query).asked(query.asText());
    };
  }

  private DocSet planned(Query query) {
    return switch (query) {
      case Query.All all -> living();
      case Query.And and -> and(and.terms());
      case Query.Or or -> new DocSet.Any(or.terms().stream().map(this::plan).toList());
      case Query.Not not -> new DocSet.Except(living(), plan(not.term()));
      case Query.Word word -> word(CaseFolding.fold(word.text()));
      case Query.Compare compare -> compare(compare);
      case Query.Has has -> has(has.trait());
      case Query.Ancestors up -> traced(up);
      case Query.Descendants down -> traced(down);
    };
  }

  /** What the filter of a list keeps: exact values, of their own type. */
  DocSet plan(ListFilter filter) {
    var parts = new ArrayList<DocSet>();
    parts.add(living());
    exact(parts, Field.TYPE, filter.type());
    exact(parts, Field.PIPELINE, filter.pipeline());
    exact(parts, Field.STEP, filter.step());
    filter
        .tags()
        .forEach(
            (key, value) -> {
              var asked = Terms.tag(key, value);
              var number = Terms.fieldValue(asked.value(), asked.kind()).number();
              parts.add(
                  asked.kind() == Terms.Kind.NUMBER && number != null
                      ? terms(numbered(Field.TAG, key, "= ?", number, Terms.Kind.NUMBER, ALL_TERMS))
                      : terms(sameTerm(asked)));
            });
    return parts.size() == 1 ? parts.getFirst() : new DocSet.All(parts);
  }

  private void exact(List<DocSet> parts, Field field, @Nullable String value) {
    if (value != null) {
      parts.add(terms(sameTerm(Terms.Term.of(field, value))));
    }
  }

  private DocSet and(List<Query> parts) {
    var wanted = new ArrayList<DocSet>();
    var unwanted = new ArrayList<DocSet>();
    for (var part : parts) {
      if (part instanceof Query.Not not) {
        unwanted.add(plan(not.term()));
      } else if (!(part instanceof Query.All)) {
        wanted.add(plan(part));
      }
    }
    DocSet result =
        wanted.isEmpty()
            ? living()
            : wanted.size() == 1 ? wanted.getFirst() : new DocSet.All(wanted);
    for (var not : unwanted) {
      result = new DocSet.Except(result, not);
    }
    return result;
  }

  private DocSet living() {
    return terms(sameTerm(Terms.LIVING));
  }

  /** Reads terms only up to a limit where they are more; all of them once they are needed. */
  private DocSet fewOrMany(IntFunction<List<DocSet.TermRef>> read) {
    if (past != null) {
      return terms(read.apply(ALL_TERMS));
    }
    var some = read.apply(MANY_TERMS);
    return some.size() < MANY_TERMS ? terms(some) : many(read);
  }

  private DocSet many(IntFunction<List<DocSet.TermRef>> read) {
    return new DocSet.ManyTerms(
        Chunk.of(state.lastDoc()), living().estimate(), () -> terms(read.apply(ALL_TERMS)));
  }

  private DocSet word(String folded) {
    if (past == null && words.has(project, folded)) {
      return many(limit -> substring(folded, limit));
    }
    var found = fewOrMany(limit -> substring(folded, limit));
    if (found instanceof DocSet.ManyTerms) {
      words.add(project, folded);
    }
    return found;
  }

  private DocSet terms(List<DocSet.TermRef> terms) {
    return DocSet.ofTerms(postings, state, rows.moment(), terms);
  }

  private List<DocSet.TermRef> sameTerm(Terms.Term term) {
    return candidates(term.field(), term.key(), CaseFolding.fold(term.value()))
        .filter(found -> found.value().equals(term.value()) && found.kind() == term.kind())
        .refs();
  }

  private DocSet compare(Query.Compare compare) {
    if (compare.op() == Op.NOT_MATCH) {
      var match = new Query.Compare(compare.field(), Op.MATCH, compare.operand());
      return new DocSet.Except(present(compare), plan(match));
    }
    return switch (compare.field()) {
      case io.flowyml.catalog.query.Field.Tag tag -> inTerms(Field.TAG, tag.key(), compare);
      case io.flowyml.catalog.query.Field.Metadata(var path) -> metadata(path, compare);
      case io.flowyml.catalog.query.Field.BuiltIn builtIn ->
          switch (builtIn) {
            case NAME -> inTerms(Field.NAME, "", compare);
            case TYPE -> inTerms(Field.TYPE, "", compare);
            case PIPELINE -> inTerms(Field.PIPELINE, "", compare);
            case STEP -> inTerms(Field.STEP, "", compare);
            case RUN -> inTerms(Field.RUN, "", compare);
            case VERSION -> inTerms(Field.VERSION, "", compare);
            case ALIAS -> inTerms(Field.ALIAS, "", compare);
            case ID -> byKey("id_key", "id", compare);
            case HASH -> byKey("content_key", "content_hash", compare);
            case CREATED -> created(compare);
            case URI -> uris(compare);
            case DUPLICATE ->
                compare.operand().equals(new Operand.Text("true"))
                    ? duplicates()
                    : new DocSet.Except(living(), duplicates());
          };
    };
  }

  /** Those that have any value of the field. */
  private DocSet present(Query.Compare compare) {
    return switch (compare.field()) {
      case io.flowyml.catalog.query.Field.Tag tag ->
          terms(sameTerm(Terms.Term.of(Field.TAG_KEY, tag.key())));
      case io.flowyml.catalog.query.Field.Metadata(var path) ->
          orMuchMetadata(
              terms(sameTerm(Terms.Term.of(Field.METADATA_KEY, path))),
              new Query.Compare(compare.field(), Op.MATCH, ANYTHING));
      case io.flowyml.catalog.query.Field.BuiltIn builtIn ->
          switch (builtIn) {
            case NAME, TYPE, VERSION, ID, CREATED, DUPLICATE -> living();
            case PIPELINE -> hasTerm("pipeline");
            case STEP -> hasTerm("step");
            case RUN -> hasTerm("run");
            case HASH -> hasTerm("content");
            case URI -> hasTerm("uri");
            case ALIAS -> hasTerm("alias");
          };
    };
  }

  private DocSet hasTerm(String what) {
    return terms(sameTerm(Terms.Term.of(Field.HAS, what)));
  }

  /** Those whose metadata is not in the index. */
  DocSet muchMetadata() {
    return terms(sameTerm(Terms.MUCH_METADATA));
  }

  /** What has no room in the index is looked at. */
  private DocSet orMuchMetadata(DocSet indexed, Query.Compare compare) {
    var much = sameTerm(Terms.MUCH_METADATA);
    return much.isEmpty()
        ? indexed
        : new DocSet.Any(List.of(indexed, checked(terms(much), compare)));
  }

  private DocSet metadata(String path, Query.Compare compare) {
    if (compare.operand() instanceof Operand.Pattern pattern && pattern.isAnything()) {
      return present(compare);
    }
    var indexed = inTerms(Field.METADATA, path, compare);
    return orMuchMetadata(
        path.equals(MetadataTerms.DESCRIPTION)
            ? new DocSet.Any(List.of(indexed, inTerms(Field.DESCRIPTION, "", compare)))
            : indexed,
        compare);
  }

  private DocSet inTerms(Field field, String key, Query.Compare compare) {
    return switch (compare.operand()) {
      case Operand.Numeric number ->
          fewOrMany(limit -> numbered(field, key, sql(compare.op()), number.value(), null, limit));
      case Operand.Text text when compare.op() == Op.MATCH ->
          terms(candidates(field, key, CaseFolding.fold(text.text())).refs());
      case Operand.Text text when compare.op() == Op.EXACT ->
          terms(
              candidates(field, key, CaseFolding.fold(text.text()))
                  .filter(found -> found.value().equals(text.text()))
                  .refs());
      case Operand.Pattern pattern when pattern.isAnything() -> present(compare);
      case Operand.Pattern pattern -> terms(matching(field, key, longest(pattern), compare));
      case Operand.Text text -> terms(matching(field, key, "", compare));
      case Operand.Period period ->
          throw new IllegalStateException("only created is compared with a time");
    };
  }

  private static String sql(Op op) {
    return switch (op) {
      case MATCH, EXACT -> "= ?";
      case GREATER -> "> ?";
      case GREATER_OR_EQUAL -> ">= ?";
      case LESS -> "< ?";
      case LESS_OR_EQUAL -> "<= ?";
      case NOT_MATCH -> throw new IllegalStateException("planned as an exception");
    };
  }

  private static String longest(Operand.Pattern pattern) {
    var longest = "";
    for (var part : pattern.parts()) {
      var folded = CaseFolding.fold(part);
      if (folded.length() > longest.length()) {
        longest = folded;
      }
    }
    return longest;
  }

  /** A term as the dictionary has it. */
  private record Found(DocSet.TermRef ref, String value, Terms.Kind kind, String folded) {}

  /**
   * Terms of which some are to be kept.
   *
   * @param past whether one that no document has any more may be meant
   */
  private record Candidates(List<Found> found, boolean past) {
    Candidates filter(Predicate<Found> keep) {
      return new Candidates(found.stream().filter(keep).toList(), past);
    }

    List<DocSet.TermRef> refs() {
      return found.stream().map(Found::ref).filter(ref -> past || ref.n() > 0).toList();
    }
  }

  private Candidates candidates(List<Found> found) {
    return new Candidates(found, past != null);
  }

  private static final String FOUND =
      "SELECT t.no, t.n, t.last, t.value, t.kind, coalesce(t.folded, t.value) FROM term t ";

  private static final Session.Row<Found> TO_FOUND =
      r ->
          new Found(
              new DocSet.TermRef(r.getLong(1), r.getLong(2), r.getLong(3)),
              r.getString(4),
              Codes.constant(Terms.Kind.class, r.getInt(5)),
              r.getString(6));

  /** The terms of a field whose folded value is a text. */
  private Candidates candidates(Field field, String key, String folded) {
    var keyNumber = keyNumber(field, key);
    if (keyNumber == null) {
      return candidates(List.of());
    }
    return candidates(
            session.list(
                FOUND + "WHERE t.project = ? AND t.hash = ? AND t.field = ? AND t.key = ?",
                TO_FOUND,
                project,
                Terms.hash(field, key, folded),
                Codes.of(field),
                keyNumber))
        .filter(found -> found.folded().equals(folded));
  }

  /** The number under which values of a key are kept; {@code null} where nothing has the key. */
  private @Nullable Long keyNumber(Field field, String key) {
    var keys = Terms.keys(field);
    return keys == null ? Long.valueOf(0) : Terms.find(session, project, Terms.Term.of(keys, key));
  }

  private List<DocSet.TermRef> numbered(
      Field field,
      String key,
      String condition,
      double number,
      Terms.@Nullable Kind only,
      int limit) {
    var keyNumber = keyNumber(field, key);
    return keyNumber == null
        ? List.of()
        : candidates(
                session.first(
                    limit,
                    FOUND
                        + "WHERE t.project = ? AND t.field = ? AND t.key = ?"
                        + (past == null ? " AND t.n > 0" : "")
                        + " AND t.num "
                        + condition,
                    TO_FOUND,
                    project,
                    Codes.of(field),
                    keyNumber,
                    number))
            .filter(found -> only == null || found.kind() == only)
            .refs();
  }

  /**
   * The terms of a field that pass a comparison, and whose text holds a part that all such have.
   */
  private List<DocSet.TermRef> matching(
      Field field, String key, String part, Query.Compare compare) {
    var keyNumber = keyNumber(field, key);
    if (keyNumber == null) {
      return List.of();
    }
    boolean indexed = part.codePointCount(0, part.length()) >= TRIGRAM && field.isText();
    var dialect = session.dialect();
    var params = new ArrayList<@Nullable Object>(List.of(project, Codes.of(field), keyNumber));
    if (indexed) {
      params.addAll(List.of(dialect.substringParameters(session, project, part)));
    }
    return candidates(
            session.list(
                FOUND
                    + "WHERE t.project = ? AND t.field = ? AND t.key = ?"
                    + (indexed ? " AND " + dialect.substringCandidates() : ""),
                TO_FOUND,
                params.toArray()))
        .filter(
            found ->
                Terms.fieldValue(found.value(), found.kind())
                    .holds(compare.op(), compare.operand()))
        .refs();
  }

  /** The terms in which words are looked for and whose text holds another one. */
  private List<DocSet.TermRef> substring(String folded, int limit) {
    var dialect = session.dialect();
    var params = new ArrayList<@Nullable Object>(List.of(project));
    boolean indexed = folded.codePointCount(0, folded.length()) >= TRIGRAM;
    if (indexed) {
      params.addAll(List.of(dialect.substringParameters(session, project, folded)));
    }
    params.add(folded);
    return session.first(
        limit,
        "SELECT t.no, t.n, t.last FROM term t WHERE t.project = ?"
            + (indexed
                ? " AND " + dialect.substringCandidates()
                : " AND t.field IN (" + TEXT_FIELDS + ")")
            + " AND "
            + dialect.contains("coalesce(t.folded, t.value)")
            + (past == null ? " AND t.n > 0" : ""),
        r -> new DocSet.TermRef(r.getLong(1), r.getLong(2), r.getLong(3)),
        params.toArray());
  }

  /** A field with an index of its own that ignores case. */
  private DocSet byKey(String keyColumn, String column, Query.Compare compare) {
    if (!(compare.operand() instanceof Operand.Text text) || compare.op().isInequality()) {
      return checked(living(), compare);
    }
    if (past != null) {
      return ofTheLiving(
          column.equals("id") ? past.withId(compare, text) : past.withHash(compare, text));
    }
    var docs = new ArrayList<Long>();
    session.each(
        "SELECT doc, %s FROM artifact WHERE project = ? AND %s = ? AND deleted_seq IS NULL"
            .formatted(column, keyColumn),
        r -> {
          var value = r.getString(2);
          if (compare.op() == Op.EXACT
              ? value.equals(text.text())
              : CaseFolding.fold(value).equals(CaseFolding.fold(text.text()))) {
            docs.add(r.getLong(1));
          }
        },
        project,
        column.equals("id") ? Keys.ofId(text.text()) : Keys.of(text.text()));
    return new DocSet.Of(docs);
  }

  private DocSet created(Query.Compare compare) {
    if (!(compare.operand() instanceof Operand.Period period)) {
      throw new IllegalStateException("created is compared with a time only");
    }
    long from = Clock.micros(period.from());
    long to = Clock.micros(period.to());
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    switch (compare.op()) {
      case MATCH, EXACT -> {
        low = from;
        high = to;
      }
      case GREATER -> low = to;
      case GREATER_OR_EQUAL -> low = from;
      case LESS -> high = from;
      case LESS_OR_EQUAL -> high = to;
      case NOT_MATCH -> throw new IllegalStateException("planned as an exception");
    }
    return createdBetween(low, high);
  }

  /** Whole days are values of the dictionary; of the days that are cut, times are looked at. */
  private DocSet createdBetween(long low, long high) {
    var parts = new ArrayList<DocSet>();
    long first = low == Long.MIN_VALUE ? low : Math.ceilDiv(low, DAY) * DAY;
    long end = high == Long.MAX_VALUE ? high : Math.floorDiv(high, DAY) * DAY;
    if (first > end) {
      return partOfDay(low, high);
    }
    parts.add(terms(days(first, end)));
    if (low < first) {
      parts.add(partOfDay(low, first));
    }
    if (end < high) {
      parts.add(partOfDay(end, high));
    }
    return parts.size() == 1 ? parts.getFirst() : new DocSet.Any(parts);
  }

  private List<DocSet.TermRef> days(long first, long end) {
    if (first == end) {
      return List.of();
    }
    var sql = FOUND + "WHERE t.project = ? AND t.field = ? AND t.key = 0 AND t.num IS NULL";
    var params = new ArrayList<@Nullable Object>(List.of(project, Codes.of(Field.CREATED)));
    if (first != Long.MIN_VALUE) {
      sql += " AND t.head >= ?";
      params.add(day(first));
    }
    if (end != Long.MAX_VALUE) {
      sql += " AND t.head < ?";
      params.add(day(end));
    }
    return candidates(session.list(sql, TO_FOUND, params.toArray())).refs();
  }

  private static String day(long micros) {
    return CaseFolding.fold(Terms.day(Clock.instant(micros)));
  }

  /** A stretch with few in it, or few beside it on that day, is read from the index of times. */
  private DocSet partOfDay(long low, long high) {
    long midnight = Math.floorDiv(low, DAY) * DAY;
    var day = terms(days(midnight, midnight + DAY));
    if (past != null) {
      return new DocSet.All(List.of(day, past.created(day.estimate(), low, high)));
    }
    var within = createdIn(low, high);
    if (within.size() <= FEW_CREATED) {
      return new DocSet.All(List.of(day, new DocSet.Of(within)));
    }
    var beside = new ArrayList<>(createdIn(midnight, low));
    if (beside.size() <= FEW_CREATED) {
      beside.addAll(createdIn(high, midnight + DAY));
    }
    if (beside.size() <= FEW_CREATED) {
      return new DocSet.Except(day, new DocSet.Of(beside));
    }
    return new DocSet.All(
        List.of(
            day,
            rows(
                "SELECT doc FROM artifact WHERE project = ? AND doc BETWEEN ? AND ?"
                    + " AND deleted_seq IS NULL AND created_at >= ? AND created_at < ?",
                low,
                high)));
  }

  /** One more than few at most. */
  private List<Long> createdIn(long low, long high) {
    return low >= high
        ? List.of()
        : session.list(
            "SELECT doc FROM artifact WHERE project = ? AND created_at >= ? AND created_at < ?"
                + " LIMIT ?",
            r -> r.getLong(1),
            project,
            low,
            high,
            FEW_CREATED + 1);
  }

  private DocSet uris(Query.Compare compare) {
    if (past != null) {
      return checked(hasTerm("uri"), compare);
    }
    return new DocSet.Scan(
        state.lastDoc(),
        terms(sameTerm(Terms.Term.of(Field.HAS, "uri"))).estimate(),
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

  /** Those whose content an older living one has. */
  private DocSet duplicates() {
    if (past != null) {
      return checked(hasTerm("content"), DUPLICATE);
    }
    return state.duplicates() == 0
        ? terms(List.of())
        : rows(
            """
            SELECT a.doc FROM artifact a WHERE a.project = ? AND a.doc BETWEEN ? AND ?
            AND a.content_key IS NOT NULL AND a.deleted_seq IS NULL
            AND EXISTS (SELECT 1 FROM artifact d WHERE d.project = a.project
              AND d.content_key = a.content_key AND d.content_hash = a.content_hash
              AND d.doc < a.doc AND d.deleted_seq IS NULL)\
            """);
  }

  private DocSet ofTheLiving(DocSet docs) {
    return new DocSet.All(List.of(living(), docs));
  }

  private DocSet has(Trait trait) {
    if (past != null && trait == Trait.CHILDREN) {
      return ofTheLiving(past.withChildren(living().estimate()));
    }
    if (past != null && trait == Trait.DUPLICATES) {
      return checked(hasTerm("content"), new Query.Has(trait));
    }
    return switch (trait) {
      case PARENTS -> hasTerm("parents");
      case CONTENT -> hasTerm("content");
      case ALIAS -> hasTerm("alias");
      case CHILDREN ->
          new DocSet.All(
              List.of(
                  living(),
                  rows(
                      """
                      SELECT DISTINCT p.parent FROM parent p
                      JOIN artifact c ON c.project = p.project AND c.doc = p.child
                      WHERE p.project = ? AND p.parent BETWEEN ? AND ? AND p.to_seq IS NULL
                      AND c.deleted_seq IS NULL\
                      """)));
      case DUPLICATES ->
          state.duplicates() == 0
              ? terms(List.of())
              : rows(
                  """
                  SELECT a.doc FROM artifact a WHERE a.project = ? AND a.doc BETWEEN ? AND ?
                  AND a.content_key IS NOT NULL AND a.deleted_seq IS NULL
                  AND EXISTS (SELECT 1 FROM artifact d WHERE d.project = a.project
                    AND d.content_key = a.content_key AND d.content_hash = a.content_hash
                    AND d.doc > a.doc AND d.deleted_seq IS NULL)
                  AND NOT EXISTS (SELECT 1 FROM artifact d WHERE d.project = a.project
                    AND d.content_key = a.content_key AND d.content_hash = a.content_hash
                    AND d.doc < a.doc AND d.deleted_seq IS NULL)\
                  """);
    };
  }

  /**
   * What a statement finds among a range of documents; its first parameters are project and range.
   */
  private DocSet rows(String sql, Object... more) {
    return new DocSet.Scan(
        state.lastDoc(),
        living().estimate(),
        (reading, low, high, found) -> {
          var params = new ArrayList<@Nullable Object>(List.of(project, low, high));
          params.addAll(List.of(more));
          reading.each(sql, r -> found.accept(r.getLong(1)), params.toArray());
        });
  }

  /** Looks at each artifact of a set: for what has no index. */
  private DocSet checked(DocSet of, Query query) {
    return new DocSet.Checked(
        of,
        (reading, docs, passes) -> {
          for (var stored : rows.uncached().byDocs(reading, project, docs)) {
            if (Evaluation.matches(query, stored.artifact(), this)) {
              passes.accept(stored.doc());
            }
          }
        });
  }

  private DocSet traced(Query query) {
    return new DocSet.All(List.of(living(), new DocSet.Of(closure(query))));
  }

  /** The documents upstream or downstream of a reference, looked up once a search. */
  private Set<Long> closure(Query query) {
    var known = closures.get(query);
    if (known != null) {
      return known;
    }
    var docs = new HashSet<Long>();
    switch (query) {
      case Query.Ancestors up -> trace(up.reference(), Direction.UPSTREAM, up.depth(), docs);
      case Query.Descendants down ->
          trace(down.reference(), Direction.DOWNSTREAM, down.depth(), docs);
      default -> throw new IllegalStateException("not a traversal: " + query);
    }
    closures.put(query, docs);
    return docs;
  }

  private void trace(String reference, Direction direction, int depth, Set<Long> docs) {
    int steps = depth == 0 ? Integer.MAX_VALUE : depth;
    Graph.closure(session, project, rows.moment(), root(reference), direction, steps, docs::add);
  }

  private long doc(Artifact artifact) {
    var doc = Resolver.byId(session, project, artifact.id());
    if (doc == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT, "artifact %s is read, but not there".formatted(artifact.id()));
    }
    return doc;
  }

  @Override
  public boolean isAncestor(Artifact artifact, String reference, int depth) {
    return closure(new Query.Ancestors(reference, depth)).contains(doc(artifact));
  }

  @Override
  public boolean isDescendant(Artifact artifact, String reference, int depth) {
    return closure(new Query.Descendants(reference, depth)).contains(doc(artifact));
  }

  @Override
  public boolean hasChildren(Artifact artifact) {
    if (past != null) {
      return past.hasChildren(doc(artifact));
    }
    return session.number(
            """
            SELECT 1 FROM parent p JOIN artifact c ON c.project = p.project AND c.doc = p.child
            WHERE p.project = ? AND p.parent = ? AND p.to_seq IS NULL
            AND c.deleted_seq IS NULL LIMIT 1\
            """,
            project,
            doc(artifact))
        != null;
  }

  @Override
  public boolean hasDuplicates(Artifact artifact) {
    var hash = artifact.contentHash();
    if (past != null) {
      return hash != null
          && artifact.duplicateOf() == null
          && past.hasNewerTwin(doc(artifact), hash);
    }
    return hash != null
        && artifact.duplicateOf() == null
        && session.number(
                """
                SELECT 1 FROM artifact WHERE project = ? AND content_key = ? AND content_hash = ?
                AND deleted_seq IS NULL AND doc > ? LIMIT 1\
                """,
                project,
                Keys.of(hash),
                hash,
                doc(artifact))
            != null;
  }

  private long root(String reference) {
    var root = Resolver.doc(session, project, rows.moment(), reference);
    if (root == null) {
      throw new CatalogException(
          ErrorCode.NOT_FOUND,
          "no artifact with id or name \"%s\" in project %s, which the query traces"
              .formatted(reference, state.name()),
          Map.of("reference", reference),
          null);
    }
    return root;
  }
}
