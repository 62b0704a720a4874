package io.flowyml.catalog.internal.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What names, versions and aliases meant; {@link Resolver} for the past. */
final class PastNames {
  private PastNames() {}

  /** What a reference meant that was not an id. */
  static @Nullable Long doc(Session session, long project, Moment moment, String reference) {
    int split = Resolver.split(reference);
    var name = Names.find(session, project, split < 0 ? reference : reference.substring(0, split));
    if (name == null) {
      return null;
    }
    var rest = reference.substring(split + 1);
    if (split < 0 || (reference.charAt(split) == '@' && rest.equals("latest"))) {
      return newest(session, project, moment, name.no());
    }
    return reference.charAt(split) == '@'
        ? pointedAt(session, project, moment, name.no(), rest)
        : version(session, project, moment, name.no(), rest);
  }

  private static @Nullable Long pointedAt(
      Session session, long project, Moment moment, long name, String alias) {
    return session.first(
        """
        SELECT doc, to_seq FROM alias
        WHERE project = ? AND name = ? AND alias = ? AND from_seq <= ?
        ORDER BY from_seq DESC LIMIT 1\
        """,
        r -> {
          long doc = r.getLong(1);
          long end = r.getLong(2);
          return r.wasNull() || end > moment.seq() ? doc : null;
        },
        project,
        name,
        alias,
        moment.seq());
  }

  private static @Nullable Long version(
      Session session, long project, Moment moment, long name, String version) {
    return session.number(
        """
        SELECT doc FROM artifact
        WHERE project = ? AND name = ? AND %1$s AND from_seq <= ?
        UNION ALL SELECT doc FROM artifact_past
        WHERE project = ? AND name = ? AND %1$s AND from_seq <= ? AND to_seq > ?\
        """
            .formatted(session.dialect().versionIs("version")),
        project,
        name,
        version,
        moment.seq(),
        project,
        name,
        version,
        moment.seq(),
        moment.seq());
  }

  /**
   * The newest that lived. What was purged since counts, so that nothing older takes its place
   * unseen.
   */
  private static @Nullable Long newest(Session session, long project, Moment moment, long name) {
    var now =
        session.number(
            """
            SELECT a.doc FROM artifact a
            WHERE a.project = ? AND a.name = ? AND a.doc <= ? AND a.from_seq <= ?
            AND (a.deleted_seq IS NULL OR a.deleted_seq > ?)
            AND NOT EXISTS (SELECT 1 FROM deletion_past x WHERE x.project = a.project
              AND x.doc = a.doc AND x.from_seq <= ? AND x.to_seq > ?)
            ORDER BY a.doc DESC LIMIT 1\
            """,
            project,
            name,
            moment.docs(),
            moment.seq(),
            moment.seq(),
            moment.seq(),
            moment.seq());
    var replaced =
        session.number(
            """
            SELECT max(p.doc) FROM artifact_past p
            WHERE p.project = ? AND p.name = ? AND p.from_seq <= ? AND p.to_seq > ?
            AND NOT EXISTS (SELECT 1 FROM deletion_past x WHERE x.project = p.project
              AND x.doc = p.doc AND x.from_seq <= ? AND x.to_seq > ?)\
            """,
            project,
            name,
            moment.seq(),
            moment.seq(),
            moment.seq(),
            moment.seq());
    return now == null || (replaced != null && replaced > now) ? replaced : now;
  }

  /** The versions of a name, newest first, tombstones included. */
  static List<Long> versions(
      Session session, long project, Moment moment, long name, long below, int limit) {
    long under = Math.min(below, moment.docs() + 1);
    return session.list(
        """
        SELECT doc FROM (SELECT a.doc FROM artifact a
          WHERE a.project = ? AND a.name = ? AND a.doc < ? AND a.from_seq <= ?
          ORDER BY a.doc DESC LIMIT ?) now
        UNION SELECT p.doc FROM artifact_past p
        WHERE p.project = ? AND p.name = ? AND p.doc < ? AND p.from_seq <= ? AND p.to_seq > ?
        ORDER BY 1 DESC LIMIT ?\
        """,
        r -> r.getLong(1),
        project,
        name,
        under,
        moment.seq(),
        limit,
        project,
        name,
        under,
        moment.seq(),
        moment.seq(),
        limit);
  }
}
