package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.server.Access;
import io.flowyml.catalog.server.CatalogServer;
import io.flowyml.catalog.server.KeyDesk;
import io.flowyml.catalog.server.ServerSettings;
import io.flowyml.catalog.spi.ApiKey.Role;
import io.flowyml.catalog.spi.ServerBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key of a server on this machine: {@code login} keeps it, commands use it. */
class LoginCommandTest {
  @TempDir private Path home;
  private final ServerBackend backend = LocalCatalogBackend.inMemory();
  private CatalogServer server;
  private String endpoint;
  private Path file;
  private Shell shell;

  @BeforeEach
  void start() {
    var settings = new ServerSettings(ServerSettings.LOOPBACK, 0);
    server = CatalogServer.start(settings, backend, Access.of(settings, backend.keys()));
    endpoint = server.uri() + "/api/v1/catalog";
    file = home.resolve(".config/flowyml-catalog/keys.json");
    shell =
        new Shell(home.resolve("catalog.db"))
            .environment("HOME", home.toString())
            .environment("FLOWYML_CATALOG_ENDPOINT", endpoint);
  }

  @AfterEach
  void stop() {
    server.close();
    backend.close();
  }

  private String key(Role role, String... projects) {
    var name = role.name() + String.join("", projects);
    return new KeyDesk(backend).issue(name, role, List.of(projects), null, "test").text();
  }

  @Test
  void keyFromStdin_isKept_andUsedByAllCommands() throws Exception {
    var key = key(Role.WRITER);
    shell.runPlain("register", "m", "Model").failsWith(7, "unauthenticated");
    var login = shell.stdin(key + "\n").runPlain("login").succeeds();
    assertThat(login.err())
        .contains("logged in to " + endpoint + " as WRITER (writer)", file.toString())
        .doesNotContain(key);
    assertThat(login.out()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    shell.runPlain("register", "m", "Model").succeeds();
    assertThat(shell.runPlain("--catalog", endpoint, "get", "m").succeeds().out())
        .contains("WRITER");
    shell.environment("FLOWYML_CATALOG_API_KEY", "other");
    shell.runPlain("list").failsWith(7, "unauthenticated");
  }

  @Test
  void person_isAskedForTheKey() {
    var key = key(Role.READER);
    var asked = new ArrayList<String>();
    shell.asking(
        prompt -> {
          asked.add(prompt);
          return key;
        });
    var answer = shell.runPlain("login", endpoint + "/", "-o", "json").succeeds().json();
    assertThat(asked).containsExactly("key for " + endpoint + ": ");
    assertThat(answer).containsEntry("endpoint", endpoint).containsEntry("key_file", file + "");
    assertThat(answer.get("key")).asString().contains("role=reader").doesNotContain(key);
    shell.runPlain("list").succeeds();
  }

  @Test
  void keyThatTheServerDoesNotTake_isNotKept() {
    key(Role.READER);
    shell.stdin("fck_nonsense\n").runPlain("login").failsWith(7, "unauthenticated");
    shell.stdin("").runPlain("login").failsWith(2, "invalid_argument");
    shell.stdin("two words").runPlain("login").failsWith(2, "invalid_argument");
    shell.stdin("fck_x").runPlain("login", "http://localhost:1/api").failsWith(6, "unreachable");
    shell.stdin("fck_x").runPlain("login", "catalog.db").failsWith(2, "invalid_argument");
    assertThat(shell.runPlain("login", endpoint, "fck_x").failsWith(2, "invalid_argument").err())
        .contains("there is no place for the argument");
    assertThat(file).doesNotExist();
  }

  @Test
  void keyOfAnotherProject_isKept_andSaid() {
    var key = key(Role.READER, "fraud");
    assertThat(shell.stdin(key).runPlain("login").succeeds().err())
        .contains("not for project default; say --project");
    shell.runPlain("list", "--project", "fraud").succeeds();
    assertThat(shell.stdin(key).runPlain("login", "--project", "fraud").succeeds().err())
        .contains("as READERfraud (reader)");
  }

  @Test
  void serverWithoutKeys_getsNone() {
    assertThat(shell.stdin("fck_x").runPlain("login").succeeds().err()).contains("asks for no key");
    assertThat(file).doesNotExist();
  }

  @Test
  void fileThatOthersMayRead_isNotUsed_andTheWayOutIsNamed() throws Exception {
    shell.stdin(key(Role.READER)).runPlain("login").succeeds();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(shell.runPlain("list").failsWith(7, "unauthenticated").err())
        .contains("chmod 600 " + file);
  }

  @Test
  void doctor_saysWhatTheServerAndTheKeyAre() {
    assertThat(shell.runPlain("doctor").succeeds().out())
        .contains("key      none", "it asks for no key", "clock and this machine's agree");
    key(Role.ADMIN);
    var refused = shell.runPlain("doctor").failsWith(5, "storage");
    assertThat(refused.out()).contains("problem  a key is needed", "(unauthenticated)");
    var soon = Instant.now().plusSeconds(3_600);
    var key = new KeyDesk(backend).issue("ci", Role.WRITER, List.of("fraud"), soon, "test").text();
    shell.stdin(key).runPlain("login", "--project", "fraud").succeeds();
    var found = shell.runPlain("doctor", "--project", "fraud").succeeds().out();
    assertThat(found)
        .contains(
            "catalog  endpoint " + endpoint,
            "key      key file " + file,
            "flowyml-catalog " + ProgramVersion.number() + " answers in ",
            "it is ready",
            "the key is ci, a writer's, for fraud, until ",
            "which is soon: ask for a new one")
        .doesNotContain("problem", key);
    assertThat(shell.runPlain("doctor").failsWith(5, "storage").out())
        .contains("problem  there is no project default");
  }

  @ParameterizedTest
  @CsvSource({"1, ahead of", "-1, behind"})
  void doctor_ofAServerWithAnotherTime_saysWhichAndByHowMuch(int hours, String where)
      throws IOException {
    try (var proxy = new ClockProxy(server.uri(), Duration.ofHours(hours))) {
      var found = shell.runPlain("--catalog", proxy.url(), "doctor").failsWith(5, "storage");
      assertThat(found.out())
          .containsPattern("problem  its clock is (35[0-9]{2}|36[0-9]{2}) seconds " + where)
          .contains("set both by NTP");
      assertThat(found.err()).contains("1 problem was found");
    }
  }

  @Test
  void doctor_ofAServerThatStops_orIsNotThere_saysSo() {
    server.unready();
    var json = shell.runPlain("doctor", "-o", "json");
    assertThat(json.code()).isEqualTo(5);
    assertThat(json.json().get("findings"))
        .asInstanceOf(LIST)
        .contains(
            Map.of(
                "problem", true, "text", "the server is stopping; ask another one (overloaded)"));
    shell
        .runPlain("--catalog", "http://localhost:1/api/v1/catalog", "doctor")
        .failsWith(6, "unreachable");
  }
}
