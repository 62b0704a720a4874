package io.flowyml.catalog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    header = "Bring a deleted artifact back.",
    description = {"With those of its aliases that are still free."},
    footer = {"  flowyml-catalog restore scratch_model:1"})
final class RestoreCommand extends Subcommand {
  @Parameters(paramLabel = "REF", description = "The id, or name:version.")
  String reference = "";

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifact(catalog.restore(reference));
    }
  }
}
