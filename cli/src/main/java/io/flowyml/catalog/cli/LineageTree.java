package io.flowyml.catalog.cli;

import io.flowyml.catalog.LineageGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lineage graph as indented lines. What several paths lead to is drawn out once and only named at
 * its other places, so that the figure is as long as the graph has edges, however many paths it
 * has.
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
  private record Step(String id, String indent, boolean last) {}

  private final LineageGraph graph;
  private final Style style;
  private final Map<String, LineageGraph.Node> nodes = new HashMap<>();
  private final Map<String, List<String>> parents = new HashMap<>();
  private final Map<String, List<String>> children = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  LineageTree(LineageGraph graph, Style style) {
    this.graph = graph;
    this.style = style;
    graph.nodes().forEach(node -> nodes.put(node.id(), node));
    for (var edge : graph.edges()) {
      parents.computeIfAbsent(edge.child(), id -> new ArrayList<>()).add(edge.parent());
      children.computeIfAbsent(edge.parent(), id -> new ArrayList<>()).add(edge.child());
    }
  }

  List<String> lines() {
    lines.add(label(graph.root()));
    draw("made from", parents);
    draw("made into", children);
    return lines;
  }

  private void draw(String title, Map<String, List<String>> next) {
    var first = shown(next, graph.root());
    if (first.isEmpty()) {
      return;
    }
    lines.add(title);
    Set<String> drawn = new HashSet<>();
    drawn.add(graph.root());
    // a stack, not recursion: a chain of ten thousand versions is a legal lineage
    var stack = new ArrayDeque<Step>();
    push(stack, first, "");
    while (!stack.isEmpty()) {
      var step = stack.pop();
      var below = shown(next, step.id());
      boolean again = !drawn.add(step.id()) && !below.isEmpty();
      var branch = step.indent() + (step.last() ? "└─ " : "├─ ");
      lines.add(style.dim(branch) + label(step.id()) + (again ? style.dim(" (see above)") : ""));
      if (!again) {
        push(stack, below, step.indent() + (step.last() ? "   " : "│  "));
      }
    }
  }

  private static void push(ArrayDeque<Step> stack, List<String> ids, String indent) {
    for (int i = ids.size() - 1; i >= 0; i--) {
      stack.push(new Step(ids.get(i), indent, i == ids.size() - 1));
    }
  }

  /** Neighbours that are in the graph; where it was cut, edges may lead out of it. */
  private List<String> shown(Map<String, List<String>> next, String id) {
    return next.getOrDefault(id, List.of()).stream().filter(nodes::containsKey).toList();
  }

  private String label(String id) {
    var node = nodes.get(id);
    var artifact = node == null ? null : node.artifact();
    if (artifact == null) {
      return Text.oneLine(id) + style.bad(" (unresolved)");
    }
    var label =
        Text.oneLine(
            "%s:%s (%s)".formatted(artifact.name(), artifact.version(), artifact.artifactType()));
    for (var alias : artifact.aliases()) {
      label += style.good(" @" + Text.oneLine(alias));
    }
    return label
        + style.dim(" " + Text.oneLine(id))
        + (artifact.isDeleted() ? style.bad(" deleted") : "");
  }
}
