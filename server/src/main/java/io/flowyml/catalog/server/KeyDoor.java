package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.KeyJson;
import io.flowyml.catalog.spi.ApiKey;
import io.flowyml.catalog.spi.ServerBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys over HTTP. Who holds a key for some projects hands out and takes back keys for these alone.
 */
final class KeyDoor implements Door {
  private static final String PROJECT = "/api/v1/projects/{project}";
  private static final String KEYS = PROJECT + "/admin/keys";

  private final KeyDesk desk;

  KeyDoor(ServerBackend backend) {
    this.desk = new KeyDesk(backend);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", PROJECT + "/key", KeyDoor::own).needs(Permission.READER),
        Route.of("GET", KEYS, this::list).needs(Permission.ADMIN),
        Route.of("POST", KEYS, this::issue).needs(Permission.ADMIN),
        Route.of("DELETE", KEYS + "/{key}", this::revoke).needs(Permission.ADMIN));
  }

  /** The caller's own key, so that whoever holds one can find out what it is good for. */
  private static Answer own(Call call) {
    var key = call.principal().key();
    return Answer.json(key == null ? Map.of() : Map.of("key", KeyJson.toMap(key)))
        .header("Cache-Control", "no-store");
  }

  private Answer list(Call call) {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var key : desk.list()) {
      if (key.covers(call.project())) {
        items.add(KeyJson.toMap(key));
      }
    }
    return Answer.json(Map.of("items", items));
  }

  private Answer issue(Call call) {
    var body = call.json();
    var fields = new Fields(body, "the request body");
    fields.refuseOthers(Set.of("name", "role", "projects", "expires_at"));
    var projects =
        body.containsKey("projects") ? fields.texts("projects") : List.of(call.project());
    refuseBeyond(call.principal().key(), projects);
    var issued =
        desk.issue(
            fields.neededText("name"),
            fields.neededConstant("role", ApiKey.Role.class),
            projects,
            fields.time("expires_at"),
            call.principal().actor());
    var map = new LinkedHashMap<String, @Nullable Object>(KeyJson.toMap(issued.key()));
    map.put("key", issued.text());
    return Answer.json(map).status(201).header("Cache-Control", "no-store");
  }

  private Answer revoke(Call call) {
    var key = desk.find(call.path("key"));
    if (!key.covers(call.project())) {
      throw KeyDesk.unknown(call.path("key"));
    }
    refuseBeyond(call.principal().key(), key.projects());
    return Answer.json(KeyJson.toMap(desk.revoke(key.id())));
  }

  private static void refuseBeyond(@Nullable ApiKey own, List<String> projects) {
    if (own == null || own.projects().isEmpty()) {
      return;
    }
    if (projects.isEmpty() || !own.projects().containsAll(projects)) {
      throw new CatalogException(
          ErrorCode.FORBIDDEN,
          "the key %s is for %s alone, so it cannot make or end a key for more"
              .formatted(own.name(), String.join(", ", own.projects())),
          Map.of("projects", own.projects()),
          null);
    }
  }
}
