package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Lineage;
import io.flowyml.catalog.LineageGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lineage in JSON, for the command line and the wire alike. */
public final class LineageJson {
  private LineageJson() {}

  /** {@code {"artifact": {...}, "parents": [...], "children": [...]}} with whole records. */
  public static Map<String, @Nullable Object> toMap(Lineage lineage) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("artifact", ArtifactJson.toMap(lineage.artifact()));
    map.put("parents", ArtifactJson.toMaps(lineage.parents()));
    map.put("children", ArtifactJson.toMaps(lineage.children()));
    return map;
  }

  /**
   * {@code {"root", "nodes", "edges", "truncated"}}. A node is a whole record with {@code depth}
   * added, or, where the id is not in the catalog, {@code {"id", "unresolved": true, "depth"}}; an
   * edge is {@code {"parent", "child"}}.
   */
  public static Map<String, @Nullable Object> toMap(LineageGraph graph) {
    var nodes = new ArrayList<Map<String, @Nullable Object>>();
    for (var node : graph.nodes()) {
      nodes.add(node(node));
    }
    var edges = new ArrayList<Map<String, String>>();
    for (var edge : graph.edges()) {
      var map = new LinkedHashMap<String, String>();
      map.put("parent", edge.parent());
      map.put("child", edge.child());
      edges.add(map);
    }
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("root", graph.root());
    map.put("nodes", nodes);
    map.put("edges", edges);
    map.put("truncated", graph.truncated());
    return map;
  }

  private static Map<String, @Nullable Object> node(LineageGraph.Node node) {
    var artifact = node.artifact();
    Map<String, @Nullable Object> map;
    if (artifact == null) {
      map = new LinkedHashMap<>();
      map.put("id", node.id());
      map.put("unresolved", true);
    } else {
      map = ArtifactJson.toMap(artifact);
    }
    map.put("depth", node.depth());
    return map;
  }

  /** Reads a graph back. Fails with {@code invalid_argument} where a field is missing or wrong. */
  public static LineageGraph graphFrom(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the graph");
    var nodes = new ArrayList<LineageGraph.Node>();
    for (var object : fields.objects("nodes")) {
      var node = new Fields(object, "the graph's node");
      nodes.add(
          new LineageGraph.Node(
              node.neededText("id"),
              node.flag("unresolved") ? null : ArtifactJson.fromMap(object),
              Math.toIntExact(node.neededInteger("depth"))));
    }
    var edges = new ArrayList<LineageGraph.Edge>();
    for (var object : fields.objects("edges")) {
      var edge = new Fields(object, "the graph's edge");
      edges.add(new LineageGraph.Edge(edge.neededText("parent"), edge.neededText("child")));
    }
    return new LineageGraph(fields.neededText("root"), nodes, edges, fields.flag("truncated"));
  }
}
