package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandsTest {
  @TempDir Path folder;
  private Shell shell;

  /** raw -> features -> fraud:1, fraud:2, with fraud:1 in production. */
  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
    shell.run("register", "raw", "Dataset", "--id", "r", "--tag", "team=data").succeeds();
    shell.run("register", "features", "FeatureSet", "--id", "f", "--parent", "raw").succeeds();
    shell
        .run("register", "fraud", "Model", "--id", "m1", "--parent", "f", "--alias", "production")
        .succeeds();
    shell
        .run("register", "fraud", "Model", "--id", "m2", "--parent", "f", "--tag", "stage=staging")
        .succeeds();
  }

  @Test
  void get_everyKindOfReference() {
    assertThat(ids("get", "m1")).containsExactly("m1");
    assertThat(ids("get", "fraud")).containsExactly("m2");
    assertThat(ids("get", "fraud:1")).containsExactly("m1");
    assertThat(ids("get", "fraud@production")).containsExactly("m1");
    assertThat(shell.run("get", "fraud:9").failsWith(3, "not_found").err())
        .contains("fraud:9", "2");
  }

  @Test
  void search_words_tagsAndExclusion() {
    assertThat(ids("search", "fraud")).containsExactly("m2", "m1");
    assertThat(ids("search", "type:Model", "-stage:staging")).containsExactly("m1");
    assertThat(ids("search", "team:data")).containsExactly("r");
    var none = shell.run("search", "nowhere").succeeds();
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).isEqualTo("nothing found\n");
  }

  @Test
  void search_thatDoesNotParse_pointsAtThePlace() {
    assertThat(shell.run("search", "type:Model \"open").failsWith(2, "query_syntax").err())
        .contains("^");
  }

  @Test
  void search_pages_goOnWithTheCursor() {
    var first = shell.run("search", "fraud", "--limit", "1", "-o", "json").succeeds();
    assertThat(first.items()).extracting("id").containsExactly("m2");
    var cursor = (String) first.json().get("next_cursor");
    var second = shell.run("search", "fraud", "--limit", "1", "--cursor", cursor, "-o", "json");
    assertThat(second.items()).extracting("id").containsExactly("m1");
    assertThat(second.json()).doesNotContainKey("next_cursor");
    assertThat(shell.run("search", "fraud", "--limit", "1").err())
        .isEqualTo("there is more: --cursor " + cursor + "\n");
  }

  @Test
  void list_filters() {
    assertThat(ids("list")).containsExactly("m2", "m1", "f", "r");
    assertThat(ids("list", "--type", "Model")).containsExactly("m2", "m1");
    assertThat(ids("list", "--tag", "team=data")).containsExactly("r");
    assertThat(ids("list", "--limit", "1")).containsExactly("m2");
    shell.run("list", "--limit", "0").failsWith(2, "invalid_argument");
    shell.run("list", "--limit", "1001").failsWith(2, "limit_exceeded");
  }

  @Test
  void versions_newestFirst() {
    assertThat(ids("versions", "fraud")).containsExactly("m2", "m1");
    shell.run("versions", "nothing").failsWith(3, "not_found");
  }

  @Test
  void history_ofArtifactNameAndAlias() {
    shell.run("promote", "m2", "production").succeeds();
    assertThat(kinds("history", "m2")).startsWith("registered").contains("alias_moved");
    assertThat(kinds("history", "--name", "fraud")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(kinds("history", "--alias", "fraud@production")).containsOnly("alias_moved");
    assertThat(shell.run("history", "m2").succeeds().out())
        .contains("SEQ", "ACTOR", "registered", "fraud:2")
        .contains("alias: production, version 1 -> version 2");
    shell.run("history").failsWith(2, "invalid_argument");
    shell.run("history", "m1", "--name", "fraud").failsWith(2, "invalid_argument");
    shell.run("history", "--alias", "fraud").failsWith(2, "invalid_argument");
    shell.run("history", "m1", "-o", "ids").failsWith(2, "invalid_argument");
  }

  @Test
  void resolve_printsTheIdAlone() {
    assertThat(shell.run("resolve", "fraud@production").succeeds().out()).isEqualTo("m1\n");
    assertThat(shell.run("resolve", "fraud", "-o", "json").json()).containsEntry("id", "m2");
  }

  @Test
  void stats_hasSeqAndArtifacts() {
    assertThat(shell.run("stats", "-o", "json").succeeds().json())
        .containsEntry("artifacts", 4L)
        .containsKey("seq")
        .containsEntry("by_type", Map.of("Model", 2L, "Dataset", 1L, "FeatureSet", 1L));
    assertThat(shell.run("stats").succeeds().out()).contains("artifacts   4");
  }

  @Test
  void lineage_oneHop_hasWholeRecords() {
    var json = shell.run("lineage", "features", "-o", "json").succeeds().json();
    assertThat(json).containsOnlyKeys("artifact", "parents", "children");
    assertThat(json.get("parents")).asInstanceOf(LIST).extracting("id").containsExactly("r");
    assertThat(json.get("children"))
        .asInstanceOf(LIST)
        .extracting("id")
        .containsExactly("m2", "m1");
  }

  @Test
  void lineage_upOrDown_isAGraph() {
    var up = shell.run("lineage", "m1", "--up", "-o", "json").succeeds().json();
    assertThat(up).containsKeys("nodes", "edges", "truncated");
    assertThat(up.get("nodes"))
        .asInstanceOf(LIST)
        .extracting("id")
        .containsExactlyInAnyOrder("m1", "f", "r");
    assertThat(up.get("edges"))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrder(
            Map.of("parent", "f", "child", "m1"), Map.of("parent", "r", "child", "f"));
    assertThat(ids("lineage", "r", "--down")).containsExactlyInAnyOrder("r", "f", "m1", "m2");
    assertThat(ids("lineage", "f", "--depth", "1")).containsExactlyInAnyOrder("f", "r", "m1", "m2");
  }

  @Test
  void lineage_cutByDepth_saysSo() {
    var cut = shell.run("lineage", "m1", "--up", "--depth", "1", "-o", "json").succeeds();
    assertThat(cut.json()).containsEntry("truncated", true);
    assertThat(cut.err()).contains("cut");
    shell.run("lineage", "m1", "--depth", "0").failsWith(2, "invalid_argument");
  }

  @Test
  void lineage_figures() {
    assertThat(shell.run("lineage", "m1").succeeds().lines())
        .containsExactly(
            "fraud:1 (Model) @production m1", "made from", "└─ features:1 (FeatureSet) f");
    assertThat(shell.run("lineage", "m1", "--format", "mermaid").out())
        .startsWith("graph TD")
        .contains("fraud<br/>(Model)");
    assertThat(shell.run("lineage", "m1", "--format", "dot").out()).startsWith("digraph");
    assertThat(shell.run("lineage", "m1", "--format", "json").json()).containsKey("artifact");
    assertThat(shell.run("lineage", "m1", "-o", "csv").lines().get(0)).endsWith(",depth");
  }

  @Test
  void path_eitherWay_runsFromTheOlderOne() {
    assertThat(ids("path", "raw", "m1")).containsExactly("r", "f", "m1");
    assertThat(ids("path", "m1", "raw")).containsExactly("r", "f", "m1");
    assertThat(shell.run("path", "m1", "m2").succeeds().out()).isEmpty();
  }

  private List<String> ids(String... command) {
    var withFormat = Arrays.copyOf(command, command.length + 2);
    withFormat[command.length] = "-o";
    withFormat[command.length + 1] = "ids";
    return shell.run(withFormat).succeeds().lines();
  }

  private List<Object> kinds(String... command) {
    var withFormat = Arrays.copyOf(command, command.length + 2);
    withFormat[command.length] = "-o";
    withFormat[command.length + 1] = "json";
    return shell.run(withFormat).succeeds().items().stream()
        .map(event -> event.get("kind"))
        .toList();
  }
}
