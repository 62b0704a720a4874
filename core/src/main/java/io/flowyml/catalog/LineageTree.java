package io.flowyml.catalog;

import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * One direction of a lineage graph as indented lines, without the root. What several paths lead to
 * is drawn out once and only named at its other places, so that the figure is as long as the graph
 * has edges, however many paths it has.
 *
 * <pre>
 * ├─ features:2
 * │  └─ raw:1
 * └─ params:1
 * </pre>
 *
 * @since 0.1
 */
public final class LineageTree {

  /**
   * One line of the tree.
   *
   * @param branch what is drawn before the node
   * @param node the node
   * @param above whether what is below it is drawn out above
   * @since 0.1
   */
  public record Line(String branch, LineageGraph.Node node, boolean above) {}

  private record Step(String id, String indent, boolean last) {}

  private final Map<String, LineageGraph.Node> nodes = new HashMap<>();
  private final Map<String, List<String>> next = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();

  private LineageTree(LineageGraph graph, Direction direction) {
    graph.nodes().forEach(node -> nodes.put(node.id(), node));
    boolean up = direction == Direction.UPSTREAM;
    for (var edge : graph.edges()) {
      var from = up ? edge.child() : edge.parent();
      var to = up ? edge.parent() : edge.child();
      // where the graph was cut, edges lead out of it
      if (nodes.containsKey(to)) {
        next.computeIfAbsent(from, id -> new ArrayList<>()).add(to);
      }
    }
  }

  static List<Line> of(LineageGraph graph, Direction direction) {
    var tree = new LineageTree(graph, direction);
    tree.draw(graph.root());
    return tree.lines;
  }

  private void draw(String root) {
    var drawn = new HashSet<String>();
    drawn.add(root);
    // a stack, not recursion: a chain of ten thousand versions is a legal lineage
    var stack = new ArrayDeque<Step>();
    push(stack, root, "");
    while (!stack.isEmpty()) {
      var step = stack.pop();
      boolean above = !drawn.add(step.id()) && next.containsKey(step.id());
      var branch = step.indent() + (step.last() ? "└─ " : "├─ ");
      var node = nodes.get(step.id());
      if (node != null) {
        lines.add(new Line(branch, node, above));
      }
      if (!above) {
        push(stack, step.id(), step.indent() + (step.last() ? "   " : "│  "));
      }
    }
  }

  private void push(ArrayDeque<Step> stack, String id, String indent) {
    var below = next.getOrDefault(id, List.of());
    for (int i = below.size() - 1; i >= 0; i--) {
      stack.push(new Step(below.get(i), indent, i == below.size() - 1));
    }
  }
}
