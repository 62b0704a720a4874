package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashCommandTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.csv",
        "with space",
        "ünïcödé 模型",
        "back\\slash",
        "line\nend",
        "return\rhere",
        "\\n"
      })
  void hash_anyName_isWhatSha256sumPrints(String name) throws Exception {
    var file = Files.writeString(folder.resolve(name), "content of " + name);
    assertThat(shell.run("hash", file.toString()).succeeds().out())
        .isEqualTo(program("sha256sum", file.toString()));
  }

  @Test
  void hash_directory_isWhatTheDocumentedPipelinePrints() throws Exception {
    var data = Files.createDirectories(folder.resolve("data/sub")).getParent();
    Files.writeString(data.resolve("b.csv"), "1");
    Files.writeString(data.resolve("a b.csv"), "2");
    Files.writeString(data.resolve("sub/ü.csv"), "3");
    var pipeline =
        program(
            "sh",
            "-c",
            "cd '"
                + data
                + "' && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |"
                + " sha256sum");
    assertThat(shell.run("hash", data.toString()).succeeds().out())
        .isEqualTo(pipeline.substring(0, 64) + "  " + data + "\n");
  }

  @Test
  void hash_stdin() {
    assertThat(shell.stdin("abc").run("hash", "-").succeeds().out())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -\n");
  }

  @Test
  void hash_json_isTheDigestOfTheValue() {
    var spaced =
        shell.stdin("{ \"b\":1.0,\n\"a\":[true, null] }").run("hash", "--json", "-").succeeds();
    var dense = shell.stdin("{\"a\":[true,null],\"b\":1.0}").run("hash", "--json", "-").succeeds();
    assertThat(spaced.out()).isEqualTo(dense.out());
    // printf '{"a": [true, null], "b": 1.0}' | sha256sum
    assertThat(spaced.out())
        .startsWith("b1a4250475c167b39a9cdda1a93e887ea7a1a2ee001f6fec93917a8839016924");
  }

  @Test
  void hash_oneMissingFile_hashesTheOthersAndFails() throws Exception {
    var file = Files.writeString(folder.resolve("a"), "abc").toString();
    var result =
        shell.run("hash", folder.resolve("none").toString(), file).failsWith(3, "not_found");
    assertThat(result.lines()).hasSize(1);
    assertThat(result.out()).endsWith("  " + file + "\n");
  }

  @Test
  void hash_needsNoCatalog_andMakesNone() throws Exception {
    Files.writeString(folder.resolve("a"), "abc");
    shell.run("hash", folder.resolve("a").toString()).succeeds();
    assertThat(folder.resolve("catalog.db")).doesNotExist();
  }

  private static String program(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
