package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import org.jspecify.annotations.Nullable;

final class PushCommand extends Subcommand {
  private final Value<@Nullable String> to =
      option(
          "--to",
          "URL",
          "The catalog to move to: a server's endpoint, or whatever --catalog takes.");
  private final Value<@Nullable String> from =
      option("--local-project", "P", "The project to move; without it \"default\".");
  private final Value<Boolean> dryRun =
      flag("--dry-run", "Only list what would be moved, and every conflict.");

  PushCommand(RootCommand root) {
    super(root, "push", "Move the catalog of this file to a server.");
    description(
        "Ids, versions, tombstones and history go to the project there that --project names. An"
            + " empty one",
        "becomes the same, numbers and times included; any other gets what it does not have, as"
            + " events of",
        "now that keep their first time. If anything conflicts, all conflicts are listed and"
            + " nothing is",
        "moved. What broke off is gone on with by the same command. It takes an admin's key, of"
            + " login or in",
        "FLOWYML_CATALOG_API_KEY.");
    examples(
        "  flowyml-catalog push --to https://catalog.example.com/api/v1/catalog --dry-run",
        "  flowyml-catalog push --to https://catalog.example.com/api/v1/catalog --project fraud",
        "  flowyml-catalog --catalog other.db push --to http://127.0.0.1:8484/api/v1/catalog");
  }

  @Override
  void run() {
    try (var source = root().here(from.get(), false);
        var target = root().there(needed(to.get(), "--to"))) {
      new Move(root(), "pushed", dryRun.get()).run(source, target);
    }
  }

  static String needed(@Nullable String url, String option) {
    if (url == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          option
              + " URL is missing: name the other catalog, like "
              + "http://host:8484/api/v1/catalog");
    }
    return url;
  }
}
