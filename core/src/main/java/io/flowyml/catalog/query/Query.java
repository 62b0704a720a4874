package io.flowyml.catalog.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Which artifacts are meant. Only living artifacts match, except where a view of the past says
 * otherwise.
 *
 * <p>A tree is equal to another exactly where both mean the same comparisons in the same order; its
 * {@link #asText()} parses to an equal tree.
 *
 * @since 0.1
 */
public sealed interface Query {

  /** Every artifact. */
  record All() implements Query {}

  /**
   * All of at least two; an {@code And} in an {@code And} is dissolved.
   *
   * @param terms in their order
   */
  record And(List<Query> terms) implements Query {
    public And {
      var flat = new ArrayList<Query>(terms.size());
      for (var term : terms) {
        if (term instanceof And inner) {
          flat.addAll(inner.terms);
        } else {
          flat.add(term);
        }
      }
      terms = atLeastTwo(flat);
    }
  }

  /**
   * At least one of at least two; an {@code Or} in an {@code Or} is dissolved.
   *
   * @param terms in their order
   */
  record Or(List<Query> terms) implements Query {
    public Or {
      var flat = new ArrayList<Query>(terms.size());
      for (var term : terms) {
        if (term instanceof Or inner) {
          flat.addAll(inner.terms);
        } else {
          flat.add(term);
        }
      }
      terms = atLeastTwo(flat);
    }
  }

  /**
   * What does not match.
   *
   * @param term what must not match
   */
  record Not(Query term) implements Query {}

  /**
   * A text that, case ignored, stands within one of: name, type, pipeline, step, run, a tag's key,
   * a tag's value, the description. Never empty.
   *
   * @param text as it was written
   */
  record Word(String text) implements Query {
    public Word {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an empty text stands in everything");
      }
    }
  }

  /**
   * A comparison that holds for at least one value of the field; see {@link Op#NOT_MATCH}.
   *
   * @param field what is looked at
   * @param op how
   * @param operand with what
   */
  record Compare(Field field, Op op, Operand operand) implements Query {
    public Compare {
      Comparisons.check(field, op, operand);
    }
  }

  /**
   * What has something, whatever it is.
   *
   * @param trait what
   */
  record Has(Trait trait) implements Query {}

  /**
   * {@code upstream(reference)}: the artifacts from which the one referred to was made, at most
   * {@code depth} steps away, without itself. Deleted ones are passed through.
   *
   * @param reference of which
   * @param depth 0 for any
   */
  record Ancestors(String reference, int depth) implements Query {
    public Ancestors {
      checkTraversal(reference, depth);
    }
  }

  /**
   * {@code downstream(reference)}: what was made from it; as {@link Ancestors} otherwise.
   *
   * @param reference of which
   * @param depth 0 for any
   */
  record Descendants(String reference, int depth) implements Query {
    public Descendants {
      checkTraversal(reference, depth);
    }
  }

  /**
   * The query as a text that parses to an equal tree; times are absolute in it.
   *
   * @return in the query language
   */
  default String asText() {
    return QueryPrinter.print(this);
  }

  private static List<Query> atLeastTwo(List<Query> terms) {
    if (terms.size() < 2) {
      throw new IllegalArgumentException("AND and OR take two terms or more: " + terms);
    }
    return List.copyOf(terms);
  }

  private static void checkTraversal(String reference, int depth) {
    if (reference.isEmpty() || depth < 0) {
      throw new IllegalArgumentException("no traversal: '" + reference + "', depth " + depth);
    }
  }
}
