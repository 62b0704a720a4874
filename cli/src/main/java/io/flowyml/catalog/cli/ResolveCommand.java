package io.flowyml.catalog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resolve",
    header = "Say which artifact a reference means now.",
    description = {"Its id, or with -o json its record."},
    footer = {
      "  flowyml-catalog resolve fraud_detector@production",
      "  flowyml-catalog tag \"$(flowyml-catalog resolve fraud_detector)\" reviewed=true"
    })
final class ResolveCommand extends Subcommand {
  @Parameters(paramLabel = "REF", description = "Id, name@alias, name:version or name.")
  String reference = "";

  @Override
  void run() {
    try (var catalog = existing()) {
      if (answers().format() == Format.TABLE) {
        answers().line(catalog.resolve(reference));
      } else {
        answers().artifact(catalog.get(reference));
      }
    }
  }
}
