package io.flowyml.catalog.demo;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.LineageGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an artifact was made from, as a tree in a terminal; what stands in it twice is drawn once.
 */
final class LineageTree {
  private final LineageGraph graph;
  private final Map<String, Artifact> artifacts = new HashMap<>();
  private final Set<String> drawn = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private LineageTree(LineageGraph graph) {
    this.graph = graph;
    for (var node : graph.nodes()) {
      if (node.artifact() != null) {
        artifacts.put(node.id(), node.artifact());
      }
    }
  }

  /** One line for each node, the root first. */
  static List<String> of(LineageGraph upstream) {
    var tree = new LineageTree(upstream);
    tree.draw(upstream.root(), "", "");
    return tree.lines;
  }

  private void draw(String id, String here, String below) {
    var parents =
        graph.edges().stream().filter(e -> e.child().equals(id)).map(e -> e.parent()).toList();
    if (!drawn.add(id)) {
      lines.add(here + label(id) + (parents.isEmpty() ? "" : " (see above)"));
      return;
    }
    lines.add(here + label(id));
    for (int i = 0; i < parents.size(); i++) {
      boolean last = i == parents.size() - 1;
      draw(parents.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  private String label(String id) {
    var artifact = artifacts.get(id);
    if (artifact == null) {
      return id + " (unresolved)";
    }
    var aliases = new StringBuilder();
    artifact.aliases().forEach(alias -> aliases.append(" @").append(alias));
    return "%s:%s (%s)%s"
        .formatted(artifact.name(), artifact.version(), artifact.artifactType(), aliases);
  }
}
