package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reference means: exact id, else name@alias, else name:version, else the newest of a name.
 */
final class Resolver {
  private Resolver() {}

  static CatalogException notFound(String project, String reference) {
    return new CatalogException(
        ErrorCode.NOT_FOUND,
        "no artifact with id or name \"%s\" in project %s; search for a part of its name"
            .formatted(reference, project),
        Map.of("reference", reference),
        null);
  }

  /**
   * The document that a reference means, a tombstone's too; {@code null} where it means nothing.
   */
  static @Nullable Long doc(Session session, long project, String reference) {
    var byId = byId(session, project, reference);
    return byId == null ? byName(session, project, reference) : byId;
  }

  /**
   * The document that a reference meant.
   *
   * @param moment {@code null} for the present
   */
  static @Nullable Long doc(
      Session session, long project, @Nullable Moment moment, String reference) {
    if (moment == null) {
      return doc(session, project, reference);
    }
    var byId = byId(session, project, reference);
    return byId != null && byId <= moment.docs()
        ? byId
        : PastNames.doc(session, project, moment, reference);
  }

  /** What a reference means that is not an id. */
  static @Nullable Long byName(Session session, long project, String reference) {
    int split = split(reference);
    if (split < 0) {
      return newest(session, project, reference);
    }
    var name = reference.substring(0, split);
    var rest = reference.substring(split + 1);
    if (reference.charAt(split) == '@') {
      return rest.equals("latest")
          ? newest(session, project, name)
          : session.number(
              """
              SELECT l.doc FROM name n JOIN alias l ON l.project = n.project AND l.name = n.no
              WHERE n.project = ? AND n.key = ? AND n.name = ? AND l.alias = ? AND l.to_seq IS NULL\
              """,
              project,
              Keys.of(name),
              name,
              rest);
    }
    return session.number(
        """
        SELECT a.doc FROM name n JOIN artifact a ON a.project = n.project AND a.name = n.no
        WHERE n.project = ? AND n.key = ? AND n.name = ? AND \
        """
            .concat(session.dialect().versionIs("a.version")),
        project,
        Keys.of(name),
        name,
        rest);
  }

  static @Nullable Long byId(Session session, long project, String id) {
    return session.number(
        "SELECT doc FROM artifact WHERE project = ? AND id_key = ? AND id = ?",
        project,
        Keys.ofId(id),
        id);
  }

  private static @Nullable Long newest(Session session, long project, String name) {
    var no =
        session.number(
            "SELECT no FROM name WHERE project = ? AND key = ? AND name = ?",
            project,
            Keys.of(name),
            name);
    return no == null ? null : newestOf(session, project, no);
  }

  /** The newest living version of a name. */
  static @Nullable Long newestOf(Session session, long project, long name) {
    return session.number(
        """
        SELECT doc FROM artifact WHERE project = ? AND name = ? AND deleted_seq IS NULL
        ORDER BY doc DESC LIMIT 1\
        """,
        project,
        name);
  }

  /** Where the name in a reference ends; -1 where it is nothing but a name. */
  static int split(String reference) {
    for (int i = 0; i < reference.length(); i++) {
      char c = reference.charAt(i);
      if (c == '@' || c == ':') {
        return i;
      }
    }
    return -1;
  }

  /** The project's number, or {@code null} where nothing was ever written to it. */
  static @Nullable Long project(Session session, String name) {
    return session.number("SELECT project FROM project WHERE name = ? AND seq > 0", name);
  }
}
