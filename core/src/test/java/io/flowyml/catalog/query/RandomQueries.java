package io.flowyml.catalog.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Queries of every shape that can be made, with texts that tempt a parser. */
final class RandomQueries {
  private static final String TEMPTING = " *\"\\()-:=!<>,.@/_'|&\tabAZ019éÉßıΣ\uFF5E";

  private static final List<String> KEYS =
      List.of(
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
          "x:y");

  private static final List<String> TEXTS =
      List.of(
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
          "");

  private static final List<Double> NUMBERS =
      List.of(
          0.0,
          -0.0,
          1e15,
          1e-7,
          Double.MAX_VALUE,
          Double.MIN_VALUE,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private final SplittableRandom random;

  RandomQueries(long seed) {
    random = new SplittableRandom(seed);
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private <T> List<T> several(int least, int most, Supplier<T> item) {
    var items = new ArrayList<T>();
    for (int i = random.nextInt(least, most + 1); i > 0; i--) {
      items.add(item.get());
    }
    return items;
  }

  ParsedQuery parsed() {
    return new ParsedQuery(
        query(), several(0, 3, () -> new SortKey(field(), random.nextBoolean())));
  }

  Query query() {
    return query(4);
  }

  private Query query(int depth) {
    return switch (random.nextInt(depth == 0 ? 1 : 5)) {
      case 1 -> new Query.And(several(2, 3, () -> query(depth - 1)));
      case 2 -> new Query.Or(several(2, 3, () -> query(depth - 1)));
      case 3 -> new Query.Not(query(depth - 1));
      default -> leaf();
    };
  }

  private Query leaf() {
    return switch (random.nextInt(6)) {
      case 0 -> new Query.All();
      case 1 -> new Query.Word(nonEmptyText());
      case 2 -> new Query.Has(oneOf(Trait.values()));
      case 3 -> new Query.Ancestors(nonEmptyText(), oneOf(0, 1, 2, 999_999_999));
      case 4 -> new Query.Descendants(nonEmptyText(), oneOf(0, 1, 2, 999_999_999));
      default -> comparison();
    };
  }

  private Query comparison() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new Query.Compare(
              Field.BuiltIn.CREATED, but(Op.EXACT, () -> oneOf(Op.values())), period());
      case 1 ->
          new Query.Compare(
              Field.BuiltIn.DUPLICATE, Op.MATCH, new Operand.Text(oneOf("true", "false")));
      default -> {
        while (true) {
          var field = field();
          var op = oneOf(Op.values());
          var operand = operand();
          if (Comparisons.isPossible(field, op, operand)) {
            yield new Query.Compare(field, op, operand);
          }
        }
      }
    };
  }

  private static <T> T but(T unwanted, Supplier<T> choice) {
    var chosen = choice.get();
    while (chosen.equals(unwanted)) {
      chosen = choice.get();
    }
    return chosen;
  }

  Field field() {
    return switch (random.nextInt(3)) {
      case 0 -> oneOf(Field.BuiltIn.values());
      case 1 -> new Field.Tag(key());
      default -> new Field.Metadata(key());
    };
  }

  private String key() {
    return random.nextBoolean() ? oneOf(KEYS) : nonEmptyText();
  }

  private Operand operand() {
    return switch (random.nextInt(3)) {
      case 0 -> new Operand.Text(text());
      case 1 -> {
        var parts = several(2, 4, this::text);
        while (parts.subList(1, parts.size() - 1).contains("")) {
          parts = several(2, 4, this::text);
        }
        yield new Operand.Pattern(parts);
      }
      default -> new Operand.Numeric(number());
    };
  }

  private double number() {
    return switch (random.nextInt(3)) {
      case 0 -> oneOf(NUMBERS);
      case 1 -> Math.rint(random.nextDouble(-1e15, 1e15));
      default -> but(Double.NaN, () -> Double.longBitsToDouble(random.nextLong()));
    };
  }

  private Operand.Period period() {
    var day =
        LocalDate.ofEpochDay(
            random.nextLong(
                LocalDate.of(1, 1, 1).toEpochDay(), LocalDate.of(10_000, 1, 1).toEpochDay()));
    return switch (random.nextInt(4)) {
      case 0 -> Operand.Period.calendar(day, ChronoUnit.DAYS);
      case 1 -> Operand.Period.calendar(day.withDayOfMonth(1), ChronoUnit.MONTHS);
      case 2 -> Operand.Period.calendar(day.withDayOfYear(1), ChronoUnit.YEARS);
      default ->
          Operand.Period.moment(
              Instant.EPOCH.plus(
                  random.nextLong(-60_000_000_000_000_000L, 250_000_000_000_000_000L),
                  ChronoUnit.MICROS));
    };
  }

  private String nonEmptyText() {
    return but("", this::text);
  }

  String text() {
    return switch (random.nextInt(3)) {
      case 0 -> oneOf(TEXTS);
      case 1 ->
          String.join(
              "", several(0, 8, () -> "" + TEMPTING.charAt(random.nextInt(TEMPTING.length()))));
      default -> String.join("", several(0, 8, this::storable));
    };
  }

  /** Any character but NUL and lone surrogates. */
  private String storable() {
    int c = random.nextInt(1, random.nextBoolean() ? 0x250 : Character.MAX_CODE_POINT);
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
        ? storable()
        : Character.toString(c);
  }
}
