package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.server.Access;
import io.flowyml.catalog.server.CatalogServer;
import io.flowyml.catalog.server.KeyDesk;
import io.flowyml.catalog.server.ServerSettings;
import io.flowyml.catalog.spi.ApiKey.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushAndPullTest {
  @TempDir Path folder;
  private Shell shell;
  private LocalCatalogBackend served;
  private CatalogServer server;
  private String url;

  @BeforeEach
  void serve() {
    shell = new Shell(folder.resolve("mine.db"));
    served = LocalCatalogBackend.open(folder.resolve("served.db"));
    var settings = new ServerSettings(ServerSettings.LOOPBACK, 0);
    server = CatalogServer.start(settings, served, Access.of(settings, served.keys()));
    url = server.uri() + "/api/v1/catalog";
  }

  @AfterEach
  void stop() {
    server.close();
    served.close();
  }

  private void fill() {
    shell.run("register", "raw", "Dataset", "--id", "r", "--tag", "rows=3").succeeds();
    shell.run("register", "fraud", "Model", "--id", "m", "--parent", "r").succeeds();
    shell.run("promote", "m", "production").succeeds();
    shell.run("tag", "r", "rows=4").succeeds();
    shell.run("register", "old", "Model", "--id", "gone").succeeds();
    shell.run("delete", "gone").succeeds();
  }

  private static String export(Shell of) {
    return of.run("export").succeeds().out();
  }

  private String exportedThere(String project) {
    return shell
        .runPlain("--catalog", url, "--project", project, "export")
        .succeeds()
        .out()
        .replace("\"project\":\"" + project + "\"", "\"project\":\"default\"");
  }

  @Test
  void push_andPullBack_giveTheSameBytes() {
    fill();
    assertThat(shell.run("push", "--to", url, "--project", "fraud").succeeds().err())
        .isEqualTo("pushed 3 artifacts with 6 events\n");
    assertThat(exportedThere("fraud")).isEqualTo(export(shell));
    assertThat(shell.run("push", "--to", url, "--project", "fraud").succeeds().err())
        .isEqualTo("nothing to move: all 6 events are there\n");
    var copy = new Shell(folder.resolve("copy.db"));
    copy.run("pull", "--from", url, "--project", "fraud").succeeds();
    assertThat(export(copy)).isEqualTo(export(shell));
  }

  @Test
  void push_intoWhatTheTeamHas_addsWhatIsMissing() {
    fill();
    shell.runPlain("--catalog", url, "register", "team", "Model", "--id", "t").succeeds();
    var before = exportedThere("default");
    var trial = shell.run("push", "--to", url, "--dry-run").succeeds();
    assertThat(trial.lines())
        .hasSize(6)
        .contains("registered     fraud:1  m", "alias_moved    fraud:1  m");
    assertThat(trial.err()).contains("would move 3 artifacts with 6 events");
    assertThat(shell.run("push", "--to", url, "--dry-run", "-o", "ids").lines())
        .containsExactly("r", "m", "gone");
    assertThat(exportedThere("default")).isEqualTo(before);
    var report = shell.run("push", "--to", url, "-o", "json").succeeds().json();
    assertThat(report).containsEntry("artifacts", 3L).containsEntry("whole", false);
    var history = shell.runPlain("--catalog", url, "history", "r", "-o", "json").succeeds();
    assertThat(history.out()).contains("\"moved\":{\"seq\":4,\"at\":\"");
    shell.run("tag", "m", "late=true").succeeds();
    assertThat(shell.run("push", "--to", url).succeeds().err())
        .isEqualTo("pushed 0 artifacts with 1 events, besides 6 there before\n");
  }

  @Test
  void conflicts_areListed_andNothingIsMoved() {
    fill();
    shell.runPlain("--catalog", url, "register", "raw", "Report", "--id", "r").succeeds();
    shell.runPlain("--catalog", url, "register", "fraud", "Model", "--id", "theirs").succeeds();
    shell.runPlain("--catalog", url, "promote", "theirs", "production").succeeds();
    var before = exportedThere("default");
    for (var option : List.of("--actor=me", "--dry-run")) {
      var refused = shell.run("push", "--to", url, option).failsWith(4, "id_exists");
      assertThat(refused.err())
          .contains("artifact_type", "fraud:1 is theirs here, and m there")
          .contains("fraud@production points at version 1 (theirs) here", "3 conflicts");
    }
    assertThat(exportedThere("default")).isEqualTo(before);
  }

  @Test
  void pushTakesAnAdmin_andPullAReader() {
    fill();
    var desk = new KeyDesk(served);
    var writer = desk.issue("w", Role.WRITER, List.of("fraud"), null, "test").text();
    var admin = desk.issue("a", Role.ADMIN, List.of("fraud"), null, "test").text();
    var reader = desk.issue("r", Role.READER, List.of("fraud"), null, "test").text();
    shell.run("push", "--to", url, "--project", "fraud").failsWith(7, "unauthenticated");
    shell.environment("FLOWYML_CATALOG_API_KEY", writer);
    shell.run("push", "--to", url, "--project", "fraud").failsWith(7, "forbidden");
    shell.environment("FLOWYML_CATALOG_API_KEY", admin);
    shell.run("push", "--to", url, "--project", "fraud").succeeds();
    shell.run("push", "--to", url, "--project", "other").failsWith(3, "not_found");
    var copy = new Shell(folder.resolve("copy.db"));
    copy.environment("FLOWYML_CATALOG_API_KEY", reader);
    copy.run("pull", "--from", url, "--project", "fraud").succeeds();
    assertThat(export(copy)).isEqualTo(export(shell));
  }

  @Test
  void whatIsMissing_isNamed() {
    fill();
    assertThat(shell.run("push").failsWith(2, "invalid_argument").err()).contains("--to");
    assertThat(shell.run("pull").failsWith(2, "invalid_argument").err()).contains("--from");
    shell.run("push", "--to", "http://localhost:1/api/v1/catalog").failsWith(6, "unreachable");
    shell.run("push", "--to", "nowhere.db").failsWith(3, "no_catalog");
  }

  private void fillMuch() {
    try (var catalog = ArtifactCatalog.open(folder.resolve("mine.db"))) {
      var many = new ArrayList<Registration>();
      for (int i = 0; i < 2_000; i++) {
        many.add(
            Registration.artifact("d" + i % 9, "Dataset")
                .id("d" + i)
                .metadata("text", "x".repeat(4_000)));
      }
      catalog.registerAll(many).forEach(outcome -> outcome.orThrow());
    }
  }

  /** Killed when so many bytes of it have passed. */
  private void pushKilledAfter(long bytes) throws Exception {
    var client = new CompletableFuture<Process>();
    try (var proxy = new LimitedProxy(server.uri(), bytes, () -> client.join().destroyForcibly())) {
      var mine = folder.resolve("mine.db").toString();
      client.complete(
          Launched.command("--catalog", mine, "push", "--to", proxy.url())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start());
      assertThat(client.join().waitFor())
          .as("128 and SIGKILL: %s", Files.readString(folder.resolve("said")))
          .isEqualTo(137);
    }
  }

  @Test
  void push_whoseClientIsKilled_leavesNothing_andIsGoneOnWith() throws Exception {
    fillMuch();
    pushKilledAfter(6_000_000);
    assertThat(shell.runPlain("--catalog", url, "stats", "-o", "json").json())
        .containsEntry("artifacts", 0L)
        .containsEntry("seq", 0L);
    assertThat(shell.run("push", "--to", url, "-o", "json").succeeds().json())
        .containsEntry("artifacts", 2_000L)
        .containsEntry("whole", true);
    assertThat(exportedThere("default")).isEqualTo(export(shell));
    assertThat(served.diagnose()).noneMatch(Finding::problem);
  }

  @Test
  void push_ofEvents_whoseClientIsKilled_leavesWholeEvents_andIsGoneOnWith() throws Exception {
    fillMuch();
    shell.runPlain("--catalog", url, "register", "team", "Model", "--id", "t").succeeds();
    pushKilledAfter(14_000_000);
    var stats = shell.runPlain("--catalog", url, "stats", "-o", "json").json();
    long there = (Long) stats.get("seq");
    assertThat(there).isBetween(2L, 2_000L);
    assertThat(stats).containsEntry("artifacts", there);
    assertThat(shell.run("push", "--to", url, "-o", "json").succeeds().json())
        .containsEntry("known", there - 1)
        .containsEntry("events", 2_001 - there);
    assertThat(shell.run("push", "--to", url).succeeds().err()).startsWith("nothing to move");
    assertThat(served.diagnose()).noneMatch(Finding::problem);
  }

  @Test
  void push_whoseConnectionIsCut_isGoneOnWith() throws Exception {
    fillMuch();
    try (var proxy = LimitedProxy.cutting(server.uri(), 6_000_000)) {
      assertThat(shell.run("push", "--to", proxy.url()).code()).isEqualTo(6);
    }
    assertThat(shell.runPlain("--catalog", url, "stats", "-o", "json").json())
        .containsEntry("seq", 0L);
    try (var proxy = LimitedProxy.cutting(server.uri(), 6_500_000)) {
      shell.run("push", "--to", proxy.url()).succeeds();
    }
    assertThat(exportedThere("default")).isEqualTo(export(shell));
  }

  @Test
  void push_ofEvents_whoseConnectionIsCut_isGoneOnWith() throws Exception {
    fillMuch();
    shell.runPlain("--catalog", url, "register", "team", "Model", "--id", "t").succeeds();
    try (var proxy = LimitedProxy.cutting(server.uri(), 14_000_000)) {
      assertThat(shell.run("push", "--to", proxy.url()).code()).isEqualTo(6);
    }
    long there = (Long) shell.runPlain("--catalog", url, "stats", "-o", "json").json().get("seq");
    assertThat(there).isBetween(2L, 2_000L);
    assertThat(shell.run("push", "--to", url, "-o", "json").succeeds().json())
        .containsEntry("known", there - 1)
        .containsEntry("events", 2_001 - there);
    assertThat(shell.run("push", "--to", url).succeeds().err()).startsWith("nothing to move");
    assertThat(shell.runPlain("--catalog", url, "stats", "-o", "json").json())
        .containsEntry("artifacts", 2_001L);
  }
}
