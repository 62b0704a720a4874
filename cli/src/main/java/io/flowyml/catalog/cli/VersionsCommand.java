package io.flowyml.catalog.cli;

import io.flowyml.catalog.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "versions",
    header = "List the versions of a name, newest first.",
    description = {"Deleted ones are listed too."},
    footer = {"  flowyml-catalog versions fraud_detector"})
final class VersionsCommand extends Subcommand {
  @Parameters(paramLabel = "NAME", description = "The name that the versions share.")
  String name = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, up to 1000; without it 100.")
  int limit = Limits.DEFAULT_PAGE;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where the page before ended.")
  @Nullable String cursor;

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifacts(catalog.versions(name, limit, cursor));
    }
  }
}
