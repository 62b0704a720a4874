package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferCommandsTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
  }

  private void fill() {
    shell.run("register", "raw", "Dataset", "--id", "r", "--tag", "rows=3").succeeds();
    shell.run("register", "fraud", "Model", "--id", "m", "--parent", "r").succeeds();
    shell.run("tag", "r", "rows=4").succeeds();
    shell.run("delete", "m").succeeds();
  }

  @Test
  void export_importedElsewhere_exportsTheSameBytes() throws Exception {
    fill();
    var exported = shell.run("export").succeeds().out();
    var copy = new Shell(folder.resolve("copy.db"));
    copy.stdin(exported).run("import", "-").succeeds();
    assertThat(copy.run("export").succeeds().out()).isEqualTo(exported);
  }

  @Test
  void export_toAFile_isTheSame_andLeavesNothingElse() throws Exception {
    fill();
    var file = folder.resolve("out/catalog.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "what was there before");
    shell.run("export", file.toString()).succeeds();
    assertThat(file).content().isEqualTo(shell.run("export").out());
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
    shell.run("export", folder.resolve("none/x").toString()).failsWith(5, "storage");
  }

  @Test
  void import_plainRecords_needOnlyNameAndType() {
    var result =
        shell
            .stdin(
                """
                {"name": "raw", "artifact_type": "Dataset"}
                {"name": "fraud", "artifact_type": "Model", "tags": {"f1": 0.9}}
                """)
            .run("import")
            .succeeds();
    assertThat(result.err()).isEqualTo("2 created\n");
    assertThat(shell.run("list", "-o", "json").items())
        .extracting("name")
        .containsExactly("fraud", "raw");
  }

  @Test
  void import_badLine_isNamedAndTheOthersGoIn() {
    var result =
        shell
            .stdin(
                """
                {"name": "raw", "artifact_type": "Dataset"}
                {"name": "broken", "artifact_type":
                {"name": "fraud", "artifact_type": "Model"}
                """)
            .run("import", "-")
            .failsWith(2, "invalid_argument");
    assertThat(result.err()).contains("line 2").contains("2 created, 1 refused");
    assertThat(shell.run("stats", "-o", "json").json()).containsEntry("artifacts", 2L);
  }

  @Test
  void import_asJson_counts() {
    assertThat(
            shell
                .stdin("{\"name\": \"raw\", \"artifact_type\": \"Dataset\"}\n")
                .run("import", "-o", "json")
                .succeeds()
                .json())
        .containsEntry("created", 1L)
        .containsEntry("refused", 0L);
  }

  @Test
  void import_missingFile_isNotFound() {
    shell.run("import", folder.resolve("none.jsonl").toString()).failsWith(3, "not_found");
    assertThat(folder.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void backup_isACatalogWithTheSameContent() {
    fill();
    var copy = folder.resolve("backup.db");
    shell.run("backup", copy.toString()).succeeds();
    assertThat(new Shell(copy).run("export").succeeds().out()).isEqualTo(shell.run("export").out());
  }
}
