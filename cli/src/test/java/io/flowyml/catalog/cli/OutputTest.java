package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
  private static final String ESCAPE = "\u001b";

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
    shell
        .run(
            "register",
            "模型_with_a_rather_long_name_that_no_terminal_has_room_for",
            "Model",
            "--id",
            "m1",
            "--tag",
            "note=a, \"quoted\" text",
            "--tag",
            "stage=production",
            "--alias",
            "production")
        .succeeds();
    shell.run("register", "raw", "Dataset", "--id", "r1").succeeds();
  }

  @Test
  void table_fitsTheTerminal() {
    for (int width : new int[] {200, 100, 80, 60, 40, 20}) {
      shell.terminal(width).environment("NO_COLOR", "1");
      assertThat(shell.run("list").succeeds().lines())
          .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(width));
      assertThat(shell.run("history", "m1").succeeds().lines())
          .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(width));
    }
  }

  @Test
  void table_intoAFile_isCutNowhere() {
    assertThat(shell.run("list").succeeds().out())
        .contains("模型_with_a_rather_long_name_that_no_terminal_has_room_for")
        .contains("stage=production");
  }

  @Test
  void record_onATerminal_foldsLongValuesAndLosesNothing() {
    shell.terminal(40).environment("NO_COLOR", "1");
    shell.run("meta", "r1", "description=" + "word ".repeat(30)).succeeds();
    var lines = shell.run("get", "r1").succeeds().lines();
    assertThat(lines).allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(40));
  }

  @Test
  void colours_onATerminalOnly() {
    assertThat(shell.run("list").out()).doesNotContain(ESCAPE);
    assertThat(shell.terminal(100).run("list").out()).contains(ESCAPE);
  }

  @Test
  void colours_noColorAndDumbTerminals_areObeyed() {
    shell.terminal(100).environment("NO_COLOR", "1");
    assertThat(shell.run("list").out()).doesNotContain(ESCAPE);
    assertThat(shell.run("lineage", "m1").out()).doesNotContain(ESCAPE);
    assertThat(shell.runPlain("--help").out()).doesNotContain(ESCAPE);
    shell.environment("NO_COLOR", "").environment("TERM", "dumb");
    assertThat(shell.run("list").out()).doesNotContain(ESCAPE);
  }

  @Test
  void times_areRelativeOnATerminalAndUtcInAFile() {
    assertThat(shell.run("list").out())
        .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(shell.terminal(200).run("list").out()).containsPattern("just now|\\d+ s ago");
  }

  @Test
  void json_isOneLineForProgramsAndSpreadForPeople() {
    assertThat(shell.run("get", "r1", "-o", "json").out()).hasLineCount(1);
    assertThat(shell.terminal(100).run("get", "r1", "-o", "json").out().lines().count())
        .isGreaterThan(5);
  }

  @Test
  void csv_quotesAndHasAFixedSetOfColumns() {
    var lines = shell.run("list", "-o", "csv").succeeds().lines();
    assertThat(lines.get(0))
        .startsWith("id,project,name,artifact_type,version,")
        .endsWith(",deleted_at");
    assertThat(lines.get(2)).contains("\"{\"\"note\"\":\"\"a, \\\"\"quoted\\\"\" text\"\",");
    assertThat(lines).hasSize(3);
  }

  @Test
  void csv_ofAnEmptyPage_stillHasTitles() {
    assertThat(shell.run("list", "--type", "None", "-o", "csv").succeeds().lines()).hasSize(1);
    assertThat(shell.run("list", "--type", "None", "-o", "json").items()).isEmpty();
  }

  @Test
  void controlCharacters_neverReachATerminal() {
    shell.run("tag", "r1", "note=\"a\\u001b[2Jb\"").succeeds();
    assertThat(shell.run("list").out()).doesNotContain(ESCAPE).contains("\\x1b[2J");
    assertThat(shell.run("get", "r1").out()).doesNotContain(ESCAPE);
  }

  @Test
  void closedPipe_endsQuietly() {
    var result = shell.into(failing("Broken pipe"), true, "--catalog", catalog(), "list");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void fullDisk_isAnError() {
    var result =
        shell.into(failing("No space left on device"), false, "--catalog", catalog(), "list");
    assertThat(result.code()).isEqualTo(5);
    assertThat(result.err()).contains("No space left on device", "(storage)");
  }

  private String catalog() {
    return folder.resolve("catalog.db").toString();
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
