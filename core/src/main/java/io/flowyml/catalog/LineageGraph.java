package io.flowyml.catalog;

import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of the lineage graph, from one artifact on; every node stands in it once.
 *
 * @param root id of the artifact the traversal started from
 * @param nodes each once, the root first
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
   * @param id of the artifact, known or not
   * @param artifact the record, a tombstone where it was deleted; {@code null} where the id is
   *     unresolved
   * @param depth steps from the root, negative upstream
   */
  public record Node(String id, @Nullable Artifact artifact, int depth) {}

  /**
   * An edge from an input to what was made of it.
   *
   * @param parent id of the input
   * @param child id of what was made of it
   */
  public record Edge(String parent, String child) {}

  /**
   * A Mermaid figure, {@code graph TD}, one box per artifact labelled {@code name<br/>(Type)}.
   * Mermaid itself draws up to 500 edges and 50,000 characters unless it is told otherwise.
   *
   * @return the figure's text
   */
  public String toMermaid() {
    var text = new StringBuilder("graph TD\n");
    var boxes =
        appendNodes(text, "[\"", node -> label(node, LineageGraph::mermaid, "<br/>"), "\"]\n");
    appendEdges(text, boxes, " --> ", "\n");
    return text.toString();
  }

  /**
   * One direction as a tree for a terminal; the root itself is not among its lines.
   *
   * @param direction which way it grows
   * @return a line for each node, the first time with what is above it
   */
  public List<LineageTree.Line> toTree(Direction direction) {
    return LineageTree.of(this, direction);
  }

  /**
   * The figure in Graphviz' DOT language.
   *
   * @return the figure's text
   */
  public String toDot() {
    var text = new StringBuilder("digraph lineage {\n    node [shape=box];\n");
    var boxes =
        appendNodes(text, " [label=\"", node -> label(node, LineageGraph::dot, "\\n"), "\"];\n");
    appendEdges(text, boxes, " -> ", ";\n");
    return text.append("}\n").toString();
  }

  /** Answers how the figure names the nodes. */
  private Map<String, String> appendNodes(
      StringBuilder text, String open, Function<Node, String> label, String close) {
    var boxes = new HashMap<String, String>();
    for (var node : nodes) {
      var box = "n" + boxes.size();
      boxes.put(node.id(), box);
      text.append("    ").append(box).append(open).append(label.apply(node)).append(close);
    }
    return boxes;
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

  private static String label(Node node, UnaryOperator<String> escape, String lineBreak) {
    var artifact = node.artifact();
    if (artifact == null) {
      return escape.apply(shortened(node.id())) + lineBreak + "(unresolved)";
    }
    var name = escape.apply(shortened(artifact.name()));
    var type = escape.apply(shortened(artifact.artifactType()));
    return name
        + lineBreak
        + "("
        + type
        + ")"
        + (artifact.isDeleted() ? lineBreak + "deleted" : "");
  }

  /**
   * Mermaid knows no escapes in a label but entity codes, and reads what is left as Markdown, where
   * {@code 1. x} begins a list and {@code _x_} is emphasis. So only letters and digits stay as they
   * are, and what stands between two of them and means nothing there.
   */
  private static String mermaid(String text) {
    var characters = text.codePoints().toArray();
    var out = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      if (isPlain(characters, i)) {
        out.appendCodePoint(characters[i]);
      } else {
        out.append('#').append(characters[i]).append(';');
      }
    }
    return out.toString();
  }

  private static boolean isPlain(int[] text, int i) {
    if (Character.isLetterOrDigit(text[i])) {
      return true;
    }
    return " ._-/".indexOf(text[i]) >= 0
        && i > 0
        && i + 1 < text.length
        && Character.isLetterOrDigit(text[i - 1])
        && Character.isLetterOrDigit(text[i + 1]);
  }

  /** Graphviz reads entities in labels, too. */
  private static String dot(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("&", "&amp;")
        .replaceAll("\\p{Cntrl}", " ");
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_LABEL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
  }
}
