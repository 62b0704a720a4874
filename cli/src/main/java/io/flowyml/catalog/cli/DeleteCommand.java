package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import org.jspecify.annotations.Nullable;

final class DeleteCommand extends Subcommand {
  private final Value<@Nullable String> reference =
      optionalArgument("REF", "Id, name@alias, name:version or name; - for the lines of stdin.");
  private final Value<Boolean> force =
      flag("--force", "Also where an alias (it is dropped) or a child needs it.");
  private final Value<@Nullable String> where =
      option("--where", "QUERY", "All that this query finds.");
  private final Value<Boolean> dryRun =
      flag("--dry-run", "With --where: only say what would be deleted.");

  DeleteCommand(RootCommand root) {
    super(root, "delete", "Delete an artifact, or all that a query finds.");
    usage(
        "flowyml-catalog delete REF|- [--force]",
        "       flowyml-catalog delete --where QUERY [--force] [--dry-run]");
    description(
        "A tombstone stays, and restore undoes it. Refused while an alias or a living child needs"
            + " the artifact.");
    examples(
        "  flowyml-catalog delete scratch_model:1",
        "  flowyml-catalog delete fraud_detector:2 --force",
        "  flowyml-catalog delete --where stage:scratch --dry-run");
  }

  @Override
  void run() {
    if ((reference.get() == null) == (where.get() == null)) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "which artifact? Give either a REF, or --where QUERY for many");
    }
    Bulk.checkDryRun(where.get(), dryRun.get());
    try (var catalog = existing()) {
      if (reference.get() != null) {
        Bulk.each(root(), reference.get(), one -> catalog.delete(one, force.get()));
      } else if (where.get() != null) {
        Bulk.report(root(), catalog.deleteWhere(where.get(), force.get(), dryRun.get()), "deleted");
      }
    }
  }
}
