/**
 * Catalogs in a PostgreSQL database: {@link io.flowyml.catalog.postgresql.PostgresCatalogBackend}.
 */
@NullMarked
package io.flowyml.catalog.postgresql;

import org.jspecify.annotations.NullMarked;
