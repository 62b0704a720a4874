package io.flowyml.catalog.cli;

import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.spi.ServerBackend;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server serves, and its keys are made in: a database, or a file. Never the endpoint that
 * clients are set to, which may be this server itself.
 */
final class ServedCatalog {
  private ServedCatalog() {}

  /**
   * @param database a PostgreSQL URL; {@code null} for the file that {@code --catalog} names
   */
  static ServerBackend open(RootCommand root, @Nullable String database) {
    if (database != null) {
      return PostgresCatalogBackend.open(database);
    }
    var choice = root.fileChoice();
    if (choice.kind() != BackendChoice.Kind.FILE) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          choice + " is served already; name a file with --catalog FILE, or --database URL");
    }
    return LocalCatalogBackend.open(Path.of(choice.location()));
  }
}
