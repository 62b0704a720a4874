package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.server.Access;
import io.flowyml.catalog.server.CatalogServer;
import io.flowyml.catalog.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastTest {
  @TempDir Path folder;
  private Shell shell;

  /** Events 1 to 6: raw, fraud:1, its tag, fraud:2, production on 2, fraud:1 deleted. */
  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
    shell.run("register", "raw", "Dataset", "--id", "r").succeeds();
    shell
        .run("register", "fraud", "Model", "--id", "m1", "--parent", "r", "--tag", "stage=staging")
        .succeeds();
    shell.run("tag", "m1", "stage=production").succeeds();
    shell.run("register", "fraud", "Model", "--id", "m2", "--parent", "r").succeeds();
    shell.run("promote", "m2", "production").succeeds();
    shell.run("delete", "m1").succeeds();
  }

  private List<String> ids(String... arguments) {
    var all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("-o", "ids"));
    return shell.run(all.toArray(String[]::new)).succeeds().lines();
  }

  @Test
  void everyReadingCommand_answersAsItWas() {
    assertThat(ids("get", "fraud", "--as-of", "3")).containsExactly("m1");
    assertThat(ids("--as-of", "3", "get", "fraud")).containsExactly("m1");
    assertThat(ids("search", "stage:staging", "--as-of", "2")).containsExactly("m1");
    assertThat(ids("search", "stage:staging", "--as-of", "3")).isEmpty();
    assertThat(ids("list", "--as-of=5")).containsExactly("m2", "m1", "r");
    assertThat(ids("list")).containsExactly("m2", "r");
    assertThat(ids("versions", "fraud", "--as-of", "3")).containsExactly("m1");
    assertThat(ids("resolve", "fraud@production", "--as-of", "5")).containsExactly("m2");
    shell.run("resolve", "fraud@production", "--as-of", "4").failsWith(3, "not_found");
    assertThat(shell.run("history", "m1", "--as-of", "3", "-o", "csv").succeeds().lines())
        .hasSize(3);
    assertThat(shell.run("lineage", "r", "--down", "--as-of", "2").succeeds().out())
        .contains("fraud:1")
        .doesNotContain("fraud:2");
    assertThat(ids("path", "r", "m2", "--as-of", "4")).containsExactly("r", "m2");
  }

  @Test
  void times_areTakenToo() {
    assertThat(ids("get", "fraud", "--as-of", "-0s")).containsExactly("m2");
    assertThat(shell.run("get", "fraud", "--as-of", "-7d").failsWith(3, "not_found").err())
        .contains("begins");
    assertThat(shell.run("get", "fraud", "--as-of", "2020-01-01").failsWith(3, "not_found").err())
        .contains("2020-01-01T23:59:59");
    shell.run("get", "fraud", "--as-of", "yesterday").failsWith(2, "invalid_argument");
    shell.run("get", "fraud", "--as-of", "99").failsWith(2, "invalid_argument");
  }

  @Test
  void ofAServer_everythingIsTheSame() {
    try (var backend = LocalCatalogBackend.open(folder.resolve("catalog.db"));
        var server =
            CatalogServer.start(
                new ServerSettings(ServerSettings.LOOPBACK, 0), backend, Access.open())) {
      var url = server.uri() + "/api/v1/catalog";
      for (var command :
          List.of(
              "diff m1 --from 2 --to 3",
              "diff r m2 -o json",
              "diff fraud --from 3 -o json",
              "stats --as-of 3",
              "stats",
              "get fraud --as-of 3 -o json",
              "history r --as-of 3 -o csv")) {
        var words = new java.util.ArrayList<>(List.of("--catalog", url));
        words.addAll(List.of(command.split(" ")));
        assertThat(shell.runPlain(words.toArray(String[]::new)).succeeds().out())
            .as(command)
            .isEqualTo(shell.run(command.split(" ")).succeeds().out())
            .isNotEmpty();
      }
    }
  }

  @Test
  void changes_areRefused_andMakeNoCatalog() {
    shell.run("tag", "m2", "k=v", "--as-of", "3").failsWith(2, "invalid_argument");
    shell.run("register", "x", "Model", "--as-of", "3").failsWith(2, "invalid_argument");
    var nowhere = folder.resolve("nowhere.db");
    new Shell(nowhere).run("register", "x", "Model", "--as-of", "3").failsWith(3, "no_catalog");
    assertThat(Files.exists(nowhere)).isFalse();
  }

  @Test
  void diff_ofVersions_andOfTimes() {
    assertThat(shell.run("diff", "m1", "--from", "2", "--to", "3").succeeds().out())
        .isEqualTo("tags.stage  staging -> production\n");
    assertThat(shell.run("diff", "r", "m2").succeeds().out()).contains("name", "raw -> fraud");
    assertThat(shell.run("diff", "fraud", "--from", "3", "-o", "json").succeeds().json())
        .containsKeys("from", "to", "changes");
    shell.run("diff", "m2").failsWith(2, "invalid_argument");
    shell.run("diff", "m2", "r", "--from", "2").failsWith(2, "invalid_argument");
  }
}
