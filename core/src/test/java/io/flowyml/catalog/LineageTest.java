package io.flowyml.catalog;

import static io.flowyml.catalog.Artifacts.deleted;
import static io.flowyml.catalog.Artifacts.named;
import static io.flowyml.catalog.Artifacts.unresolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.LineageGraph.Edge;
import io.flowyml.catalog.LineageGraph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageTest {
  private static final Artifact RAW = named("r", "raw_transactions", "Dataset");
  private static final Artifact OLD = deleted("o", "old", "Dataset");
  private static final Artifact MODEL =
      unresolved(named("m", "fraud_detector", "Model", "r", "o", "lost"), "lost");
  private static final Artifact REPORT = named("p", "report", "Report", "m");
  private static final Lineage LINEAGE = new Lineage(MODEL, List.of(RAW, OLD), List.of(REPORT));

  @Test
  void parentIds_includeUnresolvedOnes() {
    assertThat(LINEAGE.parentIds()).containsExactly("r", "o", "lost");
    assertThat(LINEAGE.childIds()).containsExactly("p");
  }

  @Test
  void toGraph_hasEachArtifactOnceAndEveryEdge() {
    var graph = LINEAGE.toGraph();
    assertThat(graph.root()).isEqualTo("m");
    assertThat(graph.nodes())
        .containsExactly(
            new Node("m", MODEL, 0),
            new Node("r", RAW, -1),
            new Node("o", OLD, -1),
            new Node("lost", null, -1),
            new Node("p", REPORT, 1));
    assertThat(graph.edges())
        .containsExactly(
            new Edge("r", "m"), new Edge("o", "m"), new Edge("lost", "m"), new Edge("m", "p"));
    assertThat(graph.truncated()).isFalse();
  }

  @Test
  void toMermaid_drawsTombstonesAndUnresolvedParentsAsSuch() {
    assertThat(LINEAGE.toMermaid())
        .isEqualTo(
            """
            graph TD
                n0["fraud_detector<br/>(Model)"]
                n1["raw_transactions<br/>(Dataset)"]
                n2["old<br/>(Dataset)<br/>deleted"]
                n3["lost<br/>(unresolved)"]
                n4["report<br/>(Report)"]
                n1 --> n0
                n2 --> n0
                n3 --> n0
                n0 --> n4
            """);
  }

  @Test
  void toDot_drawsTheSame() {
    assertThat(LINEAGE.toDot())
        .isEqualTo(
            """
            digraph lineage {
                node [shape=box];
                n0 [label="fraud_detector\\n(Model)"];
                n1 [label="raw_transactions\\n(Dataset)"];
                n2 [label="old\\n(Dataset)\\ndeleted"];
                n3 [label="lost\\n(unresolved)"];
                n4 [label="report\\n(Report)"];
                n1 -> n0;
                n2 -> n0;
                n3 -> n0;
                n0 -> n4;
            }
            """);
  }

  @Test
  void figure_leavesOutEdgesToNodesThatWereCutOff() {
    var graph =
        new LineageGraph("m", List.of(new Node("m", MODEL, 0)), List.of(new Edge("r", "m")), true);
    assertThat(graph.toMermaid()).doesNotContain("-->");
    assertThat(graph.toDot()).doesNotContain("->");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "v1.0-rc_2 a/b | v1.0-rc_2 a/b",
        "a\"]-->b[\" | a#34;#93;#45;#45;#62;b#91;#34;",
        "<script> | #60;script#62;",
        "#34; | #35;34#59;",
        "1. list | 1#46;#32;list",
        "_emphasis_ | #95;emphasis#95;",
        "**strong** | #42;#42;strong#42;#42;",
        "- item | #45;#32;item",
        "été | été",
        "😀 | #128512;"
      })
  void mermaidLabel_meansNothingButItsText(String name, String label) {
    assertThat(mermaidOf(name)).contains("n0[\"" + label + "<br/>(Model)\"]");
  }

  private static String mermaidOf(String name) {
    return new Lineage(named("m", name, "Model"), List.of(), List.of()).toMermaid();
  }

  private static String dotOf(String name) {
    return new Lineage(named("m", name, "Model"), List.of(), List.of()).toDot();
  }

  @Test
  void dotLabel_cannotEndEarlyOrCallForTheNodesName() {
    assertThat(dotOf("a\"b")).contains("label=\"a\\\"b\\n(Model)\"");
    assertThat(dotOf("\\N")).contains("label=\"\\\\N\\n(Model)\"");
    assertThat(dotOf("&lt;")).contains("label=\"&amp;lt;\\n(Model)\"");
    assertThat(dotOf("a\nb\0")).contains("label=\"a b \\n(Model)\"");
  }

  @Test
  void label_isCutAfter80Characters() {
    assertThat(mermaidOf("😀".repeat(40) + "x".repeat(40))).doesNotContain("…", "#8230;");
    assertThat(mermaidOf("x".repeat(81))).contains("\"" + "x".repeat(79) + "#8230;<br/>");
    assertThat(dotOf("x".repeat(81))).contains("\"" + "x".repeat(79) + "…\\n");
  }
}
