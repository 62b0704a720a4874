package io.flowyml.catalog.testkit;

import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import java.util.List;

class PostgresCatalogTest extends CatalogContract {
  @Override
  protected CatalogBackend open() {
    return PostgresCatalogBackend.open(PostgresServer.shared().emptyDatabase());
  }

  @Override
  protected List<String> contradictions(CatalogBackend backend) {
    return Examined.problems(backend);
  }
}
