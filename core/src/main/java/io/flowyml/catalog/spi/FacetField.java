package io.flowyml.catalog.spi;

import io.flowyml.catalog.query.Field;

/**
 * What facets are asked of.
 *
 * @since 0.1
 */
public sealed interface FacetField {
  /**
   * What the caller called it.
   *
   * @return as the caller wrote it
   */
  String text();

  /**
   * The values of a field.
   *
   * @param text as the caller wrote it
   * @param field what it means
   */
  record Values(String text, Field field) implements FacetField {}

  /**
   * The keys of tags.
   *
   * @param text as the caller wrote it
   */
  record TagKeys(String text) implements FacetField {}
}
