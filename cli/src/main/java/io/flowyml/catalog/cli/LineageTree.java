package io.flowyml.catalog.cli;

import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * A lineage graph as indented lines.
 *
 * <pre>
 * fraud_detector:3 (Model) 0198c0de
 * made from
 * ├─ features:2 (FeatureSet) 0198c0dd
 * │  └─ raw:1 (Dataset) 0198c0da
 * └─ params:1 (Config) 0198c0db
 * made into
 * └─ report:1 (Report) 0198c0df
 * </pre>
 */
final class LineageTree {
  private final LineageGraph graph;
  private final Style style;

  LineageTree(LineageGraph graph, Style style) {
    this.graph = graph;
    this.style = style;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    for (var node : graph.nodes()) {
      if (node.id().equals(graph.root())) {
        lines.add(label(node));
      }
    }
    draw(lines, "made from", Direction.UPSTREAM);
    draw(lines, "made into", Direction.DOWNSTREAM);
    return lines;
  }

  private void draw(List<String> lines, String title, Direction direction) {
    var tree = graph.toTree(direction);
    if (!tree.isEmpty()) {
      lines.add(title);
    }
    for (var line : tree) {
      lines.add(
          style.dim(line.branch())
              + label(line.node())
              + (line.above() ? style.dim(" (see above)") : ""));
    }
  }

  private String label(LineageGraph.Node node) {
    var artifact = node.artifact();
    if (artifact == null) {
      return Text.oneLine(node.id()) + style.bad(" (unresolved)");
    }
    var label =
        Text.oneLine(
            "%s:%s (%s)".formatted(artifact.name(), artifact.version(), artifact.artifactType()));
    for (var alias : artifact.aliases()) {
      label += style.good(" @" + Text.oneLine(alias));
    }
    return label
        + style.dim(" " + Text.oneLine(node.id()))
        + (artifact.isDeleted() ? style.bad(" deleted") : "");
  }
}
