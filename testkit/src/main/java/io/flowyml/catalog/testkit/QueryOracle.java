package io.flowyml.catalog.testkit;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.query.Evaluation;
import io.flowyml.catalog.query.ParsedQuery;
import io.flowyml.catalog.query.Query;
import io.flowyml.catalog.query.SortOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts of one project in memory, and what each query must find among them, by looking at
 * every one: slow, and right.
 */
public final class QueryOracle implements Evaluation.Facts {
  private final Map<String, Artifact> artifacts = new LinkedHashMap<>();
  private final Map<String, Long> creation = new HashMap<>();
  private final Map<String, List<String>> children = new HashMap<>();
  private final Set<String> withDuplicates = new HashSet<>();
  private final Map<Query, Set<String>> traced = new HashMap<>();

  /**
   * @param inCreationOrder oldest first, each id once, tombstones included
   */
  public QueryOracle(List<Artifact> inCreationOrder) {
    for (var artifact : inCreationOrder) {
      creation.put(artifact.id(), (long) creation.size());
      artifacts.put(artifact.id(), artifact);
      for (var parent : artifact.parentIds()) {
        children.computeIfAbsent(parent, id -> new ArrayList<>()).add(artifact.id());
      }
      if (artifact.duplicateOf() != null && !artifact.isDeleted()) {
        withDuplicates.add(artifact.duplicateOf());
      }
    }
  }

  /**
   * All living artifacts that the query finds, in its order.
   *
   * @throws CatalogException {@code NOT_FOUND} where it traces a reference to nothing
   */
  public List<Artifact> search(ParsedQuery query) {
    traceAll(query.where());
    return artifacts.values().stream()
        .filter(artifact -> !artifact.isDeleted())
        .filter(artifact -> Evaluation.matches(query.where(), artifact, this))
        .sorted(SortOrder.of(query.sort(), artifact -> creation.getOrDefault(artifact.id(), -1L)))
        .toList();
  }

  @Override
  public boolean hasChildren(Artifact artifact) {
    return children.getOrDefault(artifact.id(), List.of()).stream()
        .map(artifacts::get)
        .anyMatch(child -> child != null && !child.isDeleted());
  }

  @Override
  public boolean hasDuplicates(Artifact artifact) {
    return withDuplicates.contains(artifact.id());
  }

  @Override
  public boolean isAncestor(Artifact artifact, String reference, int depth) {
    return trace(new Query.Ancestors(reference, depth)).contains(artifact.id());
  }

  @Override
  public boolean isDescendant(Artifact artifact, String reference, int depth) {
    return trace(new Query.Descendants(reference, depth)).contains(artifact.id());
  }

  /**
   * A reference to nothing is an error wherever it stands, not only where a record decides on it.
   */
  private void traceAll(Query query) {
    switch (query) {
      case Query.And and -> and.terms().forEach(this::traceAll);
      case Query.Or or -> or.terms().forEach(this::traceAll);
      case Query.Not not -> traceAll(not.term());
      case Query.Ancestors up -> trace(up);
      case Query.Descendants down -> trace(down);
      case Query.All all -> {}
      case Query.Word word -> {}
      case Query.Compare compare -> {}
      case Query.Has has -> {}
    }
  }

  private Set<String> trace(Query traversal) {
    var known = traced.get(traversal);
    if (known == null) {
      known =
          switch (traversal) {
            case Query.Ancestors(var reference, int depth) -> reached(reference, depth, true);
            case Query.Descendants(var reference, int depth) -> reached(reference, depth, false);
            default -> throw new IllegalArgumentException("no traversal: " + traversal);
          };
      traced.put(traversal, known);
    }
    return known;
  }

  /** Breadth first, so that each is reached by the fewest steps. */
  private Set<String> reached(String reference, int depth, boolean upstream) {
    var root = resolve(reference).id();
    var reached = new HashSet<String>(List.of(root));
    var edge = List.of(root);
    for (int step = 0; !edge.isEmpty() && (depth == 0 || step < depth); step++) {
      var next = new ArrayList<String>();
      for (var id : edge) {
        for (var neighbour : upstream ? parents(id) : children.getOrDefault(id, List.of())) {
          if (reached.add(neighbour)) {
            next.add(neighbour);
          }
        }
      }
      edge = next;
    }
    reached.remove(root);
    return reached;
  }

  private List<String> parents(String id) {
    var artifact = artifacts.get(id);
    return artifact == null ? List.of() : artifact.parentIds();
  }

  private Artifact resolve(String reference) {
    var found = artifacts.get(reference);
    for (int i = 0; found == null && i < reference.length(); i++) {
      char c = reference.charAt(i);
      if (c == '@' || c == ':') {
        found = pointedAt(reference.substring(0, i), c == '@', reference.substring(i + 1));
        break;
      }
    }
    if (found == null) {
      found = newest(reference);
    }
    if (found == null) {
      throw new CatalogException(
          ErrorCode.NOT_FOUND, "no artifact with id or name " + reference + " in these rows");
    }
    return found;
  }

  private @Nullable Artifact pointedAt(String name, boolean byAlias, String rest) {
    if (byAlias && rest.equals("latest")) {
      return newest(name);
    }
    return artifacts.values().stream()
        .filter(artifact -> artifact.name().equals(name) && !artifact.isDeleted())
        .filter(
            artifact ->
                byAlias ? artifact.aliases().contains(rest) : artifact.version().equals(rest))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Artifact newest(String name) {
    return artifacts.values().stream()
        .filter(artifact -> artifact.name().equals(name) && !artifact.isDeleted())
        .reduce((older, newer) -> newer)
        .orElse(null);
  }
}
