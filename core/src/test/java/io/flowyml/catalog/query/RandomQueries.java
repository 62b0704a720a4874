package io.flowyml.catalog.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Queries of every shape that can be made, with texts that tempt a parser. */
final class RandomQueries {
  private static final String TEMPTING = " *\"\\()-:=!<>,.@/_'|&\tabAZ019éÉßıΣ\uFF5E";

  private RandomQueries() {}

  static Arbitrary<ParsedQuery> parsed() {
    var key = Combinators.combine(field(), Arbitraries.of(true, false)).as(SortKey::new);
    return Combinators.combine(query(), key.list().ofMaxSize(3)).as(ParsedQuery::new);
  }

  static Arbitrary<Query> query() {
    return Arbitraries.recursive(RandomQueries::leaf, RandomQueries::composed, 0, 4);
  }

  private static Arbitrary<Query> composed(Arbitrary<Query> inner) {
    var two = inner.list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.oneOf(
        inner, two.map(Query.And::new), two.map(Query.Or::new), inner.map(Query.Not::new));
  }

  private static Arbitrary<Query> leaf() {
    var depth = Arbitraries.of(0, 1, 2, 999_999_999);
    return Arbitraries.oneOf(
        Arbitraries.just(new Query.All()),
        nonEmptyText().map(Query.Word::new),
        comparison(),
        Arbitraries.of(Trait.values()).map(Query.Has::new),
        Combinators.combine(nonEmptyText(), depth).as(Query.Ancestors::new),
        Combinators.combine(nonEmptyText(), depth).as(Query.Descendants::new));
  }

  private static Arbitrary<Query> comparison() {
    return Arbitraries.oneOf(
        Combinators.combine(field(), Arbitraries.of(Op.values()), operand())
            .as(Comparison::new)
            .filter(Comparison::isPossible)
            .map(Comparison::query),
        Combinators.combine(Arbitraries.of(Op.values()).filter(op -> op != Op.EXACT), period())
            .as((op, period) -> new Query.Compare(Field.BuiltIn.CREATED, op, period)),
        Arbitraries.of("true", "false")
            .map(
                text ->
                    new Query.Compare(Field.BuiltIn.DUPLICATE, Op.MATCH, new Operand.Text(text))));
  }

  private record Comparison(Field field, Op op, Operand operand) {
    boolean isPossible() {
      return Comparisons.isPossible(field, op, operand);
    }

    Query query() {
      return new Query.Compare(field, op, operand);
    }
  }

  static Arbitrary<Field> field() {
    return Arbitraries.oneOf(
        Arbitraries.of(Field.BuiltIn.values()),
        key().map(Field.Tag::new),
        key().map(Field.Metadata::new));
  }

  private static Arbitrary<String> key() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "stage",
            "f1_score",
            "name",
            "has",
            "sort",
            "tag",
            "tag.x",
            "tag.",
            "metadata",
            "metadata.y",
            "upstream",
            "AND",
            "9",
            "-",
            "a.b",
            "a b",
            "größe",
            "s3",
            "x:y"),
        nonEmptyText());
  }

  private static Arbitrary<Operand> operand() {
    return Arbitraries.oneOf(
        text().map(Operand.Text::new),
        text()
            .list()
            .ofMinSize(2)
            .ofMaxSize(4)
            .filter(parts -> !parts.subList(1, parts.size() - 1).contains(""))
            .map(Operand.Pattern::new),
        Arbitraries.oneOf(
                Arbitraries.doubles().ofScale(20),
                Arbitraries.doubles().between(-1e15, 1e15).ofScale(0),
                Arbitraries.of(0.0, -0.0, 1e15, 1e-7, Double.MAX_VALUE, Double.MIN_VALUE),
                Arbitraries.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
            .map(Operand.Numeric::new));
  }

  private static Arbitrary<Operand.Period> period() {
    var days =
        Arbitraries.longs()
            .between(LocalDate.of(1, 1, 1).toEpochDay(), LocalDate.of(9999, 12, 31).toEpochDay())
            .map(LocalDate::ofEpochDay);
    return Arbitraries.oneOf(
        Arbitraries.longs()
            .between(-60_000_000_000_000_000L, 250_000_000_000_000_000L)
            .map(micros -> Operand.Period.moment(Instant.EPOCH.plus(micros, ChronoUnit.MICROS))),
        days.map(day -> Operand.Period.calendar(day, ChronoUnit.DAYS)),
        days.map(day -> Operand.Period.calendar(day.withDayOfMonth(1), ChronoUnit.MONTHS)),
        days.map(day -> Operand.Period.calendar(day.withDayOfYear(1), ChronoUnit.YEARS)));
  }

  private static Arbitrary<String> nonEmptyText() {
    return text().filter(text -> !text.isEmpty());
  }

  static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "production",
            "OR",
            "AND",
            "NOT",
            "true",
            "5",
            "-1e3",
            "2026-03-03",
            "-7d",
            "a*b",
            "*",
            "has:parents",
            "upstream(x)",
            "\\",
            "\\*",
            "\"",
            "😀",
            ""),
        Arbitraries.strings().withChars(TEMPTING).ofMaxLength(8),
        Arbitraries.strings().ofMaxLength(8).filter(RandomQueries::isStorable));
  }

  private static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }
}
