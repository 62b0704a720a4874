/**
 * The command {@code flowyml-catalog}. Start with {@link io.flowyml.catalog.cli.Main} (one run) and
 * {@code Subcommand} (what every command is).
 */
@NullMarked
package io.flowyml.catalog.cli;

import org.jspecify.annotations.NullMarked;
