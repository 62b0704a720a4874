package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    customSynopsis = {
      "flowyml-catalog delete REF [--force]",
      "       flowyml-catalog delete --where QUERY [--force] [--dry-run]"
    },
    header = "Delete an artifact, or all that a query finds.",
    description = {
      "A tombstone stays, and restore undoes it. Refused while an alias or a living child needs the"
          + " artifact."
    },
    footer = {
      "  flowyml-catalog delete scratch_model:1",
      "  flowyml-catalog delete fraud_detector:2 --force",
      "  flowyml-catalog delete --where stage:scratch --dry-run"
    })
final class DeleteCommand extends Subcommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "REF",
      description = "Id, name@alias, name:version or name.")
  @Nullable String reference;

  @Option(
      names = "--force",
      description = "Also where an alias (it is dropped) or a child needs it.")
  boolean force;

  @Option(names = "--where", paramLabel = "QUERY", description = "All that this query finds.")
  @Nullable String where;

  @Option(names = "--dry-run", description = "With --where: only say what would be deleted.")
  boolean dryRun;

  @Override
  void run() {
    if ((reference == null) == (where == null)) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "which artifact? Give either a REF, or --where QUERY for many");
    }
    Bulk.checkDryRun(where, dryRun);
    try (var catalog = existing()) {
      if (reference != null) {
        answers().artifact(catalog.delete(reference, force));
      } else if (where != null) {
        Bulk.report(root(), catalog.deleteWhere(where, force, dryRun), "deleted");
      }
    }
  }
}
