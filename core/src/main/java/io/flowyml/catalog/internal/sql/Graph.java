package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Traversals of the lineage graph: breadth first, one level at a time, each node once, so that they
 * end on any graph and cost what they visit.
 */
final class Graph {
  private Graph() {}

  /**
   * One edge as it is stored.
   *
   * @param parent {@code null} while its id is not in the catalog
   */
  private record Edge(long child, @Nullable Long parent, @Nullable String parentId) {}

  static LineageGraph traverse(
      Session session,
      ArtifactRows rows,
      long project,
      long root,
      Direction direction,
      int depth,
      int limit) {
    var found = new LinkedHashMap<Long, Integer>();
    var unresolved = new LinkedHashMap<String, Integer>();
    var edges = new LinkedHashSet<Edge>();
    found.put(root, 0);
    boolean truncated = false;
    int sign = direction == Direction.UPSTREAM ? -1 : 1;
    var level = List.of(root);
    for (int step = 1; !level.isEmpty(); step++) {
      var next = new ArrayList<Long>();
      for (var edge : edges(session, project, rows.moment(), level, direction)) {
        if (edge.parent() == null) {
          var id = String.valueOf(edge.parentId());
          boolean room = step <= depth && found.size() + unresolved.size() < limit;
          if (unresolved.containsKey(id) || room) {
            unresolved.putIfAbsent(id, sign * step);
            edges.add(edge);
          } else {
            truncated = true;
          }
          continue;
        }
        long other = direction == Direction.UPSTREAM ? edge.parent() : edge.child();
        if (found.containsKey(other)) {
          edges.add(edge);
        } else if (step <= depth && found.size() + unresolved.size() < limit) {
          found.put(other, sign * step);
          next.add(other);
          edges.add(edge);
        } else {
          truncated = true;
        }
      }
      level = next;
    }
    return graph(session, rows, project, root, found, unresolved, edges, truncated);
  }

  private static LineageGraph graph(
      Session session,
      ArtifactRows rows,
      long project,
      long root,
      Map<Long, Integer> found,
      Map<String, Integer> unresolved,
      Set<Edge> edges,
      boolean truncated) {
    var ids = new HashMap<Long, String>();
    var nodes = new ArrayList<LineageGraph.Node>();
    for (var stored : rows.byDocs(session, project, List.copyOf(found.keySet()))) {
      var id = stored.artifact().id();
      ids.put(stored.doc(), id);
      nodes.add(new LineageGraph.Node(id, stored.artifact(), found.getOrDefault(stored.doc(), 0)));
    }
    unresolved.forEach((id, depth) -> nodes.add(new LineageGraph.Node(id, null, depth)));
    var named = new LinkedHashSet<LineageGraph.Edge>();
    for (var edge : edges) {
      var parent = edge.parent() == null ? edge.parentId() : ids.get(edge.parent());
      named.add(
          new LineageGraph.Edge(String.valueOf(parent), String.valueOf(ids.get(edge.child()))));
    }
    return new LineageGraph(String.valueOf(ids.get(root)), nodes, List.copyOf(named), truncated);
  }

  /** Calls for every ancestor or descendant of a document, the document itself left out. */
  static void closure(
      Session session,
      long project,
      @Nullable Moment moment,
      long root,
      Direction direction,
      int depth,
      LongConsumer each) {
    var seen = new java.util.HashSet<Long>();
    seen.add(root);
    var level = List.of(root);
    for (int step = 1; step <= depth && !level.isEmpty(); step++) {
      var next = new ArrayList<Long>();
      for (var edge : edges(session, project, moment, level, direction)) {
        var other = direction == Direction.UPSTREAM ? edge.parent() : Long.valueOf(edge.child());
        if (other != null && seen.add(other)) {
          next.add(other);
          each.accept(other);
        }
      }
      level = next;
    }
  }

  private static final String PRESENT = "SELECT child, parent, parent_id, ord FROM parent";

  /** A parent that was registered later was an id without an artifact. */
  private static final String PAST =
      """
      SELECT child, CASE WHEN parent <= ? THEN parent END,
        CASE WHEN parent > ? THEN (SELECT x.id FROM artifact x
          WHERE x.project = parent.project AND x.doc = parent.parent) ELSE parent_id END, ord
      FROM parent\
      """;

  private static final String HELD = " AND from_seq <= ? AND (to_seq IS NULL OR to_seq > ?)";

  private record Ordered(Edge edge, int order) {}

  /**
   * The edges from a level to the next one, nodes in their order: the parents of each in theirs,
   * its newest child first.
   */
  private static List<Edge> edges(
      Session session,
      long project,
      @Nullable Moment moment,
      List<Long> level,
      Direction direction) {
    boolean up = direction == Direction.UPSTREAM;
    var byNode = new HashMap<Long, List<Ordered>>(2 * level.size());
    session.eachIn(
        "%s WHERE project = ?%s AND %s IN"
            .formatted(
                moment == null ? PRESENT : PAST,
                moment == null ? " AND to_seq IS NULL" : HELD,
                up ? "child" : "parent"),
        level.stream().mapToLong(node -> node),
        r -> {
          long child = r.getLong(1);
          long number = r.getLong(2);
          var parent = r.wasNull() ? null : number;
          var edge = new Edge(child, parent, parent == null ? r.getString(3) : null);
          byNode
              .computeIfAbsent(up || parent == null ? child : parent, n -> new ArrayList<>(4))
              .add(new Ordered(edge, r.getInt(4)));
        },
        moment == null
            ? new Object[] {project}
            : new Object[] {moment.docs(), moment.docs(), project, moment.seq(), moment.seq()});
    var order =
        up
            ? Comparator.comparingInt(Ordered::order)
            : Comparator.<Ordered>comparingLong(o -> o.edge().child()).reversed();
    var all = new ArrayList<Edge>();
    for (long node : level) {
      var some = byNode.get(node);
      if (some != null) {
        some.stream().sorted(order).forEach(o -> all.add(o.edge()));
      }
    }
    return all;
  }

  /**
   * A shortest path that there is, or was at a moment, from an ancestor to one of some documents,
   * both included; empty where there is none. It is looked for upwards, since artifacts have few
   * ancestors and may have many descendants.
   */
  static List<Long> path(
      Session session,
      long project,
      @Nullable Moment moment,
      long ancestor,
      List<Long> descendants) {
    var childOf = new HashMap<Long, Long>();
    descendants.forEach(descendant -> childOf.put(descendant, descendant));
    var level = descendants;
    while (!level.isEmpty() && !childOf.containsKey(ancestor)) {
      var next = new ArrayList<Long>();
      for (var edge : edges(session, project, moment, level, Direction.UPSTREAM)) {
        if (edge.parent() != null && childOf.putIfAbsent(edge.parent(), edge.child()) == null) {
          next.add(edge.parent());
        }
      }
      level = next;
    }
    if (!childOf.containsKey(ancestor)) {
      return List.of();
    }
    var path = new ArrayList<Long>();
    path.add(ancestor);
    for (long node = ancestor, child = childOf.getOrDefault(node, node);
        child != node;
        child = childOf.getOrDefault(node, node)) {
      path.add(child);
      node = child;
    }
    return path;
  }

  /** Refuses edges that would make an artifact its own ancestor. */
  static void refuseCycle(
      Session session, long project, String id, long doc, List<Parents.Edge> parents) {
    var docs = parents.stream().map(Parents.Edge::doc).filter(Objects::nonNull).toList();
    var path = path(session, project, null, doc, docs);
    if (!path.isEmpty()) {
      throw cycle(session, project, id, path);
    }
  }

  /**
   * The error for edges that would close a circle.
   *
   * @param path documents from the child to the parent that it would get
   */
  private static CatalogException cycle(
      Session session, long project, String child, List<Long> path) {
    var names = new ArrayList<String>();
    names.add(child);
    for (long doc : path) {
      var id =
          session.<String>first(
              "SELECT id FROM artifact WHERE project = ? AND doc = ?",
              r -> r.getString(1),
              project,
              doc);
      if (id != null && !id.equals(child)) {
        names.add(id);
      }
    }
    names.add(child);
    return new CatalogException(
        ErrorCode.CYCLE,
        "%s would become its own ancestor: %s; leave that parent out"
            .formatted(child, String.join(" -> ", names)),
        Map.of("path", names),
        null);
  }
}
