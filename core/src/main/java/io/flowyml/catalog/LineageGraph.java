package io.flowyml.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of the lineage graph, from one artifact on; every node stands in it once.
 *
 * @param root id of the artifact the traversal started from
 * @param edges between the nodes, from parent to child
 * @param truncated whether depth or limit left something out
 * @since 0.1
 */
public record LineageGraph(String root, List<Node> nodes, List<Edge> edges, boolean truncated) {
  private static final int LONGEST_LABEL = 80;

  public LineageGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * One artifact of the graph.
   *
   * @param artifact the record, a tombstone where it was deleted; {@code null} where the id is
   *     unresolved
   * @param depth steps from the root, negative upstream
   */
  public record Node(String id, @Nullable Artifact artifact, int depth) {}

  /** An edge from an input to what was made of it. */
  public record Edge(String parent, String child) {}

  /** A Mermaid figure, {@code graph TD}, one box per artifact labelled {@code name<br/>(Type)}. */
  public String toMermaid() {
    var text = new StringBuilder("graph TD\n");
    var boxes = new HashMap<String, String>();
    for (var node : nodes) {
      var box = "n" + boxes.size();
      boxes.put(node.id(), box);
      text.append("    ").append(box).append("[\"").append(label(node, "<br/>")).append("\"]\n");
    }
    appendEdges(text, boxes, " --> ", "\n");
    return text.toString();
  }

  /** The figure in Graphviz' DOT language. */
  public String toDot() {
    var text = new StringBuilder("digraph lineage {\n    node [shape=box];\n");
    var boxes = new HashMap<String, String>();
    for (var node : nodes) {
      var box = "n" + boxes.size();
      boxes.put(node.id(), box);
      text.append("    ").append(box).append(" [label=\"").append(dotLabel(node)).append("\"];\n");
    }
    appendEdges(text, boxes, " -> ", ";\n");
    return text.append("}\n").toString();
  }

  private void appendEdges(
      StringBuilder text, Map<String, String> boxes, String arrow, String end) {
    for (var edge : edges) {
      var parent = boxes.get(edge.parent());
      var child = boxes.get(edge.child());
      if (parent != null && child != null) {
        text.append("    ").append(parent).append(arrow).append(child).append(end);
      }
    }
  }

  private static String label(Node node, String lineBreak) {
    var artifact = node.artifact();
    if (artifact == null) {
      return mermaid(node.id()) + lineBreak + "(unresolved)";
    }
    var label = mermaid(artifact.name()) + lineBreak + "(" + mermaid(artifact.artifactType()) + ")";
    return artifact.isDeleted() ? label + lineBreak + "deleted" : label;
  }

  private static String dotLabel(Node node) {
    var artifact = node.artifact();
    if (artifact == null) {
      return dot(node.id()) + "\\n(unresolved)";
    }
    var label = dot(artifact.name()) + "\\n(" + dot(artifact.artifactType()) + ")";
    return artifact.isDeleted() ? label + "\\ndeleted" : label;
  }

  /**
   * Mermaid knows no escapes inside a label but entity codes, so all that could end it becomes one.
   */
  private static String mermaid(String text) {
    var out = new StringBuilder();
    shortened(text)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || " ._-/+=,()".indexOf(c) >= 0) {
                out.appendCodePoint(c);
              } else {
                out.append('#').append(c).append(';');
              }
            });
    return out.toString();
  }

  private static String dot(String text) {
    return shortened(text)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replaceAll("\\p{Cntrl}", " ");
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_LABEL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
  }
}
