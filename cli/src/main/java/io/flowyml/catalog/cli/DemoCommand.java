package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;

final class DemoCommand extends Subcommand {

  DemoCommand(RootCommand root) {
    super(root, "demo", "Catalogue real files, from raw data to a promoted model.");
    description(
        "Cleans a data set, derives features, trains and compares three classifiers, registers"
            + " every step,",
        "promotes the best, and shows results, duplicates and lineage.");
    examples("  ./flowyml-catalog demo");
  }

  /**
   * The launcher runs the demo in a process of its own, whose libraries stay away from this one.
   */
  @Override
  void run() {
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "the demo is a program of its own; run it by the launcher: ./flowyml-catalog demo");
  }
}
