package io.flowyml.catalog.cli;

import io.flowyml.catalog.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class SearchCommand extends Subcommand {
  private final Value<List<String>> query =
      arguments("QUERY", 1, "The terms, in one argument or several.");
  private final Value<Integer> limit =
      number(
          "--limit",
          "N",
          Limits.DEFAULT_SEARCH_PAGE,
          "At most so many, up to 1000; without it 50.");
  private final Value<@Nullable String> cursor =
      option("--cursor", "CURSOR", "Go on where the page before ended.");

  SearchCommand(RootCommand root) {
    super(root, "search", "Find artifacts, newest first.");
    description(
        "Words and \"phrases\" are found anywhere in name, type, source, tags and description;"
            + " key:value looks at a field or tag; - before a term excludes. All terms must hold.");
    examples(
        "  flowyml-catalog search fraud",
        "  flowyml-catalog search \"type:Model team:fraud -stage:archived\"",
        "  flowyml-catalog search '\"gradient boosting\"' -o ids");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifacts(catalog.search(String.join(" ", query.get()), limit.get(), cursor.get()));
    }
  }
}
