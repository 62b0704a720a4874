package io.flowyml.catalog.server.flowyml;

import static io.flowyml.catalog.server.Permission.READER;
import static io.flowyml.catalog.server.Permission.WRITER;

import io.flowyml.catalog.server.Door;
import io.flowyml.catalog.server.Handler;
import io.flowyml.catalog.server.Permission;
import io.flowyml.catalog.server.Route;
import io.flowyml.catalog.spi.ServerBackend;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes of FlowyML's client, at each endpoint that its users may have set. Its ids come
 * unencoded, with slashes where they have some.
 */
public final class FlowymlDoor implements Door {
  private static final List<String> BASES =
      List.of("", "/api/v1/catalog", "/api/v1/projects/{project}/catalog");

  private final ServerBackend backend;

  public FlowymlDoor(ServerBackend backend) {
    this.backend = backend;
  }

  @Override
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (var base : BASES) {
      var artifacts = base + "/artifacts";
      var one = artifacts + "/{id...}";
      var writing = new Writing(backend, one);
      var reading = new Reading(backend, one);
      routes.add(route("POST", artifacts, WRITER, writing::register));
      routes.add(route("GET", artifacts, READER, reading::list));
      routes.add(route("GET", artifacts + "/search", READER, reading::search));
      routes.add(route("GET", artifacts + "/by-hash", READER, reading::byHash));
      routes.add(route("GET", one, READER, reading::get));
      routes.add(route("GET", one + "/lineage", READER, reading::lineage));
      routes.add(route("PUT", one + "/tags", WRITER, writing::tag));
      routes.add(route("DELETE", one, WRITER, writing::delete));
    }
    return routes;
  }

  private static Route route(String method, String path, Permission permission, Handler handler) {
    return Route.of(method, path, handler).needs(permission).tolerant();
  }
}
