/**
 * What every backend promises, as tests to extend: {@link
 * io.flowyml.catalog.testkit.CatalogContract}. What a query means is told by {@link
 * io.flowyml.catalog.testkit.QueryOracle}.
 */
@NullMarked
package io.flowyml.catalog.testkit;

import org.jspecify.annotations.NullMarked;
