package io.flowyml.catalog.internal.sql;

import org.jspecify.annotations.Nullable;

/**
 * Keeps count of the living artifacts whose content an older living one has: asked for often, and
 * only to be found by looking at all.
 */
final class Duplicates {
  private Duplicates() {}

  /** An artifact lives now, or has this content now. */
  static void joined(Session session, Transaction.Project project, long doc) {
    count(session, project, doc, 1);
  }

  /** An artifact is about to be no longer living, or to have other content. */
  static void leaves(Session session, Transaction.Project project, long doc) {
    count(session, project, doc, -1);
  }

  private record Content(long key, String hash, long size) {}

  /**
   * With an older twin the artifact itself is the duplicate; else the next newer one is, or is not.
   */
  private static void count(Session session, Transaction.Project project, long doc, int sign) {
    var content =
        session.<Content>first(
            """
            SELECT content_key, content_hash, coalesce(size, 0) FROM artifact
            WHERE project = ? AND doc = ? AND content_key IS NOT NULL\
            """,
            r -> new Content(r.getLong(1), r.getString(2), r.getLong(3)),
            project.no(),
            doc);
    if (content == null) {
      return;
    }
    if (twinSize(session, project, content, "doc < ? ORDER BY doc", doc) != null) {
      project.countDuplicates(sign, sign * content.size());
      return;
    }
    var newer = twinSize(session, project, content, "doc > ? ORDER BY doc", doc);
    if (newer != null) {
      project.countDuplicates(sign, sign * newer);
    }
  }

  private static @Nullable Long twinSize(
      Session session, Transaction.Project project, Content content, String side, long doc) {
    return session.number(
        """
        SELECT coalesce(size, 0) FROM artifact
        WHERE project = ? AND content_key = ? AND content_hash = ? AND deleted_seq IS NULL
        AND %s LIMIT 1\
        """
            .formatted(side),
        project.no(),
        content.key(),
        content.hash(),
        doc);
  }
}
