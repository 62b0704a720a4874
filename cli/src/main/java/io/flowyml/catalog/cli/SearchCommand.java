package io.flowyml.catalog.cli;

import io.flowyml.catalog.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    header = "Find artifacts, newest first.",
    description = {
      "Words and \"phrases\" are found anywhere in name, type, source, tags and description;"
          + " key:value looks at",
      "a field or tag; - before a term excludes. All terms must hold."
    },
    footer = {
      "  flowyml-catalog search fraud",
      "  flowyml-catalog search \"type:Model team:fraud -stage:archived\"",
      "  flowyml-catalog search '\"gradient boosting\"' -o ids"
    })
final class SearchCommand extends Subcommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "QUERY",
      description = "The terms, in one argument or several.")
  List<String> query = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, up to 1000; without it 50.")
  int limit = Limits.DEFAULT_SEARCH_PAGE;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where the page before ended.")
  @Nullable String cursor;

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifacts(catalog.search(String.join(" ", query), limit, cursor));
    }
  }
}
