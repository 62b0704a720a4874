package io.flowyml.catalog.server.flowyml;

import static io.flowyml.catalog.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.server.Served;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowymlDoorTest {
  private static final String BASE = "/api/v1/catalog/artifacts";

  private Served served;

  @BeforeEach
  void serve() {
    served = new Served();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private static String entry(String id, String name, String more) {
    return """
    {"artifact_id": "%s", "name": "%s", "artifact_type": "Model", "content_hash": "",
     "source_step": "", "source_run_id": "", "source_pipeline": "", "uri": "", "created_at": ""%s}
    """
        .formatted(id, name, more);
  }

  private HttpResponse<String> register(String id, String name, String more) {
    var answer = served.post(BASE, entry(id, name, more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer;
  }

  private static List<Object> ids(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ((List<?>) Json.parsePython(answer.body())).stream().map(FlowymlDoorTest::id).toList();
  }

  private static Object id(Object entry) {
    return ((Map<?, ?>) entry).get("artifact_id");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/artifacts",
        "/api/v1/catalog/artifacts",
        "/api/v1/projects/a.b/catalog/artifacts"
      })
  void everyEndpoint_takesEveryCall(String base) {
    assertThat(served.post(base, entry("raw", "raw", "")).statusCode()).isEqualTo(201);
    var more = ", \"parent_ids\": [\"raw\"], \"content_hash\": \"abc\", \"tags\": {\"f1\": 0.5}";
    assertThat(served.post(base, entry("m", "fraud", more)).statusCode()).isEqualTo(201);
    assertThat(json(served.get(base + "/m"))).containsEntry("name", "fraud");
    assertThat(ids(served.get(base + "?limit=100"))).containsExactly("m", "raw");
    assertThat(ids(served.get(base + "/search?q=f1%3E0.4&limit=50"))).containsExactly("m");
    assertThat(json(served.get(base + "/by-hash?hash=abc"))).containsEntry("id", "m");
    var tagged = served.send("PUT", base + "/m/tags", "{\"stage\": \"staging\"}");
    assertThat(json(tagged)).containsEntry("tags", Map.of("f1", 0.5, "stage", "staging"));
    var lineage = json(served.get(base + "/raw/lineage"));
    assertThat(lineage.get("artifact")).asString().contains("name=raw");
    assertThat(lineage.get("parents")).asInstanceOf(LIST).isEmpty();
    assertThat(lineage.get("children")).asInstanceOf(LIST).hasSize(1);
    assertThat(served.send("DELETE", base + "/raw", "").statusCode()).isEqualTo(409);
    assertThat(served.send("DELETE", base + "/raw?force=true", "").statusCode()).isEqualTo(200);
    assertThat(served.get(base + "/raw").statusCode()).isEqualTo(410);
    assertThat(ids(served.get(base))).containsExactly("m");
    assertThat(json(served.get(base + "/m/lineage"))).containsEntry("parents", List.of());
  }

  @Test
  void projects_areApart() {
    register("m", "fraud", "");
    assertThat(served.get("/artifacts/m").statusCode()).isEqualTo(200);
    assertThat(served.get("/api/v1/projects/other/catalog/artifacts/m").statusCode())
        .isEqualTo(404);
    var hidden = served.post("/api/v1/projects/.import-1/catalog/artifacts", entry("x", "x", ""));
    assertThat(hidden.statusCode()).isEqualTo(400);
  }

  @Test
  void answer_hasEveryField_asTheClientReadsIt() {
    var made = register("", "fraud", ", \"version\": 7, \"tags\": {\"ok\": true, \"n\": 1.0}");
    var entry = json(made);
    assertThat(entry)
        .containsKeys(
            "artifact_id", "parent_ids", "metadata", "content_hash", "source_step", "uri", "id")
        .containsEntry("version", "7")
        .containsEntry("source_run_id", "")
        .containsEntry("tags", Map.of("ok", true, "n", 1.0));
    assertThat(entry.get("created_at"))
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
    assertThat(entry.get("artifact_id")).asString().hasSize(36).isEqualTo(entry.get("id"));
    assertThat(made.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void createdAt_isTakenAsUtc() {
    var made =
        json(
            served.post(
                BASE,
                "{\"name\":\"m\",\"artifact_type\":\"M\",\"created_at\":\"2024-03-03T10:15:30\"}"));
    assertThat(made).containsEntry("created_at", "2024-03-03T10:15:30.000000");
    var zoned =
        json(served.post(BASE, "{\"name\":\"m\",\"created_at\":\"2024-03-03T10:15:30.5+02:00\"}"));
    assertThat(zoned).containsEntry("created_at", "2024-03-03T08:15:30.500000");
    assertThat(served.post(BASE, "{\"name\":\"m\",\"created_at\":\"soon\"}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void notANumber_comesBackAsItCame_andHidesNoOtherTag() {
    var tags =
        "{\"loss\": NaN, \"lo\": -Infinity, \"l\": [1, \"a\"], \"o\": {}, \"n\": null, \"t\": 1}";
    register("m", "fraud", ", \"tags\": " + tags + ", \"metadata\": {\"hi\": Infinity}");
    var got = served.get(BASE + "/m");
    assertThat(got.body()).contains("\"tags\": " + tags, "{\"hi\": Infinity}");
    assertThat(ids(served.get(BASE + "/search?q=t%3A1"))).containsExactly("m");
    served.send("PUT", BASE + "/m/tags", "{\"more\": NaN}");
    assertThat(served.get(BASE + "/m").body()).contains("\"loss\": NaN", "\"more\": NaN");
    assertThat(served.get("artifacts/m").body()).contains("\"loss\":\"NaN\"", "tags_verbatim");
  }

  @Test
  void anyId_isReached_asItStands() {
    for (var id : List.of("a/b", "a@b:1", "..", "x//y", "a/tags", "100%", "%41", "search", "é")) {
      register(id, "n", "");
    }
    for (var path : List.of("a/b", "a%2Fb", "a@b:1", "x//y", "search/lineage", "100%25", "%2541")) {
      assertThat(served.get(BASE + "/" + path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(json(served.get(BASE + "/%C3%A9"))).containsEntry("id", "é");
    assertThat(json(served.get(BASE + "/%41"))).as("sent raw").containsEntry("id", "%41");
    var tagged = served.send("PUT", BASE + "/a/b/tags", "{\"x\": 1}");
    assertThat(json(tagged)).containsEntry("id", "a/b");
    assertThat(json(served.send("PUT", BASE + "/%41/tags", "{}"))).containsEntry("id", "%41");
  }

  @Test
  void unknownParents_takenVersions_andAnyHash_areKept() {
    register("m", "fraud", ", \"parent_ids\": [\"gone\", 5], \"content_hash\": \"no sha\"");
    assertThat(json(served.get(BASE + "/m"))).containsEntry("parent_ids", List.of("gone", "5"));
    register("v1", "v", ", \"version\": \"1.0\"");
    register("v2", "v", ", \"version\": \"1.0\"");
    assertThat(json(served.get(BASE + "/v2"))).containsEntry("version", "1.0");
    assertThat(json(served.get("artifacts/v2")))
        .containsEntry("version", "1")
        .containsEntry("declared_version", "1.0");
    register("gone", "late", "");
    assertThat(served.get(BASE + "/gone/lineage").body()).contains("\"artifact_id\": \"m\"");
  }

  @Test
  void sizesBeyondTheLimits_areTaken() {
    register("x".repeat(3000), "n".repeat(2000), "");
    register("many", "n", ", \"tags\": " + tags(1500));
    assertThat(served.send("PUT", BASE + "/many/tags", tags(1600)).statusCode()).isEqualTo(200);
    assertThat((Map<?, ?>) json(served.get(BASE + "/many")).get("tags")).hasSize(1600);
    var deep = "{\"d\": " + "[".repeat(200) + "]".repeat(200) + "}";
    register("deep", "n", ", \"metadata\": " + deep);
    var deeper = "{\"d\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(served.post(BASE, deeper).statusCode()).isEqualTo(400);
  }

  private static String tags(int number) {
    var text = new StringBuilder("{\"t0\": 0");
    for (int i = 1; i < number; i++) {
      text.append(", \"t").append(i).append("\": ").append(i);
    }
    return text.append("}").toString();
  }

  @Test
  void nulAndLoneSurrogates_becomeReplacements() {
    var made = json(served.post(BASE, "{\"name\": \"a\\u0000b\", \"tags\": {\"t\": \"\\ud800\"}}"));
    assertThat(made).containsEntry("name", "a\uFFFDb").containsEntry("tags", Map.of("t", "\uFFFD"));
  }

  @Test
  void theSameAgain_isTheSame_andAnotherIdentityIsRefused() {
    register("m", "fraud", ", \"tags\": {\"a\": 1}");
    var again = served.post(BASE, entry("m", "fraud", ", \"tags\": {\"a\": 2}"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again)).containsEntry("tags", Map.of("a", 1L));
    var other = served.post(BASE, entry("m", "other", ""));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other)).containsEntry("code", "id_exists");
  }

  @Test
  void tagWithoutTags_changesNothing_andSaysSoInJson() {
    register("m", "fraud", "");
    var answer = served.send("PUT", BASE + "/m/tags", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer)).containsEntry("tags", Map.of()).containsEntry("seq", 1L);
    assertThat(served.send("PUT", BASE + "/nothing/tags", "{}").statusCode()).isEqualTo(404);
    assertThat(served.send("PUT", BASE + "/fraud/tags", "{}").statusCode())
        .as("a name is no id")
        .isEqualTo(404);
    assertThat(served.get(BASE + "/fraud/lineage").statusCode()).isEqualTo(404);
  }

  @Test
  void limits_areTheDefaultWhereTheyMeanNothing_andHaveACap() {
    for (int i = 0; i < 120; i++) {
      register("m" + i, "n", "");
    }
    for (var limit : List.of("", "?limit=", "?limit=None", "?limit=0", "?limit=-1")) {
      assertThat(ids(served.get(BASE + limit))).as(limit).hasSize(100);
      var search = BASE + "/search?q=n" + limit.replace('?', '&');
      assertThat(ids(served.get(search))).as(search).hasSize(50);
    }
    assertThat(ids(served.get(BASE + "?limit=100000"))).hasSize(120).endsWith("m0");
    var above = served.get(BASE + "?limit=100001");
    assertThat(above.statusCode()).isEqualTo(413);
    assertThat(above.body()).contains("100000");
    assertThat(served.get(BASE + "?limit=many").statusCode()).isEqualTo(400);
  }

  @Test
  void manyEntries_comeWhole() {
    var lines = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      lines.append(
          "{\"id\":\"m%d\",\"name\":\"n\",\"artifact_type\":\"T\",\"tags\":{\"i\":[%d]}}\n"
              .formatted(i, i % 2));
    }
    served
        .backend()
        .importLines(
            new io.flowyml.catalog.spi.Scope("default", "test"),
            new java.io.BufferedReader(new java.io.StringReader(lines.toString())),
            outcome -> {});
    assertThat(ids(served.get(BASE + "?limit=2499"))).hasSize(2499).doesNotHaveDuplicates();
    assertThat(ids(served.get(BASE + "/search?q=n&limit=5000"))).hasSize(2500);
    var everyOther = ids(served.get(BASE + "?limit=700&tags=" + encoded("{\"i\": [1]}")));
    assertThat(everyOther).hasSize(700).startsWith("m2499", "m2497");
  }

  @Test
  void filters_areExact_andEmptyOnesAbsent() {
    register("a", "n", ", \"source_pipeline\": \"etl\", \"tags\": {\"team\": \"fraud\", \"n\": 1}");
    register("b", "n", ", \"tags\": {\"team\": \"Fraud\"}");
    assertThat(ids(served.get(BASE + "?artifact_type=&source_step=&limit=100"))).hasSize(2);
    assertThat(ids(served.get(BASE + "?source_pipeline=etl"))).containsExactly("a");
    var tags = encoded("{\"team\": \"fraud\", \"n\": 1}");
    assertThat(ids(served.get(BASE + "?tags=" + tags))).containsExactly("a");
    assertThat(ids(served.get(BASE + "?tags=%7B%7D&unknown=1"))).hasSize(2);
    assertThat(ids(served.get(BASE + "?tags=" + encoded("{\"n\": null}")))).containsExactly("b");
    assertThat(served.get(BASE + "?tags=x").statusCode()).isEqualTo(400);
  }

  @Test
  void searchThatDoesNotParse_isAPhrase_andSaysSo() {
    register("a", "half (done", "");
    var answer = served.get(BASE + "/search?q=" + encoded("half (done"));
    assertThat(ids(answer)).containsExactly("a");
    assertThat(answer.headers().firstValue("X-Flowyml-Query")).hasValue("phrase");
    var parsed = served.get(BASE + "/search?q=done");
    assertThat(parsed.headers().firstValue("X-Flowyml-Query")).isEmpty();
    assertThat(ids(served.get(BASE + "/search?q="))).containsExactly("a");
    assertThat(ids(served.get(BASE + "/search?q=" + "x".repeat(20_000)))).isEmpty();
  }

  @Test
  void byHash_isTheOldest_orNull() {
    assertThat(served.get(BASE + "/by-hash?hash=abc").body()).isEqualTo("null");
    register("first", "n", ", \"content_hash\": \"abc\"");
    register("second", "n", ", \"content_hash\": \"abc\"");
    assertThat(json(served.get(BASE + "/by-hash?hash=abc"))).containsEntry("id", "first");
    assertThat(served.get(BASE + "/by-hash?hash=").body()).isEqualTo("null");
    assertThat(served.get(BASE + "/by-hash").body()).isEqualTo("null");
  }

  @Test
  void lineage_showsUnresolvedParents_inTheChildAlone() {
    register("p2", "p2", "");
    register("p1", "p1", "");
    register("m", "m", ", \"parent_ids\": [\"p1\", \"gone\", \"p2\", \"m\"]");
    var lineage = json(served.get(BASE + "/m/lineage"));
    assertThat(((List<?>) lineage.get("parents")).stream().map(FlowymlDoorTest::id))
        .containsExactly("p1", "p2", "m");
    assertThat(lineage.get("artifact")).asString().contains("parent_ids=[p1, gone, p2, m]");
  }

  @Test
  void unknownFieldsAndParameters_areIgnored() {
    var body = "{\"artifact_id\":\"m\",\"name\":\"n\",\"of_a_later_version\":{\"x\":[1]}}";
    assertThat(served.post(BASE, body).statusCode()).isEqualTo(201);
    var found = served.get(BASE + "/m?of_a_later_version=1");
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body()).contains("\"n\"").doesNotContain("of_a_later_version");
  }

  @Test
  void whatIsNoObject_isRefused() {
    for (var body : List.of("", "[]", "5", "{", "{\"name\": }", "null")) {
      assertThat(served.post(BASE, body).statusCode()).as(body).isEqualTo(400);
    }
    register("m", "n", "");
    assertThat(served.send("PUT", BASE + "/m/tags", "[1]").statusCode()).isEqualTo(400);
    assertThat(
            served.post(BASE, "{\"tags\": [1], \"metadata\": 5, \"parent_ids\": {}}").statusCode())
        .isEqualTo(201);
  }
}
