package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Explanation;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.json.ExplanationJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class SearchCommand extends Subcommand {
  private final Value<List<String>> query =
      arguments("QUERY", 0, "The terms, in one argument or several; may be absent with --sort.");
  private final Value<Integer> limit =
      number(
          "--limit",
          "N",
          Limits.DEFAULT_SEARCH_PAGE,
          "At most so many, up to 1000; without it 50.");
  private final Value<@Nullable String> cursor =
      option("--cursor", "CURSOR", "Go on where the page before ended.");

  private final Value<List<String>> sort =
      options(
          "--sort", "KEY", "By this field or tag, descending with - before it; may be repeated.");
  private final Value<Boolean> explain =
      flag("--explain", "Show how the query is understood and what is read, not what it finds.");

  SearchCommand(RootCommand root) {
    super(root, "search", "Find artifacts, newest first or sorted.");
    description(
        "Words and \"phrases\" are found anywhere in name, type, source, tags and description;"
            + " key:value looks at a field or tag; - before a term excludes. All terms must hold.");
    examples(
        "  flowyml-catalog search fraud",
        "  flowyml-catalog search \"type:Model team:fraud -stage:archived\"",
        "  flowyml-catalog search type:Model --sort=-f1_score --limit 1",
        "  flowyml-catalog search '\"gradient boosting\"' -o ids | flowyml-catalog tag -"
            + " reviewed=true");
  }

  @Override
  void run() {
    var text = text();
    try (var catalog = existing()) {
      if (explain.get()) {
        explain(catalog.explain(text));
        return;
      }
      var page = catalog.search(text, limit.get(), cursor.get());
      answers().artifacts(page);
      if (page.items().isEmpty() && cursor.get() == null) {
        catalog.meant(text).ifPresent(this::hint);
      }
    }
  }

  private String text() {
    var terms = String.join(" ", query.get());
    if (query.get().isEmpty() && sort.get().isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "missing: QUERY, what to look for; flowyml-catalog list shows everything");
    }
    return sort.get().isEmpty() ? terms : terms + " sort:" + String.join(",", sort.get());
  }

  private void hint(Artifact meant) {
    var reference = String.join(" ", query.get()).strip();
    messages()
        .note(
            "nothing has \"%s\" in it, but it refers to %s:%s; see flowyml-catalog get %s"
                .formatted(reference, meant.name(), meant.version(), reference));
  }

  private void explain(Explanation explanation) {
    switch (answers().format()) {
      case TABLE -> {
        answers().line("query      " + explanation.query());
        answers().line("plan");
        explain(explanation.plan(), "  ");
        answers().line("answers    " + explanation.answers());
        answers().line("rows       " + explanation.rows() + " looked at");
        answers().line("unindexed  " + explanation.unindexed() + " looked at one by one");
      }
      case JSON -> answers().json(ExplanationJson.toMap(explanation));
      case IDS, CSV -> throw answers().unfit("search --explain");
    }
  }

  private void explain(Explanation.Step step, String indent) {
    var most = step.estimate() < 0 ? "" : "  (at most %d)".formatted(step.estimate());
    answers().line(indent + step.what() + most);
    step.inputs().forEach(input -> explain(input, indent + "  "));
  }
}
