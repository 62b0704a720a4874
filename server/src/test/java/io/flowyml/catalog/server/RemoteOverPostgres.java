package io.flowyml.catalog.server;

import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.testkit.CatalogContract;
import io.flowyml.catalog.testkit.PostgresServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * The whole contract of a backend, over HTTP and PostgreSQL. Meant for the oldest PostgreSQL, so
 * that one run shows both.
 */
class RemoteOverPostgres extends CatalogContract {
  private final IdentityHashMap<CatalogBackend, PostgresCatalogBackend> behind =
      new IdentityHashMap<>();
  private final List<CatalogServer> servers = new ArrayList<>();

  @Override
  protected CatalogBackend open() {
    var database = PostgresCatalogBackend.open(PostgresServer.shared().emptyDatabase());
    var server =
        CatalogServer.start(
            new ServerSettings(ServerSettings.LOOPBACK, 0), database, Access.open());
    var remote = new RemoteCatalogBackend(URI.create(server.uri() + "/api/v1/catalog"), null);
    servers.add(server);
    behind.put(remote, database);
    return remote;
  }

  @AfterEach
  void stop() {
    servers.forEach(CatalogServer::close);
    behind.values().forEach(CatalogBackend::close);
    servers.clear();
    behind.clear();
  }

  @Override
  protected List<String> contradictions(CatalogBackend backend) {
    return behind.get(backend).diagnose().stream()
        .filter(Finding::problem)
        .map(Finding::text)
        .toList();
  }
}
