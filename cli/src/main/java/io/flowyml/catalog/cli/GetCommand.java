package io.flowyml.catalog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    header = "Show the record of one artifact.",
    footer = {
      "  flowyml-catalog get fraud_detector",
      "  flowyml-catalog get fraud_detector@production -o json",
      "  flowyml-catalog get fraud_detector:3"
    })
final class GetCommand extends Subcommand {
  @Parameters(paramLabel = "REF", description = "Id, name@alias, name:version or name.")
  String reference = "";

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifact(catalog.get(reference));
    }
  }
}
