package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Edges to what an artifact was made from. */
final class Parents {
  private Parents() {}

  /**
   * A parent as it is stored.
   *
   * @param doc {@code null} while the id is not in the catalog
   */
  record Edge(@Nullable Long doc, String id) {}

  /**
   * Looks parents up, each once, in the order given; ids all together.
   *
   * <p>Strict: fails with {@code unknown_parent} naming all that are missing, and with {@code
   * deleted}. Tolerant: what is missing stays an unresolved id.
   */
  static List<Edge> resolve(
      Session session,
      Transaction.Project project,
      List<String> references,
      Lookups lookups,
      boolean ids,
      boolean tolerant) {
    if (references.isEmpty()) {
      return List.of();
    }
    var edges = new LinkedHashMap<String, Edge>();
    var missing = new ArrayList<String>();
    var byId = lookups.all(references);
    for (var reference : references) {
      var found = byId.get(reference);
      if (found != null) {
        if (found.deleted() && !tolerant) {
          throw deleted(reference);
        }
        edges.putIfAbsent(reference, new Edge(found.doc(), reference));
        continue;
      }
      var doc = ids ? null : Resolver.byName(session, project.no(), reference);
      if (doc == null) {
        missing.add(reference);
        edges.putIfAbsent(reference, new Edge(null, reference));
        continue;
      }
      var edge =
          tolerant ? new Edge(doc, reference) : living(session, project.no(), doc, reference);
      edges.putIfAbsent(edge.id(), edge);
    }
    if (!tolerant && !missing.isEmpty()) {
      throw new CatalogException(
          ErrorCode.UNKNOWN_PARENT,
          "parents %s are not in the catalog; register them first, or correct their names"
              .formatted(missing),
          Map.of("parents", missing),
          null);
    }
    return List.copyOf(edges.values());
  }

  private static Edge living(Session session, long project, long doc, String reference) {
    var edge =
        session.first(
            "SELECT id, deleted_seq FROM artifact WHERE project = ? AND doc = ?",
            r -> {
              var id = r.getString(1);
              r.getLong(2);
              return r.wasNull() ? new Edge(doc, id) : new Edge(null, id);
            },
            project,
            doc);
    if (edge == null || edge.doc() == null) {
      throw deleted(reference);
    }
    return edge;
  }

  private static CatalogException deleted(String reference) {
    return new CatalogException(
        ErrorCode.DELETED,
        "parent %s was deleted; restore it first".formatted(reference),
        Map.of("parent", reference),
        null);
  }

  /** Writes edges behind those that the child has. */
  static void insert(Session session, long project, long child, List<Edge> edges, long seq) {
    if (edges.isEmpty()) {
      return;
    }
    var last =
        session.number(
            "SELECT max(ord) FROM parent WHERE project = ? AND child = ?", project, child);
    insert(session, project, child, edges, seq, last == null ? 0 : last + 1);
  }

  static void insert(
      Session session, long project, long child, List<Edge> edges, long seq, long firstOrder) {
    long order = firstOrder;
    for (var edge : edges) {
      boolean unresolved = edge.doc() == null;
      session.later(
          """
          INSERT INTO parent (project, child, ord, parent, id_key, parent_id, from_seq)
          VALUES (?, ?, ?, ?, ?, ?, ?)\
          """,
          project,
          child,
          order++,
          edge.doc(),
          unresolved ? Keys.ofId(edge.id()) : null,
          unresolved ? edge.id() : null,
          seq);
    }
  }

  /** Writes edges that came after the registration, as part of an event. */
  static void add(Session session, long project, long child, List<Edge> edges, long seq) {
    insert(session, project, child, edges, seq);
    session.update(
        "UPDATE artifact SET parents = parents + ?, seq = ? WHERE project = ? AND doc = ?",
        edges.size(),
        seq,
        project,
        child);
  }

  /** The ids of those that an artifact was registered with. */
  static Set<String> given(Session session, long project, long child) {
    return new HashSet<>(
        session.list(
            """
            SELECT coalesce(x.id, p.parent_id) FROM artifact a
            JOIN parent p ON p.project = a.project AND p.child = a.doc AND p.from_seq = a.from_seq
            LEFT JOIN artifact x ON x.project = p.project AND x.doc = p.parent
            WHERE a.project = ? AND a.doc = ?\
            """,
            r -> r.getString(1),
            project,
            child));
  }

  /** The children that wait for an id to appear. */
  static List<Long> waitingFor(Session session, long project, String id) {
    return session.list(
        """
        SELECT DISTINCT child FROM parent
        WHERE project = ? AND id_key = ? AND parent IS NULL AND parent_id = ?\
        """,
        r -> r.getLong(1),
        project,
        Keys.ofId(id),
        id);
  }

  /** Ties the edges that waited for an id to the document that it now is. */
  static void heal(Session session, long project, String id, long doc) {
    session.update(
        """
        UPDATE parent SET parent = ?, id_key = NULL, parent_id = NULL
        WHERE project = ? AND id_key = ? AND parent IS NULL AND parent_id = ?\
        """,
        doc,
        project,
        Keys.ofId(id),
        id);
  }
}
