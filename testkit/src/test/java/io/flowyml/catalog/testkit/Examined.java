package io.flowyml.catalog.testkit;

import io.flowyml.catalog.internal.sql.SqlCatalogBackend;
import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.spi.CatalogBackend;
import java.util.List;

/** What the database's own check and the tables say against a catalog. */
final class Examined {
  private Examined() {}

  static List<String> problems(CatalogBackend backend) {
    return ((SqlCatalogBackend) backend)
        .diagnose().stream().filter(Finding::problem).map(Finding::text).toList();
  }
}
