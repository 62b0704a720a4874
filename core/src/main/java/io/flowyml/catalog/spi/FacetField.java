package io.flowyml.catalog.spi;

import io.flowyml.catalog.query.Field;

/**
 * What facets are asked of.
 *
 * @since 0.1
 */
public sealed interface FacetField {
  /** What the caller called it. */
  String text();

  /** The values of a field. */
  record Values(String text, Field field) implements FacetField {}

  /** The keys of tags. */
  record TagKeys(String text) implements FacetField {}
}
