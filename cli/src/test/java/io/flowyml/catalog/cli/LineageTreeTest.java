package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.LineageGraph.Edge;
import io.flowyml.catalog.LineageGraph.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LineageTreeTest {
  @Test
  void lines_drawParentsAndChildrenWithTheirState() {
    var graph =
        new LineageGraph(
            "model",
            List.of(
                node("model", null, 0),
                node("features", null, -1),
                node("raw", Instant.EPOCH, -2),
                new Node("gone", null, -1),
                node("report", null, 1)),
            List.of(
                new Edge("features", "model"),
                new Edge("gone", "model"),
                new Edge("raw", "features"),
                new Edge("model", "report")),
            false);

    assertThat(lines(graph))
        .containsExactly(
            "model:1 (Model) model",
            "made from",
            "├─ features:1 (Model) features",
            "│  └─ raw:1 (Model) raw deleted",
            "└─ gone (unresolved)",
            "made into",
            "└─ report:1 (Model) report");
  }

  @Test
  @Timeout(5)
  void lines_ladderOfDiamonds_drawsEachRungOnce() {
    var nodes = new ArrayList<Node>();
    var edges = new ArrayList<Edge>();
    nodes.add(node("m0", null, 0));
    for (int i = 0; i < 30; i++) {
      nodes.add(node("a" + i, null, 2 * i + 1));
      nodes.add(node("b" + i, null, 2 * i + 1));
      nodes.add(node("m" + (i + 1), null, 2 * i + 2));
      edges.add(new Edge("m" + i, "a" + i));
      edges.add(new Edge("m" + i, "b" + i));
      edges.add(new Edge("a" + i, "m" + (i + 1)));
      edges.add(new Edge("b" + i, "m" + (i + 1)));
    }
    var lines = lines(new LineageGraph("m0", nodes, edges, false));

    assertThat(lines).hasSize(2 + edges.size());
    assertThat(lines.stream().filter(line -> line.endsWith("(see above)"))).hasSize(29);
  }

  @Test
  @Timeout(5)
  void lines_cycle_ends() {
    var graph =
        new LineageGraph(
            "a",
            List.of(node("a", null, 0), node("b", null, -1)),
            List.of(new Edge("b", "a"), new Edge("a", "b")),
            false);
    assertThat(lines(graph)).contains("└─ b:1 (Model) b", "   └─ a:1 (Model) a (see above)");
  }

  private static List<String> lines(LineageGraph graph) {
    return new LineageTree(graph, new Style(false)).lines();
  }

  private static Node node(String id, @Nullable Instant deletedAt, int depth) {
    var artifact =
        new Artifact(
            id,
            "default",
            id,
            "Model",
            "1",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            List.of(),
            Instant.EPOCH,
            "ada",
            1,
            deletedAt);
    return new Node(id, artifact, depth);
  }
}
