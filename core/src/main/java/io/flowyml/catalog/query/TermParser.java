package io.flowyml.catalog.query;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.text.Suggestions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The terms of a query: words, comparisons, {@code has:}, {@code upstream(...)}, sort keys. */
final class TermParser {
  /** The longer ones first, where one begins with another. */
  private static final List<Op> OPERATORS =
      Arrays.stream(Op.values())
          .sorted((a, b) -> b.symbol().length() - a.symbol().length())
          .toList();

  private static final Pattern DEPTH = Pattern.compile("[1-9]\\d{0,8}");

  private final Scanner in;
  private final Operands operands;
  private int count;

  TermParser(Scanner in, Instant now) {
    this.in = in;
    this.operands = new Operands(in, now);
  }

  Query term() {
    int start = in.position();
    count();
    if (in.peek() == '"') {
      var phrase = in.takeQuoted();
      requireBoundary();
      if (phrase.text().isEmpty()) {
        throw in.error(start, "a text between the quotes", "an empty one stands in everything");
      }
      return new Query.Word(phrase.text());
    }
    var key = takeComparedKey();
    if (key != null) {
      return comparison(key, start);
    }
    return wordOrFunction(start);
  }

  /**
   * What stands left of an operator.
   *
   * @param field absent for {@code has} and {@code sort}
   */
  private record ComparedKey(String text, @Nullable Field field, Op op) {}

  /** A key and its operator; {@code null}, and nothing read, where the term is something else. */
  private @Nullable ComparedKey takeComparedKey() {
    int start = in.position();
    var key = in.takeKey();
    var quoted = isQuotedKey(key) ? in.takeQuoted().text() : null;
    var op = key.isEmpty() ? null : takeOperator();
    if (op == null) {
      if (quoted != null) {
        throw in.errorHere("an operator after the key", "write " + key + "\"...\":value");
      }
      in.moveTo(start);
      return null;
    }
    var field =
        quoted == null && (key.equals(Keys.HAS) || key.equals(Keys.SORT))
            ? null
            : field(key, quoted, start);
    return new ComparedKey(key, field, op);
  }

  private boolean isQuotedKey(String key) {
    return in.peek() == '"' && (key.equals(Keys.TAG) || key.equals(Keys.METADATA));
  }

  private @Nullable Op takeOperator() {
    if (in.startsWith("://")) {
      return null;
    }
    for (var op : OPERATORS) {
      if (in.take(op.symbol())) {
        return op;
      }
    }
    return null;
  }

  private Field field(String key, @Nullable String quoted, int start) {
    var prefix =
        key.startsWith(Keys.TAG) ? Keys.TAG : key.startsWith(Keys.METADATA) ? Keys.METADATA : "";
    if (prefix.isEmpty()) {
      var builtIn = Keys.builtIn(key);
      return builtIn == null ? new Field.Tag(key) : builtIn;
    }
    var rest = quoted == null ? key.substring(prefix.length()) : quoted;
    if (rest.isEmpty()) {
      throw in.error(
          start + prefix.length(), "a key after " + prefix, "write " + prefix + "owner:value");
    }
    return prefix.equals(Keys.TAG) ? new Field.Tag(rest) : new Field.Metadata(rest);
  }

  private Query comparison(ComparedKey key, int start) {
    if (key.field() == null) {
      if (key.text().equals(Keys.SORT)) {
        throw in.error(
            start,
            "a term",
            "sort:key stands beside the outermost terms, once; the tag is tag.sort");
      }
      if (key.op() != Op.MATCH) {
        throw in.error(start + key.text().length(), "':' after has", "write has:parents");
      }
      return values(Op.MATCH, this::trait);
    }
    var field = key.field();
    return values(key.op(), value -> operands.comparison(field, key.op(), value));
  }

  /** One value, or several in parentheses with {@code OR} between. */
  private Query values(Op op, Function<Scanner.Written, Query> meaning) {
    if (in.peek() != '(') {
      return meaning.apply(value());
    }
    int opening = in.position();
    if (op.isInequality()) {
      throw in.errorHere("a single value after " + op.symbol(), "a list goes with : = or !=");
    }
    in.take("(");
    var alternatives = new ArrayList<Query>();
    do {
      in.skipSpace();
      if (!alternatives.isEmpty()) {
        count();
      }
      alternatives.add(meaning.apply(value()));
      in.skipSpace();
      if (in.atEnd()) {
        throw in.error(
            opening, "a closing parenthesis", "the list that opens here is never closed");
      }
      if (in.peek() != ')' && !in.atKeyword("OR")) {
        throw in.errorHere(
            "OR or ')' after a value of a list", "write (a OR b), or \"a b\" for one value");
      }
    } while (in.take("OR"));
    in.take(")");
    if (alternatives.size() == 1) {
      return alternatives.getFirst();
    }
    return op == Op.NOT_MATCH ? new Query.And(alternatives) : new Query.Or(alternatives);
  }

  private Scanner.Written value() {
    if (in.peek() == '"') {
      var quoted = in.takeQuoted();
      requireBoundary();
      return quoted;
    }
    if (in.atBoundary() || in.peek() == '(') {
      throw in.errorHere(
          "a value",
          "it follows the operator without a space; \"\" is the empty text, * any value");
    }
    if (in.atKeyword("AND") || in.atKeyword("OR") || in.atKeyword("NOT")) {
      throw in.errorHere("a value", "write \"" + in.peekRun() + "\" where the text is meant");
    }
    if ("=<>".indexOf(in.peek()) >= 0 || in.startsWith("!=")) {
      throw in.errorHere(
          "a value", "one operator is enough, and a value that begins like one needs quotes");
    }
    var bare = in.takeBare();
    requireBoundary();
    return bare;
  }

  private Query trait(Scanner.Written value) {
    var word = CaseFolding.fold(value.text());
    for (var trait : Trait.values()) {
      if (Keys.lowerCase(trait).equals(word)) {
        return new Query.Has(trait);
      }
    }
    throw in.error(
        value.start(),
        "a word that has: knows",
        Suggestions.of(word, Keys.TRAITS) + "; for a tag or a field write key:*");
  }

  private Query wordOrFunction(int start) {
    if (in.atBoundary() || isJoin(in)) {
      throw in.errorHere(
          "a term",
          in.atEnd()
              ? "the query ends here"
              : "'" + (in.peek() == ')' ? ")" : in.peekRun()) + "' has nothing before it to join");
    }
    if ("=<>".indexOf(in.peek()) >= 0 || in.startsWith("!=")) {
      throw in.errorHere(
          "a key directly before the operator",
          "write f1_score>0.9 without spaces, and quotes around a text that begins like this");
    }
    var word = in.takeBare();
    if (!word.hasWildcard() && Keys.FUNCTIONS.contains(word.text())) {
      int afterWord = in.position();
      in.skipSpace();
      if (in.peek() == '(') {
        return function(word.text(), in.position() > afterWord);
      }
      in.moveTo(afterWord);
    }
    if (in.peek() == '(') {
      throw in.error(
          start,
          "a function or a space before '('",
          Suggestions.of(word.text(), Keys.FUNCTIONS) + "; quote a text that is meant itself");
    }
    requireBoundary();
    if (word.parts().equals(List.of("", ""))) {
      return new Query.All();
    }
    if (word.text().equals("&&") || word.text().equals("||")) {
      throw in.error(
          start, "a term", "and is written AND, or OR; quote a text that is meant itself");
    }
    return new Query.Word(word.text());
  }

  private static boolean isJoin(Scanner in) {
    return in.atKeyword("AND") || in.atKeyword("OR");
  }

  private Query function(String name, boolean spaced) {
    if (spaced) {
      throw in.errorHere(
          "'(' directly after " + name, "remove the space; quote a word that is meant itself");
    }
    in.take("(");
    in.skipSpace();
    var reference = in.peek() == '"' ? in.takeQuoted().text() : in.takeUntil("(),\"").strip();
    if (reference.isEmpty()) {
      throw in.errorHere(
          "an id, name, name:version or name@alias", "write " + name + "(model@production)");
    }
    in.skipSpace();
    int depth = in.take(",") ? depth(name) : 0;
    if (!in.take(")")) {
      throw in.errorHere(
          "')' or a depth after the reference",
          "write " + name + "(model, 2), with quotes around a name that needs them");
    }
    return name.equals(Keys.UPSTREAM)
        ? new Query.Ancestors(reference, depth)
        : new Query.Descendants(reference, depth);
  }

  private int depth(String name) {
    in.skipSpace();
    int start = in.position();
    var depth = in.takeRun();
    if (!DEPTH.matcher(depth).matches()) {
      throw in.error(
          start, "a depth, a whole number from 1", "without one, " + name + " goes all the way");
    }
    in.skipSpace();
    return Integer.parseInt(depth);
  }

  /** Reads {@code sort:-f1_score,name}. */
  List<SortKey> sortKeys() {
    in.take(Keys.SORT + ":");
    var keys = new ArrayList<SortKey>();
    do {
      count();
      boolean descending = in.take("-");
      int start = in.position();
      var key = in.takeKey();
      if (key.isEmpty()) {
        throw in.errorHere("a key to sort by", "write sort:-f1_score,name without spaces");
      }
      var quoted = isQuotedKey(key) ? in.takeQuoted().text() : null;
      keys.add(new SortKey(field(key, quoted, start), descending));
    } while (in.take(","));
    if (!in.atBoundary()) {
      throw in.errorHere("',' or a space after a sort key", "a dash before a key is descending");
    }
    return keys;
  }

  /** Reads a text that is a key and nothing else. */
  Field wholeField() {
    var key = in.takeKey();
    if (key.isEmpty()) {
      throw in.errorHere("the key of a field", "as in a query: type, f1_score, metadata.owner");
    }
    var quoted = isQuotedKey(key) ? in.takeQuoted().text() : null;
    if (!in.atEnd()) {
      throw in.errorHere(
          "the end of the key", "write tag.\"any key\" where it has other characters");
    }
    return field(key, quoted, 0);
  }

  private void requireBoundary() {
    if (!in.atBoundary()) {
      throw notSeparated();
    }
  }

  private CatalogException notSeparated() {
    return in.errorHere(
        "a space", "put quotes around a text with ( ) or \", and \\\" for a quote inside them");
  }

  private void count() {
    if (++count > Limits.QUERY_TERMS) {
      throw QueryParser.tooLarge(
          "has more than " + Limits.QUERY_TERMS + " terms", Limits.QUERY_TERMS);
    }
  }
}
