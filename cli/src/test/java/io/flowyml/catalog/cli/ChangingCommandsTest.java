package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingCommandsTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
    shell.run("register", "raw", "Dataset", "--id", "r").succeeds();
    shell.run("register", "fraud", "Model", "--id", "m1", "--parent", "r").succeeds();
    shell.run("register", "fraud", "Model", "--id", "m2", "--tag", "draft=true").succeeds();
  }

  @Test
  void tag_setsAndRemovesAtOnce() {
    var record =
        shell
            .run("tag", "m2", "f1=0.5", "stage=\"1\"", "--remove", "draft", "-o", "json")
            .succeeds()
            .json();
    assertThat(record).containsEntry("tags", Map.of("f1", 0.5, "stage", "1"));
    var events = shell.run("history", "m2", "-o", "json").items();
    assertThat(events.stream().filter(event -> event.get("kind").equals("tagged"))).hasSize(1);
  }

  @Test
  void tag_removeAlone() {
    assertThat(shell.run("tag", "m2", "--remove", "draft", "-o", "json").succeeds().json())
        .containsEntry("tags", Map.of());
  }

  @Test
  void tag_withoutReferenceOrTags_isUsage() {
    shell.run("tag").failsWith(2, "invalid_argument");
    shell.run("tag", "m2").failsWith(2, "invalid_argument");
    shell.run("tag", "m2", "draft").failsWith(2, "invalid_argument");
    shell.run("tag", "m2", "a=1", "--dry-run").failsWith(2, "invalid_argument");
    shell.run("tag", "nothing", "a=1").failsWith(3, "not_found");
  }

  @Test
  void tagWhere_dryRun_changesNothing() {
    var dry = shell.run("tag", "--where", "type:Model", "stage=x", "--dry-run").succeeds();
    assertThat(dry.lines()).containsExactly("m2", "m1");
    assertThat(dry.err()).isEqualTo("2 would be tagged; nothing was changed\n");
    assertThat(shell.run("search", "stage:x", "-o", "ids").out()).isEmpty();
  }

  @Test
  void tagWhere_changesWhatTheQueryFinds() {
    assertThat(shell.run("tag", "--where", "type:Model", "stage=x", "-o", "json").succeeds().json())
        .containsEntry("matched", List.of("m2", "m1"))
        .containsEntry("changed", 2L)
        .containsEntry("dry_run", false);
    assertThat(shell.run("search", "stage:x", "-o", "ids").lines()).containsExactly("m2", "m1");
  }

  @Test
  void tagWhere_queryThatBeginsWithAnExclusion() {
    assertThat(
            shell
                .run("tag", "--where", "-type:Model", "a=1", "--dry-run", "-o", "ids")
                .succeeds()
                .lines())
        .containsExactly("r");
  }

  @Test
  void meta_setsAndRemoves() {
    assertThat(shell.run("meta", "m1", "owner=ada", "rows=3", "-o", "json").succeeds().json())
        .containsEntry("metadata", Map.of("owner", "ada", "rows", 3L));
    assertThat(shell.run("meta", "m1", "--remove", "rows", "-o", "json").succeeds().json())
        .containsEntry("metadata", Map.of("owner", "ada"));
    shell.run("meta", "m1").failsWith(2, "invalid_argument");
  }

  @Test
  void promote_showsTheRecordAndSaysWhatWasThereBefore() {
    var first = shell.run("promote", "fraud:1", "production", "-o", "json").succeeds();
    assertThat(first.json())
        .containsEntry("id", "m1")
        .containsEntry("aliases", List.of("production"));
    assertThat(first.err()).isEqualTo("fraud@production pointed at nothing before\n");
    assertThat(shell.run("promote", "m2", "production").succeeds().err())
        .isEqualTo("fraud@production pointed at version 1 before\n");
  }

  @Test
  void promote_ifCurrent_isCompareAndSet() {
    shell.run("promote", "m1", "production", "--if-current", "none").succeeds();
    var moved =
        shell
            .run("promote", "m2", "production", "--if-current", "none")
            .failsWith(4, "alias_moved");
    assertThat(moved.err()).contains("production");
    shell.run("promote", "m2", "production", "--if-current", "m1").succeeds();
    assertThat(shell.run("resolve", "fraud@production").out()).isEqualTo("m2\n");
  }

  @Test
  void promote_reservedOrMalformedAlias_isRefused() {
    shell.run("promote", "m1", "latest").failsWith(2, "invalid_argument");
    shell.run("promote", "m1", "9lives").failsWith(2, "invalid_argument");
  }

  @Test
  void delete_inUse_needsForceAndRestoreUndoesIt() {
    assertThat(shell.run("delete", "r").failsWith(4, "in_use").err()).contains("m1");
    assertThat(shell.run("delete", "r", "--force", "-o", "json").succeeds().json())
        .containsKey("deleted_at");
    shell.run("get", "r").failsWith(3, "deleted");
    assertThat(shell.run("restore", "r", "-o", "json").succeeds().json())
        .doesNotContainKey("deleted_at");
    shell.run("get", "r").succeeds();
  }

  @Test
  void deleteWhere_reportsRefusalsAndDeletesTheRest() {
    assertThat(shell.run("delete", "--where", "type:Model", "--dry-run").succeeds().lines())
        .containsExactly("m2", "m1");
    shell.run("promote", "m2", "production").succeeds();
    var result = shell.run("delete", "--where", "type:Model").failsWith(4, "in_use");
    assertThat(result.err()).contains("2 found, 1 deleted, 1 refused");
    assertThat(shell.run("list", "--type", "Model", "-o", "ids").lines()).containsExactly("m2");
    shell.run("delete").failsWith(2, "invalid_argument");
    shell.run("delete", "m2", "--where", "x").failsWith(2, "invalid_argument");
  }

  @Test
  void purge_erasesTombstonesButNotOnADryRun() {
    shell.run("delete", "m2").succeeds();
    var dry = shell.run("purge", "--dry-run").succeeds();
    assertThat(dry.lines()).containsExactly("m2");
    assertThat(dry.err()).isEqualTo("1 would be purged; nothing was changed\n");
    assertThat(shell.run("purge", "--older-than", "1d", "-o", "ids").succeeds().out()).isEmpty();
    assertThat(shell.run("purge", "-o", "json").succeeds().json())
        .containsEntry("ids", List.of("m2"))
        .containsEntry("dry_run", false);
    shell.run("purge", "--older-than", "soon").failsWith(2, "invalid_argument");
  }
}
