package io.flowyml.catalog.cli;

import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    header = "List artifacts, newest first.",
    description = {"Every filter given must hold exactly."},
    footer = {
      "  flowyml-catalog list",
      "  flowyml-catalog list --type Model --tag team=fraud --limit 10",
      "  flowyml-catalog list --pipeline nightly --step train -o csv"
    })
final class ListCommand extends Subcommand {
  @Option(names = "--type", paramLabel = "T", description = "Only of this type.")
  @Nullable String type;

  @Option(names = "--pipeline", paramLabel = "P", description = "Only from this pipeline.")
  @Nullable String pipeline;

  @Option(names = "--step", paramLabel = "S", description = "Only from this step.")
  @Nullable String step;

  @Option(names = "--tag", paramLabel = "K=V", description = "Only with this tag; may be repeated.")
  List<String> tags = List.of();

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
    var filter = new ListFilter(type, pipeline, step, KeyValue.parseAll(tags), limit, cursor);
    try (var catalog = existing()) {
      answers().artifacts(catalog.list(filter));
    }
  }
}
