package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir Path folder;
  private Shell shell;
  private Path kept;
  private Path changing;
  private Path vanishing;

  @BeforeEach
  void open() throws Exception {
    shell = new Shell(folder.resolve("catalog.db"));
    kept = Files.writeString(folder.resolve("kept model.bin"), "kept");
    changing = Files.writeString(folder.resolve("changing"), "before");
    vanishing = Files.createDirectory(folder.resolve("vanishing"));
    Files.writeString(vanishing.resolve("part"), "there");
    shell.run("register", "kept", "Model", kept.toString()).succeeds();
    shell.run("register", "changing", "Model", changing.toString()).succeeds();
    shell.run("register", "vanishing", "Dataset", vanishing.toString()).succeeds();
    shell.run("register", "remote", "Dataset", "--uri", "s3://bucket/x").succeeds();
  }

  @Test
  void verify_everythingAsRegistered_succeeds() {
    var result = shell.run("verify").succeeds();
    assertThat(result.lines().stream().map(line -> line.split(" ")[0]))
        .containsExactly("skipped", "ok", "ok", "ok");
    assertThat(result.err()).isEqualTo("3 ok, 1 skipped\n");
  }

  @Test
  void verify_changedAndVanished_fails() throws Exception {
    Files.writeString(changing, "after");
    Files.delete(vanishing.resolve("part"));
    Files.delete(vanishing);
    var result = shell.run("verify").failsWith(5, "corrupt");
    assertThat(result.out())
        .containsPattern("changed +changing:1  file:")
        .containsPattern("vanished +vanishing:1  file:")
        .containsPattern("ok +kept:1  file:");
    assertThat(result.err()).contains("1 ok, 1 changed, 1 vanished, 1 skipped");
    assertThat(shell.run("verify", "-o", "json").items())
        .extracting("status")
        .containsExactly("skipped", "vanished", "changed", "ok");
  }

  @Test
  void verify_query_looksAtNothingElse() throws Exception {
    Files.writeString(changing, "after");
    assertThat(shell.run("verify", "kept").succeeds().lines()).hasSize(1);
    assertThat(shell.run("verify", "-type:Dataset", "-kept").failsWith(5, "corrupt").lines())
        .hasSize(1);
  }

  @Test
  void verify_declaredHash_isNeverCalledChanged() {
    shell
        .stdin(
            "{\"name\": \"given\", \"artifact_type\": \"Model\", \"content_hash\": \""
                + "ab".repeat(32)
                + "\", \"uri\": \""
                + kept.toUri()
                + "\"}\n")
        .run("import")
        .succeeds();
    assertThat(shell.run("verify", "given").succeeds().out()).startsWith("unproven");
  }
}
