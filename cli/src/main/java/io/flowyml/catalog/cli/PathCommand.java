package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "path",
    header = "Show a shortest way between two artifacts.",
    description = {"From the older one to what was made of it."},
    footer = {"  flowyml-catalog path raw_transactions fraud_detector@production"})
final class PathCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "REF", description = "One end.")
  String from = "";

  @Parameters(index = "1", paramLabel = "REF", description = "The other end.")
  String to = "";

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifacts(new Page<Artifact>(catalog.path(from, to), null));
    }
  }
}
