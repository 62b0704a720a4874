package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The documents by the terms of the index: those of them in the dictionary that are meant. */
final class TermSets {
  /** Texts shorter than this have no trigram, so the dictionary of values is read through. */
  private static final int TRIGRAM = 3;

  /** From so many terms on, looking at some documents may take less. */
  private static final int MANY_TERMS = 300;

  private static final int ALL_TERMS = Integer.MAX_VALUE;

  private static final String TEXT_FIELDS =
      Terms.TEXTS.stream()
          .map(field -> Integer.toString(Codes.of(field)))
          .collect(Collectors.joining(","));

  private static final String FOUND =
      "SELECT t.no, t.n, t.last, t.value, t.kind, coalesce(t.folded, t.value) FROM term t ";

  private static final Session.Row<Found> TO_FOUND =
      r ->
          new Found(
              TermRef.FROM_ROW.map(r),
              r.getString(4),
              Codes.constant(Terms.Kind.class, r.getInt(5)),
              r.getString(6));

  private final Session session;
  private final SearchEngine.State state;
  private final long project;
  private final @Nullable Moment moment;
  private final Postings postings;
  private final CommonParts common;

  /**
   * @param moment {@code null} for the present
   */
  TermSets(
      Session session,
      SearchEngine.State state,
      @Nullable Moment moment,
      Postings postings,
      CommonParts common) {
    this.session = session;
    this.state = state;
    this.project = state.project();
    this.moment = moment;
    this.postings = postings;
    this.common = common;
  }

  DocSet living() {
    return having(Terms.LIVING);
  }

  DocSet none() {
    return docs(List.of());
  }

  DocSet having(String what) {
    return having(Terms.Term.of(Field.HAS, what));
  }

  DocSet having(Terms.Term term) {
    return docs(
        folded(term.field(), term.key(), CaseFolding.fold(term.value()))
            .filter(found -> found.value().equals(term.value()) && found.kind() == term.kind())
            .refs());
  }

  /** Those that have a tag of that value; a number of the same value is the same. */
  DocSet tagged(String key, @Nullable Object value) {
    var asked = Terms.tag(key, value);
    var number = Terms.fieldValue(asked.value(), asked.kind()).number();
    return asked.kind() == Terms.Kind.NUMBER && number != null
        ? docs(
            numbered(Field.TAG, key, "= ?", number, ALL_TERMS)
                .filter(found -> found.kind() == Terms.Kind.NUMBER)
                .refs())
        : having(asked);
  }

  /**
   * Those that have a value for which a comparison holds.
   *
   * @param key of a tag, or the path into the metadata; else empty
   * @param compare not {@link Op#NOT_MATCH}
   */
  DocSet comparing(Field field, String key, Query.Compare compare) {
    return switch (compare.operand()) {
      case Operand.Numeric number ->
          fewOrMany(
              compare.asText(),
              limit -> numbered(field, key, sql(compare.op()), number.value(), limit).refs());
      case Operand.Text text when compare.op() == Op.MATCH ->
          docs(folded(field, key, CaseFolding.fold(text.text())).refs());
      case Operand.Text text when compare.op() == Op.EXACT ->
          docs(
              folded(field, key, CaseFolding.fold(text.text()))
                  .filter(found -> found.value().equals(text.text()))
                  .refs());
      case Operand.Pattern pattern -> docs(holding(field, key, longest(pattern), compare));
      case Operand.Text text -> docs(holding(field, key, "", compare));
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
      case NOT_MATCH -> throw new IllegalStateException("planned as an exclusion");
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

  /** Those in whose texts a word stands. */
  DocSet containing(String folded) {
    return fewOrMany(folded, limit -> substring(folded, limit));
  }

  /**
   * Those that were registered on some days.
   *
   * @param days whole ones
   */
  DocSet created(TimeRange days) {
    if (days.isEmpty()) {
      return none();
    }
    var sql = FOUND + "WHERE t.project = ? AND t.field = ? AND t.key = 0 AND t.num IS NULL";
    var params = new ArrayList<@Nullable Object>(List.of(project, Codes.of(Field.CREATED)));
    if (days.from() != Long.MIN_VALUE) {
      sql += " AND t.head >= ?";
      params.add(day(days.from()));
    }
    if (days.to() != Long.MAX_VALUE) {
      sql += " AND t.head < ?";
      params.add(day(days.to()));
    }
    return docs(candidates(session.list(sql, TO_FOUND, params.toArray())).refs());
  }

  private static String day(long micros) {
    return CaseFolding.fold(Terms.day(Clock.instant(micros)));
  }

  private DocSet docs(List<TermRef> terms) {
    return TermDocs.of(postings, state, moment, terms);
  }

  /**
   * Reads terms only up to a limit where they are more; all of them once they are needed.
   *
   * @param what they are the terms of
   */
  private DocSet fewOrMany(String what, IntFunction<List<TermRef>> read) {
    if (moment != null) {
      return docs(read.apply(ALL_TERMS));
    }
    if (common.has(project, what)) {
      return many(read);
    }
    var some = read.apply(MANY_TERMS);
    if (some.size() < MANY_TERMS) {
      return docs(some);
    }
    common.add(project, what);
    return many(read);
  }

  private DocSet many(IntFunction<List<TermRef>> read) {
    return new LazyTerms(
        Chunk.of(state.lastDoc()), living().estimate(), () -> docs(read.apply(ALL_TERMS)));
  }

  /** A term as the dictionary has it. */
  private record Found(TermRef ref, String value, Terms.Kind kind, String folded) {}

  /**
   * Terms of which some are to be kept.
   *
   * @param past whether one that no document has any more may be meant
   */
  private record Candidates(List<Found> found, boolean past) {
    Candidates filter(Predicate<Found> keep) {
      return new Candidates(found.stream().filter(keep).toList(), past);
    }

    List<TermRef> refs() {
      return found.stream().map(Found::ref).filter(ref -> past || ref.n() > 0).toList();
    }
  }

  private Candidates candidates(List<Found> found) {
    return new Candidates(found, moment != null);
  }

  /** The terms of a field whose folded value is a text. */
  private Candidates folded(Field field, String key, String folded) {
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

  /** The terms of a field whose number fulfils a condition. */
  private Candidates numbered(Field field, String key, String condition, double number, int limit) {
    var keyNumber = keyNumber(field, key);
    return candidates(
        keyNumber == null
            ? List.of()
            : session.first(
                limit,
                FOUND
                    + "WHERE t.project = ? AND t.field = ? AND t.key = ?"
                    + (moment == null ? " AND t.n > 0" : "")
                    + " AND t.num "
                    + condition,
                TO_FOUND,
                project,
                Codes.of(field),
                keyNumber,
                number));
  }

  /** The terms of a field for which a comparison holds, in all of which a part stands. */
  private List<TermRef> holding(Field field, String key, String part, Query.Compare compare) {
    var keyNumber = keyNumber(field, key);
    if (keyNumber == null) {
      return List.of();
    }
    boolean indexed = hasTrigram(part) && field.isText();
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

  private static boolean hasTrigram(String text) {
    return text.codePointCount(0, text.length()) >= TRIGRAM;
  }

  /** The terms in which words are looked for and whose text holds another one. */
  private List<TermRef> substring(String folded, int limit) {
    var dialect = session.dialect();
    var params = new ArrayList<@Nullable Object>(List.of(project));
    boolean indexed = hasTrigram(folded);
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
            + (moment == null ? " AND t.n > 0" : ""),
        TermRef.FROM_ROW,
        params.toArray());
  }
}
