package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.spi.ApiKey.Role;
import io.flowyml.catalog.spi.ServerBackend;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route of the route table, with every kind of key. */
class AccessTest {
  private static final ServerSettings SETTINGS = new ServerSettings(ServerSettings.LOOPBACK, 0);
  private static final ServerBackend BACKEND = LocalCatalogBackend.inMemory();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final CatalogServer SERVER =
      CatalogServer.start(SETTINGS, BACKEND, Access.of(SETTINGS, BACKEND.keys()));
  private static final List<Route> ROUTES = SERVER.routes();

  private static String reader;
  private static String writer;
  private static String admin;
  private static String foreign;
  private static String expired;
  private static String revoked;

  @BeforeAll
  static void makeKeys() {
    var desk = new KeyDesk(BACKEND);
    reader = desk.issue("reader", Role.READER, List.of("default", "p"), null, "test").text();
    writer = desk.issue("writer", Role.WRITER, List.of("default", "p"), null, "test").text();
    admin = desk.issue("admin", Role.ADMIN, List.of("default", "p"), null, "test").text();
    foreign = desk.issue("foreign", Role.ADMIN, List.of("elsewhere"), null, "test").text();
    var gone = desk.issue("gone", Role.ADMIN, List.of(), null, "test");
    revoked = gone.text();
    desk.revoke(gone.key().id());
    var yesterday = Instant.now().minus(Duration.ofDays(1));
    expired =
        new KeyDesk(BACKEND, Clock.fixed(yesterday, ZoneOffset.UTC))
            .issue("late", Role.ADMIN, List.of(), yesterday.plusSeconds(60), "test")
            .text();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    BACKEND.close();
    CLIENT.close();
  }

  /** Something that is there at no route, so that a handler that runs changes nothing. */
  private static HttpResponse<String> call(Route route, @Nullable String key, String project) {
    var path = route.path().replace("{project}", project).replaceAll("\\{[^}]*}", "nothing");
    var request =
        HttpRequest.newBuilder(URI.create(SERVER.uri() + path))
            .header("Content-Type", "application/json")
            .method(
                route.method(),
                route.method().equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("no JSON"));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return send(request);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Route> guarded() {
    var routes = new ArrayList<Route>();
    for (var route : ROUTES) {
      if (route.permission() != Permission.PUBLIC) {
        routes.add(route);
      }
    }
    assertThat(routes).hasSizeGreaterThan(25);
    return routes;
  }

  @Test
  void noKey_anUnknown_anExpiredAndARevokedOne_areRefusedEverywhere() {
    var all = new SoftAssertions();
    for (var route : guarded()) {
      for (var key : new String[] {null, "", "fck_nonsense", expired, revoked}) {
        var answer = call(route, key, "p");
        all.assertThat(answer.statusCode()).as("%s with %s", route, key).isEqualTo(401);
        all.assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      }
    }
    all.assertAll();
  }

  @Test
  void eachRole_isLetInWhereItsPermissionReaches() {
    var all = new SoftAssertions();
    for (var route : guarded()) {
      var keys =
          Map.of(Permission.READER, reader, Permission.WRITER, writer, Permission.ADMIN, admin);
      keys.forEach(
          (held, key) -> {
            int status = call(route, key, "p").statusCode();
            if (held.compareTo(route.permission()) < 0) {
              all.assertThat(status).as("%s as %s", route, held).isEqualTo(403);
            } else {
              all.assertThat(status).as("%s as %s", route, held).isNotIn(401, 403, 500);
            }
          });
    }
    all.assertAll();
  }

  @Test
  void aForeignProject_answersAsOneThatDoesNotExist() {
    BACKEND.registerTolerant(
        new io.flowyml.catalog.spi.Scope("p", "test"),
        io.flowyml.catalog.Registration.artifact("x", "T"),
        null);
    var all = new SoftAssertions();
    for (var route : guarded()) {
      var there = call(route, foreign, "p");
      all.assertThat(there.statusCode()).as("%s", route).isEqualTo(404);
      if (route.path().contains("{project}")) {
        var nowhere = call(route, foreign, "q");
        all.assertThat(there.body())
            .isEqualTo(nowhere.body().replace("project q", "project p").replace("\"q\"", "\"p\""));
        all.assertThat(there.headers().map().keySet()).isEqualTo(nowhere.headers().map().keySet());
      }
    }
    all.assertAll();
  }

  @Test
  void publicRoutes_takeNoKey() {
    for (var route : ROUTES) {
      if (route.permission() == Permission.PUBLIC) {
        assertThat(call(route, null, "p").statusCode()).as("%s", route).isNotIn(401, 403);
        assertThat(call(route, revoked, "p").statusCode()).as("%s", route).isNotIn(401, 403);
      }
    }
  }

  @Test
  void whoDidIt_isTheKeysName_whateverTheCallerSays() {
    var made =
        send(
            HttpRequest.newBuilder(URI.create(SERVER.uri() + "/artifacts"))
                .header("Content-Type", "application/json")
                .header("Authorization", "bearer " + writer)
                .header("X-Flowyml-Actor", "someone")
                .POST(BodyPublishers.ofString("{\"name\": \"m\"}")));
    assertThat(Served.json(made)).containsEntry("created_by", "writer");
    var used = new KeyDesk(BACKEND).find("writer").lastUsedAt();
    assertThat(used).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void aRevokedKey_isOutAtOnce_onEveryServer() {
    var desk = new KeyDesk(BACKEND);
    var issued = desk.issue("short", Role.READER, List.of(), null, "test");
    try (var other = CatalogServer.start(SETTINGS, BACKEND, Access.of(SETTINGS, BACKEND.keys()))) {
      for (var server : List.of(SERVER, other)) {
        assertThat(list(server, issued.text())).isEqualTo(200);
      }
      desk.revoke(issued.key().id());
      for (var server : List.of(SERVER, other)) {
        assertThat(list(server, issued.text())).isEqualTo(401);
      }
    }
  }

  private static int list(CatalogServer server, String key) {
    return send(HttpRequest.newBuilder(URI.create(server.uri() + "/artifacts"))
            .header("Authorization", "Bearer " + key))
        .statusCode();
  }
}
