package io.flowyml.catalog.cli;

import io.flowyml.catalog.Limits;
import org.jspecify.annotations.Nullable;

final class VersionsCommand extends Subcommand {
  private final Value<String> name = argument("NAME", "The name that the versions share.");
  private final Value<Integer> limit =
      number("--limit", "N", Limits.DEFAULT_PAGE, "At most so many, up to 1000; without it 100.");
  private final Value<@Nullable String> cursor =
      option("--cursor", "CURSOR", "Go on where the page before ended.");

  VersionsCommand(RootCommand root) {
    super(root, "versions", "List the versions of a name, newest first.");
    description("Deleted ones are listed too.");
    examples("  flowyml-catalog versions fraud_detector");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifacts(catalog.versions(name.get(), limit.get(), cursor.get()));
    }
  }
}
