/** Catalogs in a SQLite file or in memory: {@link io.flowyml.catalog.local.LocalCatalogBackend}. */
@NullMarked
package io.flowyml.catalog.local;

import org.jspecify.annotations.NullMarked;
