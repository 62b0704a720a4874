package io.flowyml.catalog.server;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked of the server.
 *
 * @param method {@code GET}, which answers {@code HEAD} too, {@code POST}, {@code PUT}, {@code
 *     PATCH} or {@code DELETE}
 * @param path segments that stand for themselves or, like {@code {id}}, for any text or, like
 *     {@code {id...}}, for any texts with slashes between them
 * @param permission what the caller needs; a server with a route without one does not start
 * @param query the parameters that may stand behind the path; {@code null} where any may
 * @since 0.1
 */
public record Route(
    String method,
    String path,
    @Nullable Permission permission,
    @Nullable Set<String> query,
    Handler handler) {

  public Route {
    query = query == null ? null : Set.copyOf(query);
  }

  /** A route without parameters and, so far, without a permission. */
  public static Route of(String method, String path, Handler handler) {
    return new Route(method, path, null, Set.of(), handler);
  }

  public Route needs(Permission permission) {
    return new Route(method, path, permission, query, handler);
  }

  public Route query(String... names) {
    return new Route(method, path, permission, Set.of(names), handler);
  }

  /**
   * Takes whatever a client sends: parameters that it does not know are left, and what is no escape
   * in the path stands for itself.
   */
  public Route tolerant() {
    return new Route(method, path, permission, null, handler);
  }

  /** The path's segments, without the empty one before its first slash. */
  List<String> segments() {
    return List.of(path.substring(1).split("/", -1));
  }

  boolean isTolerant() {
    return query == null;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
