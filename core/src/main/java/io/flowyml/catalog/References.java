package io.flowyml.catalog;

import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import io.flowyml.catalog.spi.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** Looks references up for the facade, and says what is there instead where one means nothing. */
final class References {
  private References() {}

  static Artifact living(CatalogBackend backend, Scope scope, String reference) {
    var artifact =
        backend
            .find(scope, Rules.reference(reference))
            .orElseThrow(() -> notFound(backend, scope, reference));
    if (artifact.isDeleted() && scope.asOf() != null) {
      throw new CatalogException(
          ErrorCode.DELETED,
          "as of %s artifact %s (%s:%s) is the tombstone of %s; what was purged since is one at any time"
              .formatted(
                  scope.asOf().asText(),
                  artifact.id(),
                  artifact.name(),
                  artifact.version(),
                  artifact.deletedAt()),
          Map.of("id", artifact.id()),
          null);
    }
    if (artifact.isDeleted()) {
      throw new CatalogException(
          ErrorCode.DELETED,
          "artifact %s (%s:%s) was deleted at %s; restore it to use it again"
              .formatted(artifact.id(), artifact.name(), artifact.version(), artifact.deletedAt()),
          Map.of("id", artifact.id()),
          null);
    }
    return artifact;
  }

  static CatalogException notFound(CatalogBackend backend, Scope scope, String reference) {
    int split = firstOf(reference, '@', ':');
    if (split > 0) {
      var name = reference.substring(0, split);
      var latest = backend.find(scope, name);
      if (latest.isPresent()) {
        var what = reference.charAt(split) == '@' ? "alias " : "version ";
        return new CatalogException(
            ErrorCode.NOT_FOUND,
            "%s%s not found; the latest version of %s is %s"
                .formatted(what, reference, name, latest.get().version()),
            Map.of("reference", reference, "latest", latest.get().version()),
            null);
      }
    }
    return new CatalogException(
        ErrorCode.NOT_FOUND,
        "no artifact with id or name \"%s\" in project %s; search for a part of its name"
            .formatted(reference, scope.project()),
        Map.of("reference", reference),
        null);
  }

  private static int firstOf(String text, char one, char other) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == one || text.charAt(i) == other) {
        return i;
      }
    }
    return -1;
  }

  static Lineage lineage(CatalogBackend backend, Scope scope, Artifact artifact) {
    var up = backend.graph(scope, artifact.id(), Direction.UPSTREAM, 1, Limits.GRAPH_NODES);
    var down = backend.graph(scope, artifact.id(), Direction.DOWNSTREAM, 1, Limits.GRAPH_NODES);
    var byId = new HashMap<String, Artifact>();
    for (var node : up.nodes()) {
      if (node.artifact() != null) {
        byId.put(node.id(), node.artifact());
      }
    }
    var parents = new ArrayList<Artifact>();
    for (var id : artifact.parentIds()) {
      var parent = byId.get(id);
      if (parent != null) {
        parents.add(parent);
      }
    }
    var children = new ArrayList<Artifact>();
    for (var node : down.nodes()) {
      if (node.depth() > 0 && node.artifact() != null && !node.artifact().isDeleted()) {
        children.add(node.artifact());
      }
    }
    return new Lineage(artifact, parents, children);
  }
}
