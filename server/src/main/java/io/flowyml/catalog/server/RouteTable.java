package io.flowyml.catalog.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All routes as a tree of path segments. A segment that stands for itself goes before one that
 * stands for any text, so that {@code /artifacts/search} is no id; one that stands for several goes
 * last, and takes as few as it can, so that {@code /artifacts/a/b/tags} are the tags of {@code
 * a/b}.
 */
final class RouteTable {
  private final List<Route> routes;
  private final Node root = new Node();

  RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    routes.forEach(this::add);
  }

  List<Route> routes() {
    return routes;
  }

  private void add(Route route) {
    if (route.permission() == null) {
      throw new IllegalStateException(
          route + " declares no permission; say who may use it with needs(...)");
    }
    var node = root;
    var names = new ArrayList<String>();
    for (var segment : route.segments()) {
      if (segment.endsWith("...}")) {
        names.add(segment.substring(1, segment.length() - 4));
        node = node.anyTexts();
      } else if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        node = node.anyText();
      } else {
        node = node.literal.computeIfAbsent(segment, s -> new Node());
      }
    }
    if (node.targets.putIfAbsent(route.method(), new Target(route, names)) != null) {
      throw new IllegalStateException(route + " is there twice");
    }
  }

  /**
   * What the segments of a path lead to, by method; empty where there is no such path.
   *
   * @param segments decoded
   */
  Match match(List<String> segments) {
    var values = new ArrayList<String>();
    var node = find(root, segments, 0, values);
    return new Match(node == null ? Map.of() : node.targets, values);
  }

  private static @Nullable Node find(
      Node node, List<String> segments, int at, List<String> values) {
    if (at == segments.size()) {
      return node.targets.isEmpty() ? null : node;
    }
    var literal = node.literal.get(segments.get(at));
    if (literal != null) {
      var found = find(literal, segments, at + 1, values);
      if (found != null) {
        return found;
      }
    }
    var found = node.any == null ? null : find(node.any, segments, at, at + 1, values);
    for (int end = at + 1;
        found == null && node.anyTexts != null && end <= segments.size();
        end++) {
      found = find(node.anyTexts, segments, at, end, values);
    }
    return found;
  }

  /** Takes segments up to an end as one value. */
  private static @Nullable Node find(
      Node node, List<String> segments, int at, int end, List<String> values) {
    var value = String.join("/", segments.subList(at, end));
    if (value.isEmpty()) {
      return null;
    }
    values.add(value);
    var found = find(node, segments, end, values);
    if (found == null) {
      values.removeLast();
    }
    return found;
  }

  private static final class Node {
    final Map<String, Node> literal = new HashMap<>();
    final Map<String, Target> targets = new TreeMap<>();
    @Nullable Node any;
    @Nullable Node anyTexts;

    Node anyText() {
      var node = any == null ? new Node() : any;
      any = node;
      return node;
    }

    Node anyTexts() {
      var node = anyTexts == null ? new Node() : anyTexts;
      anyTexts = node;
      return node;
    }
  }

  /** A route with the names of what stands for any text in its path. */
  record Target(Route route, List<String> names) {}

  /** The routes of one path, by method, and the texts in it. */
  record Match(Map<String, Target> targets, List<String> values) {

    /** The route for a method; {@code HEAD} is answered as {@code GET}. */
    @Nullable Target target(String method) {
      return targets.get(method.equals("HEAD") ? "GET" : method);
    }

    Map<String, String> parameters(Target target) {
      var parameters = new LinkedHashMap<String, String>();
      for (int i = 0; i < values.size(); i++) {
        parameters.put(target.names().get(i), values.get(i));
      }
      return parameters;
    }
  }
}
