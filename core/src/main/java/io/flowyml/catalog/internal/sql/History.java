package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.spi.HistoryOf;
import io.flowyml.catalog.spi.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events in their order. What each changed is read off the validity intervals that begin and end
 * with it, so nothing of it is stored twice.
 */
final class History {
  private final Session session;
  private final long project;
  private final @Nullable Moment moment;
  private final long last;
  private final EventChanges changes;

  History(Session session, long project, ArtifactRows rows) {
    this.session = session;
    this.project = project;
    this.moment = rows.moment();
    this.last = moment == null ? Long.MAX_VALUE : moment.seq();
    this.changes = new EventChanges(session, project, rows);
  }

  /** Events, oldest first; fails with {@code not_found} where there never was such a thing. */
  Page<Event> of(Scope scope, HistoryOf of, int limit, @Nullable String cursor) {
    var question = "history " + scope.project() + " " + of + Cursor.asOf(scope.asOf());
    long after = cursor == null ? 0 : Cursor.position(cursor, question);
    var seqs =
        switch (of) {
          case HistoryOf.OneArtifact one -> ofArtifact(scope, one.reference(), after, limit + 1);
          case HistoryOf.Name name -> ofName(scope, name.name(), after, limit + 1);
          case HistoryOf.Alias alias -> ofAlias(scope, alias, after, limit + 1);
          case HistoryOf.Project all -> ofProject(after, limit + 1);
        };
    var shown = seqs.size() > limit ? seqs.subList(0, limit) : seqs;
    var events = new ArrayList<Event>(shown.size());
    for (long seq : shown) {
      events.add(event(seq));
    }
    return new Page<>(events, seqs.size() > limit ? Cursor.of(shown.getLast(), question) : null);
  }

  /** What happened after an event, oldest first. */
  List<Event> after(long seq, int limit) {
    return ofProject(seq, limit).stream().map(this::event).toList();
  }

  /** What is asked for where nothing was ever written to the project. */
  static Page<Event> ofNothing(Scope scope, HistoryOf of) {
    return switch (of) {
      case HistoryOf.OneArtifact one -> throw noArtifact(scope, one.reference());
      case HistoryOf.Name name -> throw noName(scope, name.name());
      case HistoryOf.Alias alias -> throw noAlias(scope, alias);
      case HistoryOf.Project all -> new Page<>(List.of(), null);
    };
  }

  /** Its own events, and those that took an alias from it: they stand at what the alias went to. */
  private List<Long> ofArtifact(Scope scope, String reference, long after, int limit) {
    var doc = Resolver.doc(session, project, moment, reference);
    if (doc == null) {
      throw noArtifact(scope, reference);
    }
    return seqs(
        """
        SELECT seq FROM event WHERE project = ? AND doc = ? AND seq > ? AND seq <= ?
        UNION SELECT to_seq FROM alias WHERE project = ? AND doc = ? AND to_seq > ? AND to_seq <= ?
        ORDER BY 1 LIMIT ?\
        """,
        project,
        doc,
        after,
        last,
        project,
        doc,
        after,
        last,
        limit);
  }

  /** The events of all that has the name, and of what had it until it was replaced. */
  private List<Long> ofName(Scope scope, String name, long after, int limit) {
    var known = Names.find(session, project, name);
    if (known == null) {
      throw noName(scope, name);
    }
    var found =
        seqs(
            """
            SELECT e.seq FROM artifact a JOIN event e ON e.project = a.project AND e.doc = a.doc
            WHERE a.project = ? AND a.name = ? AND e.seq >= a.from_seq AND e.seq > ?
            AND e.seq <= ?
            UNION SELECT e.seq FROM artifact_past a JOIN event e ON e.project = a.project AND e.doc = a.doc
            WHERE a.project = ? AND a.name = ? AND e.seq BETWEEN a.from_seq AND a.to_seq AND e.seq > ?
            AND e.seq <= ?
            ORDER BY 1 LIMIT ?\
            """,
            project,
            known.no(),
            after,
            last,
            project,
            known.no(),
            after,
            last,
            limit);
    if (found.isEmpty() && after == 0) {
      throw noName(scope, name);
    }
    return found;
  }

  private List<Long> ofAlias(Scope scope, HistoryOf.Alias alias, long after, int limit) {
    var name = Names.find(session, project, alias.name());
    var first =
        name == null
            ? null
            : session.number(
                "SELECT min(from_seq) FROM alias WHERE project = ? AND name = ? AND alias = ? AND"
                    + " from_seq <= ?",
                project,
                name.no(),
                alias.alias(),
                last);
    if (name == null || first == null) {
      throw noAlias(scope, alias);
    }
    return seqs(
        """
        SELECT from_seq FROM alias WHERE project = ? AND name = ? AND alias = ? AND from_seq > ?
        AND from_seq <= ?
        UNION SELECT to_seq FROM alias WHERE project = ? AND name = ? AND alias = ? AND to_seq > ?
        AND to_seq <= ?
        ORDER BY 1 LIMIT ?\
        """,
        project,
        name.no(),
        alias.alias(),
        after,
        last,
        project,
        name.no(),
        alias.alias(),
        after,
        last,
        limit);
  }

  private List<Long> ofProject(long after, int limit) {
    return seqs(
        "SELECT seq FROM event WHERE project = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
        project,
        after,
        last,
        limit);
  }

  private List<Long> seqs(String sql, @Nullable Object... params) {
    return session.list(sql, r -> r.getLong(1), params);
  }

  private Event event(long seq) {
    var row =
        session.first(
            "SELECT at, actor, kind, doc, detail FROM event WHERE project = ? AND seq = ?",
            r ->
                new Row(
                    r.getLong(1),
                    r.getString(2),
                    Codes.constant(Event.Kind.class, r.getInt(3)),
                    r.getLong(4),
                    r.getString(5)),
            project,
            seq);
    if (row == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT, "event %d is missing; restore a backup".formatted(seq));
    }
    var subject = changes.subject(row.doc(), seq);
    return new Event(
        seq,
        Clock.instant(row.at()),
        row.actor(),
        row.kind(),
        subject.id(),
        subject.name(),
        subject.version(),
        withOrigin(changes.of(seq, row.kind(), row.doc(), alias(row)), row.detail()));
  }

  /** Of an event that was done again here: when, and by whom, it was done first. */
  private static Map<String, @Nullable Object> withOrigin(
      Map<String, @Nullable Object> changes, @Nullable String detail) {
    if (detail == null) {
      return changes;
    }
    var moved = Json.parseObject(detail, "the event's detail").get(ExportLine.MOVED);
    if (moved == null) {
      return changes;
    }
    var all = new LinkedHashMap<String, @Nullable Object>(changes);
    all.put(ExportLine.MOVED, moved);
    return all;
  }

  private record Row(long at, String actor, Event.Kind kind, long doc, @Nullable String detail) {}

  private static String alias(Row row) {
    boolean ofAlias =
        row.kind() == Event.Kind.ALIAS_MOVED || row.kind() == Event.Kind.ALIAS_DROPPED;
    return ofAlias && row.detail() != null
        ? String.valueOf(Json.parseObject(row.detail(), "the event's detail").get("alias"))
        : "";
  }

  private static CatalogException noArtifact(Scope scope, String reference) {
    return notFound(
        "no artifact with id or name \"%s\" in project %s; search for a part of its name"
            .formatted(reference, scope.project()),
        reference);
  }

  private static CatalogException noName(Scope scope, String name) {
    return notFound(
        "no artifact of project %s was ever named \"%s\"; search for a part of the name"
            .formatted(scope.project(), name),
        name);
  }

  private static CatalogException noAlias(Scope scope, HistoryOf.Alias alias) {
    var reference = alias.name() + "@" + alias.alias();
    return notFound(
        "project %s never had an alias %s; an alias begins with a promotion"
            .formatted(scope.project(), reference),
        reference);
  }

  private static CatalogException notFound(String message, String reference) {
    return new CatalogException(ErrorCode.NOT_FOUND, message, Map.of("reference", reference), null);
  }
}
