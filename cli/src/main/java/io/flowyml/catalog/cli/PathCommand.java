package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Page;

final class PathCommand extends Subcommand {
  private final Value<String> from = argument("REF", "One end.");
  private final Value<String> to = argument("REF", "The other end.");

  PathCommand(RootCommand root) {
    super(root, "path", "Show a shortest way between two artifacts.");
    description("From the older one to what was made of it.");
    examples("  flowyml-catalog path raw_transactions fraud_detector@production");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifacts(new Page<Artifact>(catalog.path(from.get(), to.get()), null));
    }
  }
}
