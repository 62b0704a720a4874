package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class TagCommand extends Subcommand {
  private final Value<List<String>> arguments =
      arguments("REF K=V", 0, "The artifact, unless --where names many; then the tags.");
  private final Value<List<String>> removed =
      options("--remove", "K", "A tag to take away; may be repeated.");
  private final Value<@Nullable String> where =
      option("--where", "QUERY", "All that this query finds.");
  private final Value<Boolean> dryRun =
      flag("--dry-run", "With --where: only say what would be changed.");

  TagCommand(RootCommand root) {
    super(root, "tag", "Set and remove tags.");
    usage(
        "flowyml-catalog tag REF|- K=V... [--remove K]...",
        "       flowyml-catalog tag --where QUERY K=V... [--remove K]... [--dry-run]");
    description(
        "Of an artifact, whose record is shown then, of those that stdin names line by line (-), or"
            + " of all that a query finds. A V that is a JSON number, true or false is that,"
            + " anything else is text; K='\"5\"' forces text.");
    examples(
        "  flowyml-catalog tag fraud_detector:3 stage=staging reviewed=true",
        "  flowyml-catalog tag fraud_detector zip='\"01234\"' --remove draft",
        "  flowyml-catalog tag --where \"type:Model -stage:production\" stage=archived --dry-run");
  }

  @Override
  void run() {
    var query = where.get();
    if (query == null && arguments.get().isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "which artifact? Give a REF, or --where QUERY for many");
    }
    Bulk.checkDryRun(query, dryRun.get());
    var tags = new ArrayList<>(arguments.get());
    var reference = query == null ? tags.removeFirst() : "";
    var set = KeyValue.parseAll(tags);
    if (set.isEmpty() && removed.get().isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "nothing to change; give tags as K=V, or --remove K");
    }
    try (var catalog = existing()) {
      if (query == null) {
        Bulk.each(root(), reference, one -> catalog.tag(one, set, removed.get()));
      } else {
        Bulk.report(root(), catalog.tagWhere(query, set, removed.get(), dryRun.get()), "tagged");
      }
    }
  }
}
