package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;
  private Path file;
  private Shell shell;

  @BeforeEach
  void open() {
    file = folder.resolve("catalog.db");
    shell = new Shell(file);
    shell.run("register", "raw", "Dataset").succeeds();
  }

  @Test
  void doctor_soundCatalog_namesFileRuleJournalAndSchema() {
    assertThat(shell.run("doctor").succeeds().out())
        .contains(file.toString(), "given by the caller", "wal", "schema")
        .doesNotContain("problem");
  }

  @Test
  void doctor_asJson_hasTheFindings() {
    var json = shell.run("doctor", "-o", "json").succeeds().json();
    assertThat(json).containsEntry("catalog", file.toString());
    assertThat(json.get("findings")).asInstanceOf(LIST).extracting("problem").containsOnly(false);
  }

  @Test
  void doctor_damagedTables_areAProblem() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM event WHERE seq = 1");
    }
    var result = shell.run("doctor").failsWith(5, "storage");
    assertThat(result.out()).contains("problem  ");
    assertThat(result.err()).contains("1 problem was found");
  }
}
