/**
 * All SQL of the catalog: the statements once, a small {@link
 * io.flowyml.catalog.internal.sql.Dialect} for each database. Start with {@link
 * io.flowyml.catalog.internal.sql.SqlCatalogBackend} (the verbs) and {@link
 * io.flowyml.catalog.internal.sql.Database} (connections and transactions).
 */
@NullMarked
package io.flowyml.catalog.internal.sql;

import org.jspecify.annotations.NullMarked;
