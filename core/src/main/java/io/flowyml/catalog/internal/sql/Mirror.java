package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;

/**
 * A table of the same database that shows the project {@code default} to another program, and
 * through which that program writes.
 */
public interface Mirror {
  /** The project that is mirrored. */
  String PROJECT = "default";

  /** Whether the other program wrote something that the catalog does not know yet; cheap. */
  boolean hasNews(Session session);

  /**
   * Takes in what the other program wrote, oldest first.
   *
   * @param limit changes to take in at most, since a transaction holds the file's lock
   * @return whether there is more
   */
  boolean drain(Transaction transaction, int limit);

  /** Writes a new artifact's row. */
  void insert(Session session, Artifact artifact);

  /** Writes the tags, metadata and parents of an artifact that changed. */
  void update(Session session, Artifact artifact);

  /** Takes a deleted artifact's row away. */
  void delete(Session session, String id, long seq);

  /** Shows what the project holds already, in a table that was made just now. */
  default void showAll(Session session) {
    var project = Resolver.project(session, PROJECT);
    if (project != null) {
      new ArtifactRows(PROJECT, session.dialect())
          .list(session, "WHERE a.project = ? AND a.deleted_seq IS NULL ORDER BY a.doc", project)
          .forEach(stored -> insert(session, stored.artifact()));
    }
  }
}
