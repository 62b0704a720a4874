package io.flowyml.catalog.server;

import io.flowyml.catalog.internal.sql.SqlCatalogBackend;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.testkit.PostgresServer;

/**
 * The whole contract of a backend, over HTTP and PostgreSQL. Meant for the oldest PostgreSQL, so
 * that one run shows both.
 */
class RemoteOverPostgres extends RemoteCatalogTest {
  @Override
  SqlCatalogBackend served() {
    return PostgresCatalogBackend.open(PostgresServer.shared().emptyDatabase());
  }
}
