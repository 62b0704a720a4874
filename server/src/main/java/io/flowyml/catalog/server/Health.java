package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.spi.Scope;
import java.util.List;
import java.util.Map;

/**
 * Whether the process lives, and whether it wants requests: for load balancers and orchestrators.
 */
final class Health implements Door {
  private final CatalogBackend backend;
  private final Traffic traffic;

  Health(CatalogBackend backend, Traffic traffic) {
    this.backend = backend;
    this.traffic = traffic;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/health/live", call -> up()).needs(Permission.PUBLIC),
        Route.of("GET", "/health/ready", call -> ready()).needs(Permission.PUBLIC));
  }

  private static Answer up() {
    return Answer.json(Map.of("status", "up")).header("Cache-Control", "no-store");
  }

  /** Fails as the storage fails; a server that stops is not ready either. */
  private Answer ready() {
    if (!traffic.isReady()) {
      throw new CatalogException(ErrorCode.OVERLOADED, "the server is stopping; ask another one");
    }
    backend.find(new Scope("default", "health"), "health");
    return up();
  }
}
