/**
 * What a storage of catalogs implements: {@link io.flowyml.catalog.spi.CatalogBackend}, a few
 * atomic verbs whose outcomes are in their types.
 */
@NullMarked
package io.flowyml.catalog.spi;

import org.jspecify.annotations.NullMarked;
