package io.flowyml.catalog.server;

import io.flowyml.catalog.internal.sql.SqlCatalogBackend;
import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.testkit.CatalogContract;
import java.net.URI;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The whole contract of a backend, over HTTP. */
class RemoteCatalogTest extends CatalogContract {
  private final IdentityHashMap<CatalogBackend, SqlCatalogBackend> behind = new IdentityHashMap<>();
  private final List<CatalogServer> servers = new java.util.ArrayList<>();

  /** An empty catalog to be served. */
  SqlCatalogBackend served() {
    return LocalCatalogBackend.inMemory();
  }

  @Override
  protected CatalogBackend open() {
    var served = served();
    var server =
        CatalogServer.start(new ServerSettings(ServerSettings.LOOPBACK, 0), served, Access.open());
    var remote = new RemoteCatalogBackend(URI.create(server.uri() + "/api/v1/catalog"), null);
    servers.add(server);
    behind.put(remote, served);
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
