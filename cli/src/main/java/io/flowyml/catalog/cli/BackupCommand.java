package io.flowyml.catalog.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    header = "Copy the whole catalog into a new file.",
    description = {
      "One consistent state, while others write. Copying the file by hand would lose what is only"
          + " in its",
      "log yet."
    },
    footer = {"  flowyml-catalog backup catalog-2026-03-03.db"})
final class BackupCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "The new file.")
  Path file = Path.of("");

  @Override
  void run() {
    try (var catalog = existing()) {
      catalog.backup(file.toAbsolutePath().normalize());
      messages().note("backed up to " + file);
    }
  }
}
