package io.flowyml.catalog.spi;

import io.flowyml.catalog.query.Query;
import java.util.List;

/**
 * Which facets of which artifacts.
 *
 * @param where which artifacts
 * @param fields of which values are counted
 * @param values to show of each field, 1 to 1,000
 * @since 0.1
 */
public record FacetQuery(Query where, List<FacetField> fields, int values) {
  public FacetQuery {
    fields = List.copyOf(fields);
  }
}
