package io.flowyml.catalog.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text to tree. The grammar, by one method a rule:
 *
 * <pre>
 * query  = [or], and among its outermost terms at most one "sort:" keys
 * or     = and {"OR" and}
 * and    = not {["AND"] not}
 * not    = ("NOT" | "-") not | "(" or ")" | term
 * term   = "*" | word | phrase | key operator value | key operator "(" value {"OR" value} ")"
 *        | "has:" trait | ("upstream" | "downstream") "(" reference ["," depth] ")"
 * </pre>
 *
 * @since 0.1
 */
public final class QueryParser {
  /** Parentheses and negations inside each other; deeper ones would cost stack everywhere. */
  private static final int NESTING = 64;

  private final Scanner in;
  private final TermParser terms;
  private @Nullable List<SortKey> sort;
  private int nesting;

  private QueryParser(String text, Instant now) {
    in = new Scanner(text);
    terms = new TermParser(in, now);
  }

  /**
   * Reads a query; a blank text means every artifact, newest first.
   *
   * @param text of at most 8 KiB
   * @param now what {@code created>-7d} counts from
   * @return the query as a tree, with its order
   * @throws CatalogException {@code QUERY_SYNTAX} with the column (in code points, from 1), what
   *     was expected there and the place marked by a caret; {@code LIMIT_EXCEEDED} for more than
   *     {@link Limits#QUERY_BYTES} or {@link Limits#QUERY_TERMS}, or 64 parentheses inside each
   *     other
   */
  public static ParsedQuery parse(String text, Instant now) {
    if (text.length() > Limits.QUERY_BYTES || text.getBytes(UTF_8).length > Limits.QUERY_BYTES) {
      throw tooLarge("is larger than " + Limits.QUERY_BYTES + " bytes", Limits.QUERY_BYTES);
    }
    return new QueryParser(text, now).query();
  }

  /**
   * Reads what may stand left of an operator: {@code type}, {@code f1_score}, {@code tag.name},
   * {@code tag."any key"}, {@code metadata.owner}.
   *
   * @param text the whole key
   * @return what it looks at
   * @throws CatalogException {@code QUERY_SYNTAX}, as {@link #parse} does
   */
  public static Field field(String text) {
    return new QueryParser(text, Instant.EPOCH).terms.wholeField();
  }

  /**
   * The text as one phrase, whatever it holds, for doors that must not refuse a query. NUL and lone
   * surrogates, which the catalog stores as U+FFFD, are looked for as that.
   *
   * @param text anything
   * @return a query for that text; for a blank one every artifact
   */
  public static ParsedQuery phrase(String text) {
    var storable =
        text.codePoints()
            .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    return new ParsedQuery(
        storable.isEmpty() ? new Query.All() : new Query.Word(storable.toString()), List.of());
  }

  static CatalogException tooLarge(String what, int limit) {
    return new CatalogException(
        ErrorCode.LIMIT_EXCEEDED,
        "the query " + what + "; split it into several",
        Map.of("limit", limit),
        null);
  }

  private ParsedQuery query() {
    takeSort();
    var where = in.atEnd() ? new Query.All() : or();
    if (!in.atEnd()) {
      throw in.errorHere("a term or the end", "no parenthesis is open that could be closed here");
    }
    return new ParsedQuery(where, sort == null ? List.of() : sort);
  }

  private Query or() {
    var alternatives = new ArrayList<Query>();
    do {
      alternatives.add(and());
    } while (takeKeyword("OR"));
    return alternatives.size() == 1 ? alternatives.getFirst() : new Query.Or(alternatives);
  }

  private Query and() {
    var all = new ArrayList<Query>();
    do {
      all.add(not());
      takeSort();
    } while (takeKeyword("AND") || !(in.atEnd() || in.peek() == ')' || in.atKeyword("OR")));
    return all.size() == 1 ? all.getFirst() : new Query.And(all);
  }

  private Query not() {
    in.skipSpace();
    if (isNegation()) {
      nest();
      if (!in.take("-")) {
        in.take("NOT");
        in.skipSpace();
      }
      var negated = new Query.Not(not());
      nesting--;
      return negated;
    }
    if (in.peek() == '(') {
      int opening = in.position();
      nest();
      in.take("(");
      var group = or();
      if (!in.take(")")) {
        throw in.error(opening, "a closing parenthesis", "the one that opens here is never closed");
      }
      nesting--;
      return group;
    }
    return terms.term();
  }

  /** A dash belongs to the term directly after it; alone it is a word. */
  private boolean isNegation() {
    if (in.atKeyword("NOT")) {
      return true;
    }
    int start = in.position();
    boolean alone = in.take("-") && in.atBoundary();
    in.moveTo(start);
    return in.peek() == '-' && !alone;
  }

  private void nest() {
    if (++nesting > NESTING) {
      throw tooLarge("nests parentheses and negations deeper than " + NESTING, NESTING);
    }
  }

  private boolean takeKeyword(String keyword) {
    in.skipSpace();
    return in.atKeyword(keyword) && in.take(keyword);
  }

  /** Reads {@code sort:} where it may stand: beside the outermost terms. */
  private void takeSort() {
    in.skipSpace();
    while (nesting == 0 && in.startsWith(Keys.SORT + ":") && !in.startsWith(Keys.SORT + "://")) {
      if (sort != null) {
        throw in.errorHere(
            "one sort: in a query", "several keys are separated by commas: sort:-f1_score,name");
      }
      sort = terms.sortKeys();
      in.skipSpace();
    }
  }
}
