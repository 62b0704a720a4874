package io.flowyml.catalog.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code flowyml-catalog}. */
@Command(
    name = "flowyml-catalog",
    version = "flowyml-catalog 0.1.0",
    mixinStandardHelpOptions = true,
    description = "One catalog for every machine-learning artifact of a team.")
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command and answers its exit code. */
  static int run(String... args) {
    return new CommandLine(new Main()).execute(args);
  }
}
