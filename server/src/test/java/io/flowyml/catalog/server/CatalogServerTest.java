package io.flowyml.catalog.server;

import static io.flowyml.catalog.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.server.api.ApiDoor;
import io.flowyml.catalog.spi.Scope;
import io.flowyml.catalog.spi.ServerBackend;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogServerTest {
  private Served served;

  @BeforeEach
  void serve() {
    served = new Served();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void whatIsRegistered_isAnswered() {
    var made =
        served.post(
            "artifacts",
            """
            {"id":"m/1 ö","name":"vision/resnet","artifact_type":"Model","tags":{"f1":0.5}}\
            """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(400);
    made =
        served.post(
            "artifacts",
            """
            {"id":"m1","name":"vision/resnet","artifact_type":"Model","tags":{"f1":0.5}}\
            """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location"))
        .hasValue("/api/v1/projects/default/artifacts/m1");
    for (var reference : List.of("m1", "vision%2Fresnet", "vision%2Fresnet:1")) {
      var got = served.get("artifacts/" + reference);
      assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
      assertThat(got.body()).isEqualTo(made.body());
      assertThat(json(got)).containsEntry("version", "1").containsEntry("tags", Map.of("f1", 0.5));
    }
  }

  @Test
  void requestId_comesBack_orIsMade() {
    var given = served.send(served.request("/health/live").header("X-Request-Id", "abc-1"));
    assertThat(given.headers().firstValue("X-Request-Id")).hasValue("abc-1");
    var made = served.send(served.request("/nowhere").header("X-Request-Id", "not good!"));
    assertThat(made.headers().firstValue("X-Request-Id").orElseThrow()).hasSize(36);
  }

  @Test
  void whatIsNotThere_isAProblem() {
    var path = served.get("/nowhere");
    assertThat(path.statusCode()).isEqualTo(404);
    assertThat(path.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(path)).containsEntry("code", "not_found").containsEntry("status", 404L);
    var method = served.send("PATCH", "/health/live", "{}");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).hasValue("GET, HEAD");
    var artifact = served.get("artifacts/nothing");
    assertThat(artifact.statusCode()).isEqualTo(404);
    assertThat(json(artifact)).containsEntry("reference", "nothing");
    assertThat(served.get("artifacts/").statusCode()).isEqualTo(404);
  }

  @Test
  void unknownParameters_areNamed() {
    var answer = served.get("artifacts/m1?include_delted=true&x=1");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer)).containsEntry("fields", List.of("include_delted", "x"));
  }

  @Test
  void unknownFields_areNamed() {
    var answer =
        served.post("artifacts", "{\"name\":\"m\",\"artifact_type\":\"Model\",\"seq\":1,\"x\":2}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer)).containsEntry("fields", List.of("seq", "x"));
  }

  @Test
  void valuesOfAnotherType_areRefusedByTheirField() {
    var wrong = new HashMap<String, List<Object>>();
    for (var text : List.of("id", "name", "artifact_type", "version", "uri", "source_step")) {
      wrong.put(text, List.of(5, true, List.of("m"), Map.of("m", 1)));
    }
    wrong.put("parent_ids", List.of("p", 5, Map.of("p", 1), List.of(5)));
    wrong.put("aliases", List.of("gold", Map.of("gold", 1), List.of(true)));
    wrong.put("tags", List.of("stage", 5, List.of("stage"), Map.of("stage", List.of(1))));
    wrong.put("metadata", List.of("x", 5, List.of("x")));
    wrong.forEach(
        (field, values) -> {
          for (var value : values) {
            var record = new HashMap<String, Object>(Map.of("name", "m", "artifact_type", "T"));
            record.put(field, value);
            var answer = served.post("artifacts", Json.write(record));
            assertThat(answer.statusCode()).as("%s: %s", record, answer.body()).isEqualTo(400);
            assertThat(answer.body())
                .as("%s", record)
                .contains("\"code\":\"invalid_argument\"", field)
                .doesNotContain("java.");
          }
        });
    assertThat(served.get("artifacts/m").statusCode()).isEqualTo(404);
  }

  @Test
  void formsAndPlainText_areRefused() {
    for (var type : List.of("application/x-www-form-urlencoded", "text/plain")) {
      var answer =
          served.send(
              served
                  .request("artifacts")
                  .header("Content-Type", type)
                  .POST(
                      java.net.http.HttpRequest.BodyPublishers.ofString(
                          "{\"name\":\"m\",\"artifact_type\":\"Model\"}")));
      assertThat(answer.statusCode()).isEqualTo(415);
    }
    assertThat(served.get("artifacts/m").statusCode()).isEqualTo(404);
  }

  @Test
  void brokenEscapes_areRefused() {
    assertThat(served.get("artifacts/%FF").statusCode()).isEqualTo(400);
    assertThat(served.get("artifacts/a%00b").statusCode()).isEqualTo(400);
    assertThat(served.get("artifacts/m?include_deleted=%FF").statusCode()).isEqualTo(400);
  }

  @Test
  void bodyAboveTheLimit_isRefused() {
    var body = "{\"name\":\"" + "x".repeat(8 * 1024 * 1024) + "\",\"artifact_type\":\"T\"}";
    var answer = served.post("artifacts", body);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(json(answer)).containsEntry("code", "limit_exceeded");
    assertThat(served.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void sameAnswer_isNotSentAgain() {
    served.post("artifacts", "{\"id\":\"m\",\"name\":\"m\",\"artifact_type\":\"Model\"}");
    var first = served.get("artifacts/m");
    var tag = first.headers().firstValue("ETag").orElseThrow();
    var again = served.send(served.request("artifacts/m").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void head_hasNoBody() {
    var answer =
        served.send(
            served
                .request("/health/live")
                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void readiness_goesDownFirst() {
    assertThat(served.get("/health/ready").statusCode()).isEqualTo(200);
    served.server().unready();
    var answer = served.get("/health/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(served.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void routeWithoutAPermission_doesNotStart() {
    var route = Route.of("GET", "/open", call -> Answer.json(Map.of()));
    assertThatThrownBy(() -> new RouteTable(List.of(route)))
        .hasMessageContaining("GET /open declares no permission");
    assertThatThrownBy(
            () ->
                new RouteTable(
                    List.of(route.needs(Permission.PUBLIC), route.needs(Permission.ADMIN))))
        .hasMessageContaining("twice");
  }

  private static CatalogServer start(ServerBackend backend, ServerStop stop, Route... routes) {
    return CatalogServer.start(
        new ServerSettings(ServerSettings.LOOPBACK, 0, ServerLimits.DEFAULT, null, stop),
        backend,
        Access.open(),
        new Traffic(10),
        new RouteTable(List.of(routes)));
  }

  /** Breaks after so many bytes, which cannot be compressed. */
  private static Route breaking(String path, int bytes) {
    return Route.of(
            "GET",
            path,
            call ->
                Answer.lines(
                    out -> {
                      var random = new byte[bytes];
                      new Random(1).nextBytes(random);
                      for (int i = 0; i < bytes; i += 100) {
                        out.write(random, i, Math.min(100, bytes - i));
                      }
                      throw new CatalogException(ErrorCode.CORRUPT, "the disk broke");
                    }))
        .needs(Permission.PUBLIC);
  }

  @Test
  void streamThatFails_isCutOff_howeverItIsSent() {
    try (var backend = LocalCatalogBackend.inMemory();
        var server = start(backend, ServerStop.DEFAULT, breaking("/lines", 1 << 20))) {
      for (var encoding : List.of("identity", "gzip")) {
        var head = "GET /lines HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + encoding;
        var answer = RawHttp.untilTheEnd(server.port(), head + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").hasSizeGreaterThan(1 << 19);
        assertThat(answer).as(encoding).doesNotEndWith("0\r\n\r\n");
        assertThatThrownBy(() -> ask(server, encoding)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void exportThatFails_isNoExport_forTheClient() {
    var path = "/api/v1/projects/{project}/export";
    var routes = new ArrayList<Route>(new ApiDoor().routes());
    routes.removeIf(route -> route.path().equals(path));
    routes.add(breaking(path, 1 << 20));
    try (var backend = LocalCatalogBackend.inMemory();
        var server = start(backend, ServerStop.DEFAULT, routes.toArray(Route[]::new));
        var client = new RemoteCatalogBackend(server.uri().resolve("/api/v1/catalog"), null)) {
      assertThatThrownBy(() -> client.export(new Scope("default", "me"), new StringBuilder()))
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining("the answer broke off");
    }
  }

  @Test
  void streamThatFailsBeforeItBegan_isAProblem() throws Exception {
    try (var backend = LocalCatalogBackend.inMemory();
        var server = start(backend, ServerStop.DEFAULT, breaking("/lines", 10))) {
      for (var encoding : List.of("identity", "gzip")) {
        var answer = ask(server, encoding);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(json(answer)).containsEntry("code", "corrupt");
      }
    }
  }

  private static HttpResponse<String> ask(CatalogServer server, String encoding)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.uri() + "/lines"))
              .header("Accept-Encoding", encoding)
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void close_givesNotice_andLetsWhatIsUnderWayFinish() throws Exception {
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var slow =
        Route.of(
                "GET",
                "/slow",
                call -> {
                  begun.countDown();
                  try {
                    assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  return Answer.json(Map.of("done", true));
                })
            .needs(Permission.PUBLIC);
    var stop = new ServerStop(Duration.ofMillis(500), Duration.ofSeconds(20));
    try (var backend = LocalCatalogBackend.inMemory();
        var client = HttpClient.newHttpClient()) {
      var traffic = new Traffic(10);
      var routes = new ArrayList<Route>(new Health(backend, traffic).routes());
      routes.add(slow);
      var server =
          CatalogServer.start(
              new ServerSettings(ServerSettings.LOOPBACK, 0, ServerLimits.DEFAULT, null, stop),
              backend,
              Access.open(),
              traffic,
              new RouteTable(routes));
      var uri = server.uri();
      var answer = client.sendAsync(to(uri, "/slow"), BodyHandlers.ofString());
      begun.await();
      var closing = new Thread(server::close);
      closing.start();
      while (status(client, uri, "/health/ready") == 200) {
        assertThat(closing.isAlive()).isTrue();
      }
      assertThat(status(client, uri, "/health/live")).as("within the notice").isEqualTo(200);
      while (status(client, uri, "/health/live") == 200) {
        assertThat(closing.isAlive()).isTrue();
      }
      mayEnd.countDown();
      closing.join();
      assertThat(answer.get().body()).isEqualTo("{\"done\":true}");
      assertThatThrownBy(() -> status(client, uri, "/health/live"))
          .isInstanceOf(ConnectException.class);
    }
  }

  private static HttpRequest to(URI server, String path) {
    return HttpRequest.newBuilder(server.resolve(path)).build();
  }

  private static int status(HttpClient client, URI uri, String path)
      throws IOException, InterruptedException {
    return client.send(to(uri, path), BodyHandlers.discarding()).statusCode();
  }
}
