package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Movable pointers from a name to one of its versions. */
final class Aliases {
  private Aliases() {}

  /** Where an alias points, and since which event. */
  record Current(long doc, long since) {}

  static @Nullable Current current(Session session, long project, long name, String alias) {
    return session.first(
        """
        SELECT doc, from_seq FROM alias
        WHERE project = ? AND name = ? AND alias = ? AND to_seq IS NULL\
        """,
        r -> new Current(r.getLong(1), r.getLong(2)),
        project,
        name,
        alias);
  }

  /** Points an alias at a document; answers the event's number. */
  static long move(
      Session session,
      Transaction.Project project,
      String actor,
      long name,
      String alias,
      long doc) {
    long seq =
        project.event(
            session, actor, Event.Kind.ALIAS_MOVED, doc, Json.write(Map.of("alias", alias)));
    var before = current(session, project.no(), name, alias);
    if (before != null) {
      end(session, project.no(), name, alias, seq);
      Changes.touched(session, project.no(), before.doc(), seq);
    }
    begin(session, project.no(), name, alias, doc, seq);
    return seq;
  }

  static void begin(Session session, long project, long name, String alias, long doc, long seq) {
    session.update(
        "INSERT INTO alias (project, name, alias, from_seq, doc) VALUES (?, ?, ?, ?, ?)",
        project,
        name,
        alias,
        seq,
        doc);
  }

  static void end(Session session, long project, long name, String alias, long seq) {
    session.update(
        """
        UPDATE alias SET to_seq = ?
        WHERE project = ? AND name = ? AND alias = ? AND to_seq IS NULL\
        """,
        seq,
        project,
        name,
        alias);
  }

  /** Takes away all that point at a document, as part of its deletion. */
  static void endAll(Session session, long project, long doc, long seq) {
    session.update(
        "UPDATE alias SET to_seq = ? WHERE project = ? AND doc = ? AND to_seq IS NULL",
        seq,
        project,
        doc);
  }

  /** An alias that a deletion took away. */
  record Dropped(long name, String alias) {}

  static List<Dropped> droppedBy(Session session, long project, long doc, long deletion) {
    return session.list(
        "SELECT name, alias FROM alias WHERE project = ? AND doc = ? AND to_seq = ? ORDER BY alias",
        r -> new Dropped(r.getLong(1), r.getString(2)),
        project,
        doc,
        deletion);
  }
}
