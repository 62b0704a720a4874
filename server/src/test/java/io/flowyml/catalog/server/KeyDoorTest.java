package io.flowyml.catalog.server;

import static io.flowyml.catalog.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyDoorTest {
  private Served served;

  @BeforeEach
  void serve() {
    served = new Served();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> as(String key, String method, String path, String json) {
    return served.send(
        served
            .request(path)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + key)
            .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(json)));
  }

  private String issued(String json) {
    var made = served.post("admin/keys", json);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return (String) json(made).get("key");
  }

  @Test
  void key_isShownOnce_andClosesTheDoorBehindIt() {
    var key = issued("{\"name\":\"root\",\"role\":\"admin\",\"projects\":[]}");
    assertThat(key).matches("fck_[A-Za-z0-9_-]{43}");
    assertThat(served.get("admin/keys").statusCode()).isEqualTo(401);
    var list = as(key, "GET", "admin/keys", "");
    assertThat(list.body()).contains("\"name\":\"root\"", "\"role\":\"admin\"").doesNotContain(key);
  }

  @Test
  void revokedKeys_leaveTheDoorClosed() {
    var root = issued("{\"name\":\"root\",\"role\":\"admin\"}");
    assertThat(as(root, "DELETE", "admin/keys/root", "").body()).contains("revoked_at");
    assertThat(as(root, "GET", "admin/keys", "").statusCode()).isEqualTo(401);
    assertThat(served.get("artifacts/m").statusCode()).isEqualTo(401);
  }

  @Test
  void adminOfAProject_staysWithinIt() {
    var root = issued("{\"name\":\"root\",\"role\":\"admin\",\"projects\":[]}");
    var other =
        as(root, "POST", "admin/keys", "{\"name\":\"o\",\"role\":\"reader\",\"projects\":[\"o\"]}");
    var made = as(root, "POST", "admin/keys", "{\"name\":\"local\",\"role\":\"admin\"}");
    assertThat(json(made)).containsEntry("projects", List.of("default"));
    var local = (String) json(made).get("key");
    for (var projects : List.of("[]", "[\"o\"]", "[\"default\",\"o\"]")) {
      var body = "{\"name\":\"x\",\"role\":\"reader\",\"projects\":%s}".formatted(projects);
      assertThat(as(local, "POST", "admin/keys", body).statusCode()).isEqualTo(403);
    }
    assertThat(as(local, "DELETE", "admin/keys/root", "").statusCode()).isEqualTo(403);
    var foreign = "admin/keys/" + json(other).get("id");
    assertThat(as(local, "DELETE", foreign, "").statusCode()).isEqualTo(404);
    var reader = as(local, "POST", "admin/keys", "{\"name\":\"r\",\"role\":\"reader\"}");
    assertThat(reader.statusCode()).isEqualTo(201);
    assertThat(as(local, "DELETE", "admin/keys/r", "").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsWrong_isNamed() {
    for (var body :
        List.of(
            "{\"role\":\"reader\"}",
            "{\"name\":\"x\"}",
            "{\"name\":\"x\",\"role\":\"owner\"}",
            "{\"name\":\"\",\"role\":\"reader\"}",
            "{\"name\":\"x\",\"role\":\"reader\",\"projects\":[\"a b\"]}",
            "{\"name\":\"x\",\"role\":\"reader\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
            "{\"name\":\"x\",\"role\":\"reader\",\"scope\":1}")) {
      assertThat(served.post("admin/keys", body).statusCode()).as(body).isEqualTo(400);
    }
    var root = issued("{\"name\":\"root\",\"role\":\"admin\",\"projects\":[]}");
    var twice = as(root, "POST", "admin/keys", "{\"name\":\"root\",\"role\":\"reader\"}");
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(as(root, "DELETE", "admin/keys/nobody", "").statusCode()).isEqualTo(404);
  }
}
