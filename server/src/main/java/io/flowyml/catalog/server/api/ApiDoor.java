package io.flowyml.catalog.server.api;

import static io.flowyml.catalog.server.Permission.ADMIN;
import static io.flowyml.catalog.server.Permission.PUBLIC;
import static io.flowyml.catalog.server.Permission.READER;
import static io.flowyml.catalog.server.Permission.WRITER;

import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.server.Door;
import io.flowyml.catalog.server.Handler;
import io.flowyml.catalog.server.Permission;
import io.flowyml.catalog.server.Route;
import java.util.Arrays;
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
        Route.of("GET", "/", Discovery::ofRoot).needs(PUBLIC),
        Route.of("GET", "/api/v1/catalog", Discovery::ofServer).needs(PUBLIC),
        Route.of("GET", PROJECT + "/catalog", Discovery::ofProject).needs(PUBLIC),
        read(
            "/artifacts",
            Reading::list,
            "artifact_type",
            "source_pipeline",
            "source_step",
            "tags",
            "limit",
            "cursor"),
        write("POST", "/artifacts", Registering::register),
        read("/artifacts/{ref}", Reading::artifact, "include_deleted"),
        write("DELETE", "/artifacts/{ref}", Changing::delete, "force"),
        write("POST", "/artifacts/{ref}/restore", Changing::restore),
        read("/artifacts/{ref}/tags", Reading::tags),
        write("PATCH", "/artifacts/{ref}/tags", Changing::tag),
        read("/artifacts/{ref}/metadata", Reading::metadata),
        write("PATCH", "/artifacts/{ref}/metadata", Changing::metadata),
        write("POST", "/artifacts/{ref}/parents", Changing::addParents),
        read("/artifacts/{ref}/lineage", Tracing::lineage, "direction", "depth", "limit", "format"),
        read("/artifacts/{ref}/history", Histories::ofArtifact, "limit", "cursor"),
        read("/names/{name}/versions", Reading::versions, "limit", "cursor"),
        read("/names/{name}/history", Histories::ofName, "limit", "cursor"),
        read("/names/{name}/aliases/{alias}", Aliases::get),
        write("PUT", "/names/{name}/aliases/{alias}", Aliases::move),
        write("DELETE", "/names/{name}/aliases/{alias}", Aliases::drop),
        read("/names/{name}/aliases/{alias}/history", Histories::ofAlias, "limit", "cursor"),
        read("/hashes/{hash}", Reading::byHash),
        read("/resolve", Reading::resolve, "ref"),
        read("/path", Tracing::path, "from", "to", "directed"),
        read("/diff", Reading::diff, "from", "to", "from_as_of", "to_as_of"),
        read("/search", Reading::search, "q", "limit", "cursor"),
        asked("/search", Reading::searchBody),
        read("/facets", Reading::facets, "q", "by", "values"),
        read("/explain", Reading::explain, "q"),
        asked("/list", Reading::listBody),
        write("POST", "/changes", Changing::changes),
        read("/events", Histories::ofProject, "limit", "cursor"),
        read("/stats", Reading::stats),
        read("/export", Transfer::export, "after", "limit"),
        manage("/import", Transfer::importLines),
        manage("/purge", Transfer::purge));
  }

  /** Every read can be asked as of a time or an event. */
  private static Route read(String path, Handler handler, String... parameters) {
    var all = Arrays.copyOf(parameters, parameters.length + 1);
    all[parameters.length] = Call.AS_OF;
    return route("GET", path, handler, READER).query(all);
  }

  /** A question that may be too long for a URL. */
  private static Route asked(String path, Handler handler) {
    return route("POST", path, handler, READER).query(Call.AS_OF);
  }

  private static Route write(String method, String path, Handler handler, String... parameters) {
    return route(method, path, handler, WRITER).query(parameters);
  }

  private static Route manage(String path, Handler handler) {
    return route("POST", path, handler, ADMIN);
  }

  private static Route route(String method, String path, Handler handler, Permission permission) {
    return Route.of(method, PROJECT + path, handler).needs(permission);
  }
}
