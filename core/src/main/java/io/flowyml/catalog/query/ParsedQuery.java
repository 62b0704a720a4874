package io.flowyml.catalog.query;

import java.util.List;

/**
 * What a query text asks for.
 *
 * @param where which artifacts
 * @param sort the keys of {@code sort:}; empty for newest first, which also decides ties
 * @since 0.1
 */
public record ParsedQuery(Query where, List<SortKey> sort) {
  public ParsedQuery {
    sort = List.copyOf(sort);
  }

  /**
   * The query as a text that parses to an equal one; times are absolute in it.
   *
   * @return a text that parses to an equal one
   */
  public String asText() {
    return QueryPrinter.print(this);
  }
}
