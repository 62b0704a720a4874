package io.flowyml.catalog.server.api;

import static io.flowyml.catalog.server.Permission.READER;
import static io.flowyml.catalog.server.Permission.WRITER;

import io.flowyml.catalog.server.Door;
import io.flowyml.catalog.server.Handler;
import io.flowyml.catalog.server.Permission;
import io.flowyml.catalog.server.Route;
import java.util.List;

/**
 * The routes of the catalog's own API. Its texts in paths are decoded one segment at a time, so a
 * reference with a slash in it is written with {@code %2F}.
 */
public final class ApiDoor implements Door {
  private static final String BASE = "/api/v1/projects/{project}";

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/catalog", Discovery::ofServer).needs(Permission.PUBLIC),
        Route.of("GET", BASE + "/catalog", Discovery::ofProject).needs(Permission.PUBLIC),
        post("/artifacts", Registering::register),
        get("/artifacts/{ref}", Reading::artifact).query("include_deleted"));
  }

  private static Route get(String path, Handler handler) {
    return Route.of("GET", BASE + path, handler).needs(READER);
  }

  private static Route post(String path, Handler handler) {
    return Route.of("POST", BASE + path, handler).needs(WRITER);
  }
}
