package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterCommandTest {
  private static final String SHA_256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
  }

  @Test
  void register_everyOption_standsInTheRecord() throws Exception {
    var file = Files.writeString(folder.resolve("model.bin"), "abc");
    shell.run("register", "raw", "Dataset", "--id", "raw-1").succeeds();

    var record =
        shell
            .run(
                "register",
                "fraud",
                "Model",
                file.toString(),
                "--version",
                "v9",
                "--id",
                "m-1",
                "--parent",
                "raw",
                "--tag",
                "f1=0.93",
                "--tag",
                "zip=\"01\"",
                "--meta",
                "owner=ada",
                "--pipeline",
                "nightly",
                "--run",
                "r7",
                "--step",
                "train",
                "--alias",
                "staging",
                "--actor",
                "bot",
                "-o",
                "json")
            .succeeds()
            .json();

    assertThat(record)
        .containsEntry("id", "m-1")
        .containsEntry("project", "default")
        .containsEntry("name", "fraud")
        .containsEntry("artifact_type", "Model")
        .containsEntry("version", "v9")
        .containsEntry("content_hash", SHA_256_OF_ABC)
        .containsEntry("size", 3L)
        .containsEntry("hash_origin", "computed")
        .containsEntry("uri", file.toUri().toString())
        .containsEntry("source_pipeline", "nightly")
        .containsEntry("source_run_id", "r7")
        .containsEntry("source_step", "train")
        .containsEntry("parent_ids", List.of("raw-1"))
        .containsEntry("tags", Map.of("f1", 0.93, "zip", "01"))
        .containsEntry("metadata", Map.of("owner", "ada"))
        .containsEntry("aliases", List.of("staging"))
        .containsEntry("created_by", "bot")
        .doesNotContainKeys(
            "duplicate_of", "deleted_at", "declared_version", "unresolved_parent_ids");
    assertThat((String) record.get("created_at"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  }

  @Test
  void register_asTable_showsTheRecord() {
    var out = shell.run("register", "raw", "Dataset", "--tag", "rows=3").succeeds().out();
    assertThat(out)
        .startsWith("raw:1\n")
        .contains("artifact_type  Dataset", "tags           rows=3");
  }

  @Test
  void register_asIds_printsTheIdAlone() {
    assertThat(shell.run("register", "raw", "Dataset", "--id", "r1", "-o", "ids").out())
        .isEqualTo("r1\n");
  }

  @Test
  void register_jsonValue_isHashedAsFlowymlHashesIt() {
    // sha256(json.dumps({"b": 1.0, "a": "é"}, sort_keys=True)), made with Python
    var expected = "7e7bcd39f317cc307d7ea3905f6e85d0f407bd4e10c5487573111d7c303876eb";
    var record =
        shell
            .stdin("{\"b\": 1.0, \"a\": \"é\"}")
            .run("register", "scores", "Metrics", "--json", "-", "-o", "json")
            .succeeds()
            .json();
    assertThat(record).containsEntry("content_hash", expected).doesNotContainKey("uri");
  }

  @Test
  void register_wholeRecordAsJson_takesItsFieldsAndTheOptions() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("record.json"),
            "{\"name\": \"raw\", \"artifact_type\": \"Dataset\", \"tags\": {\"rows\": 3}, \"uri\":"
                + " \"s3://b/x\"}");
    var record =
        shell
            .run("register", "--json", file.toString(), "--tag", "team=x", "-o", "json")
            .succeeds()
            .json();
    assertThat(record)
        .containsEntry("name", "raw")
        .containsEntry("uri", "s3://b/x")
        .containsEntry("tags", Map.of("rows", 3L, "team", "x"));
  }

  @Test
  void register_recordWithUnknownField_isRefused() {
    shell
        .stdin("{\"name\": \"raw\", \"artifact_type\": \"Dataset\", \"tag\": {}}")
        .run("register", "--json", "-")
        .failsWith(2, "invalid_argument");
  }

  @Test
  void register_sameContentTwice_warnsOnStderrAndKeepsTheAnswersShape() throws Exception {
    var file = Files.writeString(folder.resolve("a.csv"), "abc").toString();
    shell.run("register", "raw", "Dataset", file, "--id", "first").succeeds();
    var second = shell.run("register", "copy", "Dataset", file, "-o", "json").succeeds();
    assertThat(second.err()).startsWith("warning: ").contains("first").hasLineCount(1);
    assertThat(second.json()).containsEntry("duplicate_of", "first");
  }

  @Test
  void register_onDuplicate_reusesOrRefuses() throws Exception {
    var file = Files.writeString(folder.resolve("a.csv"), "abc").toString();
    shell.run("register", "raw", "Dataset", file, "--id", "first").succeeds();
    assertThat(
            shell
                .run("register", "copy", "Dataset", file, "--on-duplicate", "reuse", "-o", "ids")
                .out())
        .isEqualTo("first\n");
    shell
        .run("register", "copy", "Dataset", file, "--on-duplicate", "refuse")
        .failsWith(4, "duplicate_content");
  }

  @Test
  void register_provenance_recordsHostAndUser() {
    var metadata =
        shell
            .run("register", "raw", "Dataset", "--provenance", "-o", "json")
            .succeeds()
            .json()
            .get("metadata");
    assertThat(metadata)
        .extracting("provenance")
        .asInstanceOf(MAP)
        .containsEntry("user", System.getProperty("user.name"))
        .containsKey("host");
  }

  @Test
  void register_unknownParent_isAConflictThatNamesIt() {
    assertThat(shell.run("register", "m", "Model", "--parent", "nothing").err())
        .contains("nothing");
  }

  @Test
  void register_missingFile_isNotFoundAndRegistersNothing() {
    shell
        .run("register", "m", "Model", folder.resolve("none").toString())
        .failsWith(3, "not_found");
    assertThat(shell.run("stats", "-o", "json").json()).containsEntry("artifacts", 0L);
  }

  @Test
  void register_withoutType_isUsage() {
    shell.run("register", "m").failsWith(2, "invalid_argument");
    shell.run("register", "m", "Model", "x", "--json", "-").failsWith(2, "invalid_argument");
  }

  @Test
  void register_otherProject_isOfThatProjectAlone() {
    shell.run("register", "raw", "Dataset", "--project", "vision").succeeds();
    shell.run("get", "raw").failsWith(3, "not_found");
    assertThat(shell.run("--project", "vision", "get", "raw", "-o", "json").json())
        .containsEntry("project", "vision");
  }
}
