package io.flowyml.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One artifact with what it was made from and what was made of it, one step each way.
 *
 * @param artifact the one that was asked for
 * @param parents in the order given at registration; tombstones included, unresolved ones only in
 *     {@code artifact.unresolvedParentIds()}
 * @param children living ones, newest first
 * @since 0.1
 */
public record Lineage(Artifact artifact, List<Artifact> parents, List<Artifact> children) {
  public Lineage {
    parents = List.copyOf(parents);
    children = List.copyOf(children);
  }

  /**
   * The ids of all parents, unresolved ones included.
   *
   * @return in the order given at registration
   */
  public List<String> parentIds() {
    return artifact.parentIds();
  }

  /**
   * The ids of the living children.
   *
   * @return newest first
   */
  public List<String> childIds() {
    return children.stream().map(Artifact::id).toList();
  }

  /**
   * The same as a graph of nodes and edges.
   *
   * @return with unresolved parents as nodes without an artifact; never cut
   */
  public LineageGraph toGraph() {
    var nodes = new ArrayList<LineageGraph.Node>();
    var edges = new LinkedHashSet<LineageGraph.Edge>();
    nodes.add(new LineageGraph.Node(artifact.id(), artifact, 0));
    parents.forEach(p -> nodes.add(new LineageGraph.Node(p.id(), p, -1)));
    artifact.unresolvedParentIds().forEach(id -> nodes.add(new LineageGraph.Node(id, null, -1)));
    artifact.parentIds().forEach(id -> edges.add(new LineageGraph.Edge(id, artifact.id())));
    for (var child : children) {
      nodes.add(new LineageGraph.Node(child.id(), child, 1));
      edges.add(new LineageGraph.Edge(artifact.id(), child.id()));
    }
    return new LineageGraph(artifact.id(), nodes, List.copyOf(edges), false);
  }

  /**
   * A Mermaid figure, {@code graph TD}, one box per artifact labelled {@code name<br/>(Type)}.
   *
   * @return the figure's text
   */
  public String toMermaid() {
    return toGraph().toMermaid();
  }

  /**
   * The figure in Graphviz' DOT language.
   *
   * @return the figure's text
   */
  public String toDot() {
    return toGraph().toDot();
  }
}
