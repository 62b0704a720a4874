package io.flowyml.catalog.cli;

import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.spi.ServerBackend;
import java.nio.file.Path;

/**
 * What a server serves, and its keys are made in: a database, or a file. Never the endpoint that
 * clients are set to, which may be this server itself.
 */
final class ServedCatalog {
  private ServedCatalog() {}

  static ServerBackend open(RootCommand root, Configuration configuration) {
    var database = configuration.databaseUrl();
    if (database != null) {
      return PostgresCatalogBackend.open(database, configuration.databasePassword());
    }
    var named = configuration.catalog();
    var choice =
        BackendChoice.explicit(
            named == null ? BackendChoice.DEFAULT_FILE.toString() : named,
            Path.of(""),
            root.terminal().environment());
    if (choice.kind() != BackendChoice.Kind.FILE) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          choice + " is served already; name a file with --catalog FILE, or --database URL");
    }
    return LocalCatalogBackend.open(Path.of(choice.location()));
  }
}
