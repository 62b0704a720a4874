package io.flowyml.catalog.server.api;

import static io.flowyml.catalog.server.Permission.ADMIN;
import static io.flowyml.catalog.server.Permission.PUBLIC;
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
  private static final String PROJECT = "/api/v1/projects/{project}";

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/catalog", Discovery::ofServer).needs(PUBLIC),
        Route.of("GET", PROJECT + "/catalog", Discovery::ofProject).needs(PUBLIC),
        read("/artifacts", Reading::list)
            .query("artifact_type", "source_pipeline", "source_step", "tags", "limit", "cursor"),
        write("POST", "/artifacts", Registering::register),
        read("/artifacts/{ref}", Reading::artifact).query("include_deleted"),
        write("DELETE", "/artifacts/{ref}", Changing::delete).query("force"),
        write("POST", "/artifacts/{ref}/restore", Changing::restore),
        read("/artifacts/{ref}/tags", Reading::tags),
        write("PATCH", "/artifacts/{ref}/tags", Changing::tag),
        read("/artifacts/{ref}/metadata", Reading::metadata),
        write("PATCH", "/artifacts/{ref}/metadata", Changing::metadata),
        write("POST", "/artifacts/{ref}/parents", Changing::addParents),
        read("/artifacts/{ref}/lineage", Tracing::lineage)
            .query("direction", "depth", "limit", "format"),
        read("/artifacts/{ref}/history", Histories::ofArtifact).query("limit", "cursor"),
        read("/names/{name}/versions", Reading::versions).query("limit", "cursor"),
        read("/names/{name}/history", Histories::ofName).query("limit", "cursor"),
        read("/names/{name}/aliases/{alias}", Aliases::get),
        write("PUT", "/names/{name}/aliases/{alias}", Aliases::move),
        write("DELETE", "/names/{name}/aliases/{alias}", Aliases::drop),
        read("/names/{name}/aliases/{alias}/history", Histories::ofAlias).query("limit", "cursor"),
        read("/hashes/{hash}", Reading::byHash),
        read("/resolve", Reading::resolve).query("ref"),
        read("/path", Tracing::path).query("from", "to", "directed"),
        read("/search", Reading::search).query("q", "limit", "cursor"),
        asked("/search", Reading::searchBody),
        asked("/list", Reading::listBody),
        write("POST", "/changes", Changing::changes),
        read("/events", Histories::ofProject).query("limit", "cursor"),
        read("/stats", Reading::stats),
        read("/export", Transfer::export),
        manage("/import", Transfer::importLines),
        manage("/purge", Transfer::purge));
  }

  private static Route read(String path, Handler handler) {
    return route("GET", path, handler, READER);
  }

  /** A question that may be too long for a URL. */
  private static Route asked(String path, Handler handler) {
    return route("POST", path, handler, READER);
  }

  private static Route write(String method, String path, Handler handler) {
    return route(method, path, handler, WRITER);
  }

  private static Route manage(String path, Handler handler) {
    return route("POST", path, handler, ADMIN);
  }

  private static Route route(String method, String path, Handler handler, Permission permission) {
    return Route.of(method, PROJECT + path, handler).needs(permission);
  }
}
