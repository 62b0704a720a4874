package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tag",
    customSynopsis = {
      "flowyml-catalog tag REF K=V... [--remove K]...",
      "       flowyml-catalog tag --where QUERY K=V... [--remove K]... [--dry-run]"
    },
    header = "Set and remove tags.",
    description = {
      "Of an artifact, whose record is shown then, or of all that a query finds. A V that is a JSON"
          + " number,",
      "true or false is that, anything else is text; K='\"5\"' forces text."
    },
    footer = {
      "  flowyml-catalog tag fraud_detector:3 stage=staging reviewed=true",
      "  flowyml-catalog tag fraud_detector zip='\"01234\"' --remove draft",
      "  flowyml-catalog tag --where \"type:Model -stage:production\" stage=archived --dry-run"
    })
final class TagCommand extends Subcommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "REF K=V",
      description = "The artifact, unless --where names many; then the tags.")
  List<String> arguments = List.of();

  @Option(
      names = "--remove",
      paramLabel = "K",
      description = "A tag to take away; may be repeated.")
  List<String> removed = List.of();

  @Option(names = "--where", paramLabel = "QUERY", description = "All that this query finds.")
  @Nullable String where;

  @Option(names = "--dry-run", description = "With --where: only say what would be changed.")
  boolean dryRun;

  @Override
  void run() {
    if (where == null && arguments.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "which artifact? Give a REF, or --where QUERY for many");
    }
    Bulk.checkDryRun(where, dryRun);
    var tags = new ArrayList<>(arguments);
    var reference = where == null ? tags.removeFirst() : "";
    var set = KeyValue.parseAll(tags);
    if (set.isEmpty() && removed.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "nothing to change; give tags as K=V, or --remove K");
    }
    try (var catalog = existing()) {
      if (where == null) {
        answers().artifact(catalog.tag(reference, set, removed));
      } else {
        Bulk.report(root(), catalog.tagWhere(where, set, removed, dryRun), "tagged");
      }
    }
  }
}
