/** What every storage of catalogs promises, as tests to extend and answers to compare with. */
@NullMarked
package io.flowyml.catalog.testkit;

import org.jspecify.annotations.NullMarked;
