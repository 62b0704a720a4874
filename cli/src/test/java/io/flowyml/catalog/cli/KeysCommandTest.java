package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.internal.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder.resolve("catalog.db"));
  }

  private static Map<String, Object> json(String text) {
    return Json.parseObject(text, "the answer");
  }

  @Test
  void key_isMade_listedWithoutItsText_andRevoked() {
    var made =
        json(
            shell
                .run("keys", "create", "ci", "--role", "writer", "--for", "fraud", "-o", "json")
                .succeeds()
                .out());
    assertThat(made).containsEntry("role", "writer").containsEntry("projects", List.of("fraud"));
    assertThat(made.get("key")).asString().startsWith("fck_");
    var list = shell.run("keys", "list").succeeds().out();
    assertThat(list).contains("ci", "writer", "fraud", "never", "good");
    assertThat(shell.run("keys", "list", "-o", "json").out())
        .contains("\"id\":\"" + made.get("id") + "\"")
        .doesNotContain((String) made.get("key"));
    shell.run("keys", "revoke", "ci").succeeds();
    assertThat(shell.run("keys", "list").out()).contains("revoked");
    assertThat(shell.run("keys", "revoke", "ci").code()).isEqualTo(3);
  }

  @Test
  void keys_areMadeWhereTheServersSettingsSay() throws Exception {
    var file = Files.writeString(folder.resolve("server.yaml"), "catalog: served.db\n");
    var config = new String[] {"keys", "list", "--config", file.toString(), "-o", "json"};
    shell
        .runPlain("keys", "create", "ci", "--role", "reader", "--config", file.toString())
        .succeeds();
    assertThat(shell.runPlain(config).succeeds().out()).contains("\"name\":\"ci\"");
    assertThat(folder.resolve("served.db")).exists();
    assertThat(folder.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void expiry_isAnAgeOrADay() {
    var made =
        json(
            shell
                .run("keys", "create", "a", "--role", "reader", "--expires", "90d", "-o", "json")
                .succeeds()
                .out());
    assertThat(Instant.parse((String) made.get("expires_at")))
        .isAfter(Instant.now().plusSeconds(89L * 86_400));
    assertThat(
            shell.run("keys", "create", "b", "--role", "reader", "--expires", "2020-01-01").code())
        .isEqualTo(2);
    assertThat(shell.run("keys", "create", "b", "--role", "reader", "--expires", "x-y").code())
        .isEqualTo(2);
  }

  @Test
  void whatIsMissing_isNamed() {
    assertThat(shell.run("keys", "create", "a").err()).contains("--role is missing");
    assertThat(shell.run("keys", "create", "--role", "reader").err()).contains("NAME is missing");
    assertThat(shell.run("keys", "make", "a").err()).contains("create, list or revoke");
    assertThat(shell.run("keys", "create", "a", "--role", "owner").code()).isEqualTo(2);
  }
}
