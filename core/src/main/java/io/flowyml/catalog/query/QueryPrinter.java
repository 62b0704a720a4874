package io.flowyml.catalog.query;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a tree as the text that parses to it. */
final class QueryPrinter {
  /** Texts that mean themselves without quotes, in any place. */
  private static final Pattern BARE = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}_./-]*");

  private static final Pattern BARE_KEY = Pattern.compile("[\\w.-]+");
  private static final Pattern BARE_REFERENCE = Pattern.compile("[\\w.@:-]+");

  /** Integers up to here are printed without a fraction, and read back as the same double. */
  private static final double EXACT_INTEGER = 1e15;

  private final StringBuilder out = new StringBuilder();

  private QueryPrinter() {}

  static String print(Query query) {
    var printer = new QueryPrinter();
    printer.query(query);
    return printer.out.toString();
  }

  static String print(ParsedQuery parsed) {
    if (parsed.sort().isEmpty()) {
      return print(parsed.where());
    }
    var printer = new QueryPrinter();
    printer.query(parsed.where());
    return printer.out.append(' ').append(print(parsed.sort())).toString();
  }

  static String print(List<SortKey> sort) {
    return sort.stream()
        .map(key -> (key.descending() ? "-" : "") + key(key.field()))
        .collect(Collectors.joining(",", "sort:", ""));
  }

  /** A field as it is written. */
  static String key(Field field) {
    return switch (field) {
      case Field.BuiltIn builtIn -> Keys.lowerCase(builtIn);
      case Field.Tag(var key) -> Keys.isPlainTag(key) ? key : Keys.TAG + bareKeyOrQuoted(key);
      case Field.Metadata(var path) -> Keys.METADATA + bareKeyOrQuoted(path);
    };
  }

  private void query(Query query) {
    switch (query) {
      case Query.And and -> joined(and.terms(), " ");
      case Query.Or or -> joined(or.terms(), " OR ");
      default -> term(query);
    }
  }

  private void joined(List<Query> terms, String between) {
    var separator = "";
    for (var term : terms) {
      out.append(separator);
      term(term);
      separator = between;
    }
  }

  private void term(Query term) {
    switch (term) {
      case Query.All all -> out.append('*');
      case Query.And and -> group(and);
      case Query.Or or -> group(or);
      case Query.Not(Query.Not inner) -> {
        out.append('-');
        group(inner);
      }
      case Query.Not(var inner) -> {
        out.append('-');
        term(inner);
      }
      case Query.Word(var text) -> out.append(bareOrQuoted(text));
      case Query.Compare(var field, var op, var operand) ->
          out.append(key(field)).append(op.symbol()).append(operand(operand));
      case Query.Has(var trait) -> out.append("has:").append(Keys.lowerCase(trait));
      case Query.Ancestors(var reference, int depth) -> traversal("upstream", reference, depth);
      case Query.Descendants(var reference, int depth) -> traversal("downstream", reference, depth);
    }
  }

  private void group(Query query) {
    out.append('(');
    query(query);
    out.append(')');
  }

  private void traversal(String function, String reference, int depth) {
    out.append(function).append('(');
    out.append(BARE_REFERENCE.matcher(reference).matches() ? reference : quoted(reference));
    if (depth > 0) {
      out.append(", ").append(depth);
    }
    out.append(')');
  }

  private static String operand(Operand operand) {
    return switch (operand) {
      case Operand.Text(var text) -> bareOrQuoted(text);
      case Operand.Pattern(var parts) -> pattern(parts);
      case Operand.Numeric(double value) -> number(value);
      case Operand.Period period -> period(period);
    };
  }

  private static String pattern(List<String> parts) {
    if (parts.stream().allMatch(part -> part.isEmpty() || BARE.matcher(part).matches())) {
      return String.join("*", parts);
    }
    return parts.stream().map(QueryPrinter::escaped).collect(Collectors.joining("*", "\"", "\""));
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "1e999" : "-1e999";
    }
    return value == Math.rint(value) && Math.abs(value) < EXACT_INTEGER
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String period(Operand.Period period) {
    var from = period.from().atOffset(ZoneOffset.UTC);
    if (period.from().plus(1, ChronoUnit.MICROS).equals(period.to())) {
      return period.from().toString();
    }
    var days = ChronoUnit.DAYS.between(period.from(), period.to());
    return days == 1
        ? from.toLocalDate().toString()
        : days <= 31 ? YearMonth.from(from).toString() : "%04d".formatted(from.getYear());
  }

  private static String bareKeyOrQuoted(String key) {
    return BARE_KEY.matcher(key).matches() ? key : quoted(key);
  }

  private static String bareOrQuoted(String text) {
    return BARE.matcher(text).matches() && !Keys.isKeyword(text) ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("*", "\\*");
  }
}
