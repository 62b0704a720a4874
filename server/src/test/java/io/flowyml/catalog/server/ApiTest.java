package io.flowyml.catalog.server;

import static io.flowyml.catalog.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.internal.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only HTTP has; what the catalog does is held by the contract over the same routes. */
class ApiTest {
  private Served served;

  @BeforeEach
  void serve() {
    served = new Served();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> register(String id) {
    return served.post(
        "artifacts", "{\"id\":\"%s\",\"name\":\"m\",\"artifact_type\":\"Model\"}".formatted(id));
  }

  private static List<Map<String, Object>> lines(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body().lines().map(line -> Json.parseObject(line, "a line")).toList();
  }

  @Test
  void batch_answersALineForEach_andNamesBadOnes() {
    var answer =
        lines(
            served.postLines(
                "artifacts",
                """
                {"id":"a","name":"m","artifact_type":"Model"}
                {"name":"m"

                {"name":"m","artifact_type":"Model","nonsense":1}
                {"id":"b","name":"m","artifact_type":"Model","parent_ids":["a"]}
                {"id":"c","name":"m","artifact_type":"Model","parent_ids":["nothing"]}
                """));
    assertThat(answer).extracting(l -> l.get("line")).containsExactly(1L, 2L, 4L, 5L, 6L);
    assertThat(answer)
        .extracting(l -> l.get("status"))
        .containsExactly("created", "refused", "refused", "created", "refused");
    assertThat(answer.get(2).get("error").toString()).contains("line 4", "nonsense");
    assertThat(answer.get(4).get("error").toString()).contains("unknown_parent");
    assertThat(json(served.get("stats"))).containsEntry("artifacts", 2L);
  }

  @Test
  void registerSentTwiceAtOnce_happensOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (int i = 0; i < 16; i++) {
        answers.add(threads.submit(() -> register("m1")));
      }
      var statuses = new ArrayList<Integer>();
      for (var answer : answers) {
        statuses.add(answer.get().statusCode());
        assertThat(json(answer.get())).containsEntry("version", "1");
      }
      assertThat(statuses).containsOnlyOnce(201).contains(200);
    }
    assertThat(json(served.get("stats"))).containsEntry("seq", 1L);
  }

  @Test
  void aliasMoves_onlyWhereItPointsAtWhatTheCallerSaw() {
    register("one");
    register("two");
    var path = "names/m/aliases/production";
    assertThat(moved(path, "one", "If-None-Match", "*").statusCode()).isEqualTo(200);
    var again = moved(path, "two", "If-None-Match", "*");
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(json(again)).containsEntry("code", "alias_moved");
    var tag = served.get(path).headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isEqualTo("\"one\"");
    served.send("PATCH", "artifacts/one/tags", "{\"a\":1}");
    assertThat(served.get(path).headers().firstValue("ETag")).hasValue(tag);
    assertThat(moved(path, "two", "If-Match", tag).statusCode()).isEqualTo(200);
    assertThat(moved(path, "one", "If-Match", tag).statusCode()).isEqualTo(412);
    assertThat(json(served.get(path))).containsEntry("artifact_id", "two");
    assertThat(served.send("DELETE", path, "").statusCode()).isEqualTo(200);
    assertThat(served.get(path).statusCode()).isEqualTo(404);
    assertThat(json(served.get(path + "/history")).get("items").toString()).contains("dropped");
  }

  private HttpResponse<String> moved(String path, String to, String header, String value) {
    return served.send(
        served
            .request(path)
            .header("Content-Type", "application/json")
            .header(header, value)
            .PUT(BodyPublishers.ofString("{\"artifact\":\"" + to + "\"}")));
  }

  @Test
  void diff_isOfTwoArtifacts_orOfOneAtTwoTimes() {
    register("one");
    served.send("PATCH", "artifacts/one/tags", "{\"stage\":\"staging\"}");
    served.send("PATCH", "artifacts/one/tags", "{\"stage\":\"production\"}");
    register("two");
    var times = json(served.get("diff?from=one&from_as_of=2&to_as_of=3"));
    assertThat(times.get("changes").toString())
        .isEqualTo("{tags={stage={from=staging, to=production}}}");
    assertThat(json(served.get("diff?from=m%3A1&to=two")).get("changes").toString())
        .contains("tags={stage={from=production}}", "version={from=1, to=2}");
    assertThat(json(served.get("diff?from=one&to=one&as_of=2&from_as_of=1")).get("changes"))
        .hasToString("{tags={stage={to=staging}}}");
    assertThat(json(served.get("diff?from=one"))).containsEntry("code", "invalid_argument");
    assertThat(served.get("diff?from=one&to=three").statusCode()).isEqualTo(404);
  }

  @Test
  void stats_areAskedAsOfATimeToo() {
    register("one");
    register("two");
    assertThat(json(served.get("stats?as_of=1"))).containsEntry("artifacts", 1L);
    assertThat(served.get("stats?as_of=3").statusCode()).isEqualTo(400);
  }

  @Test
  void pages_areLinked() {
    for (int i = 0; i < 5; i++) {
      register("m" + i);
    }
    var ids = new ArrayList<Object>();
    var next = Served.PROJECT + "/search?q=type%3AModel&limit=2";
    while (next != null) {
      var page = served.get(next);
      ((List<?>) json(page).get("items")).forEach(item -> ids.add(((Map<?, ?>) item).get("id")));
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> link.substring(1, link.indexOf('>')))
              .orElse(null);
    }
    assertThat(ids).containsExactly("m4", "m3", "m2", "m1", "m0");
  }

  @Test
  void anotherArtifactsChange_changesTheTag() {
    var body =
        "{\"id\":\"%s\",\"name\":\"m\",\"artifact_type\":\"T\",\"content_hash\":\"%s\",\"hash_origin\":\"computed\"}";
    served.post("artifacts", body.formatted("one", "a".repeat(64)));
    served.post("artifacts", body.formatted("two", "a".repeat(64)));
    var tag = served.get("artifacts/two").headers().firstValue("ETag").orElseThrow();
    served.send("DELETE", "artifacts/one", "");
    var answer = served.send(served.request("artifacts/two").header("If-None-Match", tag));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer)).doesNotContainKey("duplicate_of");
  }

  @Test
  void gzip_whereItIsAsked() throws IOException, InterruptedException {
    for (int i = 0; i < 10; i++) {
      register("m" + i);
    }
    var plain = served.get("artifacts");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    for (var path : List.of("artifacts", "export")) {
      try (var client = HttpClient.newHttpClient()) {
        var answer =
            client.send(
                served.request(path).header("Accept-Encoding", "br, gzip;q=0.5").build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        var text =
            new String(
                new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(text).isEqualTo(served.get(path).body());
      }
    }
  }

  @Test
  void lineage_inEveryForm() {
    register("one");
    served.post(
        "artifacts",
        "{\"id\":\"two\",\"name\":\"d\",\"artifact_type\":\"T\",\"parent_ids\":[\"one\"]}");
    assertThat(json(served.get("artifacts/two/lineage"))).containsKeys("artifact", "parents");
    assertThat(json(served.get("artifacts/two/lineage?direction=up&depth=2")))
        .containsKeys("nodes", "edges", "truncated");
    assertThat(served.get("artifacts/two/lineage?direction=up&format=mermaid").body())
        .startsWith("graph TD");
    assertThat(served.get("artifacts/two/lineage?format=dot").body()).startsWith("digraph");
    assertThat(served.get("artifacts/two/lineage?depth=2").statusCode()).isEqualTo(400);
    assertThat(json(served.get("path?from=two&to=one")).get("items").toString()).contains("one");
  }

  @Test
  void pastState_isAnswered_andCannotBeChanged() {
    register("one");
    served.send("PATCH", "artifacts/one/tags", "{\"stage\":\"production\"}");
    assertThat(json(served.get("artifacts/one?as_of=1"))).containsEntry("tags", Map.of());
    assertThat(served.send("PATCH", "artifacts/one/tags?as_of=1", "{}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void deleteRestorePurge() {
    register("one");
    var gone = served.send("DELETE", "artifacts/one", "");
    assertThat(json(gone)).containsKey("deleted_at");
    assertThat(served.get("artifacts/one").statusCode()).isEqualTo(410);
    assertThat(served.get("artifacts/one?include_deleted=true").body()).isEqualTo(gone.body());
    assertThat(served.post("artifacts/one/restore", "").statusCode()).isEqualTo(200);
    served.send("DELETE", "artifacts/one", "");
    var report = served.post("purge", "{\"older_than\":\"PT0S\",\"dry_run\":true}");
    assertThat(json(report)).containsEntry("ids", List.of("one"));
    assertThat(served.post("purge", "{\"older_than\":\"yesterday\"}").statusCode()).isEqualTo(400);
  }
}
