package io.flowyml.catalog.cli;

import java.nio.file.Path;

final class BackupCommand extends Subcommand {
  private final Value<String> file = argument("FILE", "The new file.");

  BackupCommand(RootCommand root) {
    super(root, "backup", "Copy the whole catalog into a new file.");
    description(
        "One consistent state, while others write. Copying the file by hand would lose what is only"
            + " in its",
        "log yet.");
    examples("  flowyml-catalog backup catalog-2026-03-03.db");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      catalog.backup(Path.of(file.get()).toAbsolutePath().normalize());
      messages().note("backed up to " + file.get());
    }
  }
}
