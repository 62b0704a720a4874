/**
 * FlowyML's own table in a SQLite file that it shares with the catalog, and all that is known of
 * it. Start with {@link io.flowyml.catalog.internal.flowyml.FlowymlTable}, which keeps the table
 * and the catalog equal, and {@link io.flowyml.catalog.internal.flowyml.Adoption}, which takes over
 * a file that FlowyML made.
 */
@NullMarked
package io.flowyml.catalog.internal.flowyml;

import org.jspecify.annotations.NullMarked;
