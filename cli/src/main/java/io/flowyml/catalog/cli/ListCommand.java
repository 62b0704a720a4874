package io.flowyml.catalog.cli;

import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class ListCommand extends Subcommand {
  private final Value<@Nullable String> type = option("--type", "T", "Only of this type.");
  private final Value<@Nullable String> pipeline =
      option("--pipeline", "P", "Only from this pipeline.");
  private final Value<@Nullable String> step = option("--step", "S", "Only from this step.");
  private final Value<List<String>> tags =
      options("--tag", "K=V", "Only with this tag; may be repeated.");
  private final Value<Integer> limit =
      number("--limit", "N", Limits.DEFAULT_PAGE, "At most so many, up to 1000; without it 100.");
  private final Value<@Nullable String> cursor =
      option("--cursor", "CURSOR", "Go on where the page before ended.");

  ListCommand(RootCommand root) {
    super(root, "list", "List artifacts, newest first.");
    description("Every filter given must hold exactly.");
    examples(
        "  flowyml-catalog list",
        "  flowyml-catalog list --type Model --tag team=fraud --limit 10",
        "  flowyml-catalog list --pipeline nightly --step train -o csv");
  }

  @Override
  void run() {
    var filter =
        new ListFilter(
            type.get(),
            pipeline.get(),
            step.get(),
            KeyValue.parseAll(tags.get()),
            limit.get(),
            cursor.get());
    try (var catalog = existing()) {
      answers().artifacts(catalog.list(filter));
    }
  }
}
