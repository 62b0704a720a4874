package io.flowyml.catalog.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * An option or argument of a command, which has its value once the arguments were read.
 *
 * @param absent what it is where it was not given
 */
record Value<T extends @Nullable Object>(ArgSpec argument, T absent) {
  T get() {
    @Nullable T given = argument.getValue();
    return given == null ? absent : given;
  }
}
