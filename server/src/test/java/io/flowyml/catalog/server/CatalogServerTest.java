package io.flowyml.catalog.server;

import static io.flowyml.catalog.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
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
}
