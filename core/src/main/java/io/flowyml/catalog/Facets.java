package io.flowyml.catalog;

import java.util.List;

/**
 * What values the artifacts that a query finds have, and how many have each.
 *
 * @param matches artifacts that the query finds
 * @param exact whether these and all counts are exact; otherwise there are at least so many
 * @param facets one for each field that was asked for, in that order
 * @since 0.1
 */
public record Facets(long matches, boolean exact, List<Facet> facets) {
  public Facets {
    facets = List.copyOf(facets);
  }

  /**
   * The values of one field.
   *
   * @param field as it was asked for
   * @param without matching artifacts that have no value of it
   * @param distinct how many distinct values there are
   * @param values the most frequent ones, most frequent first
   * @param ranges where the field has more distinct numbers than values are shown: all its numbers
   *     in ranges, in their order; else empty
   */
  public record Facet(
      String field, long without, long distinct, List<Value> values, List<Range> ranges) {
    public Facet {
      values = List.copyOf(values);
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * A value and how many matching artifacts have it.
   *
   * @param value a {@code String}, {@code Boolean} or {@code Number}; of what is no JSON scalar the
   *     JSON text
   * @param count matching artifacts that have it
   */
  public record Value(Object value, long count) {}

  /**
   * Numbers from one to another.
   *
   * @param from included
   * @param to not included
   * @param count matching artifacts with a number between them
   */
  public record Range(double from, double to, long count) {}
}
