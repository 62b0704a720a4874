/** The command {@code flowyml-catalog}. Start with {@link io.flowyml.catalog.cli.Main}. */
@NullMarked
package io.flowyml.catalog.cli;

import org.jspecify.annotations.NullMarked;
