package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.Changed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves and drops aliases for callers who may expect where they point. */
final class AliasChanges {
  private final Session session;
  private final Transaction.Project project;
  private final String actor;
  private final ArtifactRows rows;

  AliasChanges(Session session, Transaction.Project project, String actor, ArtifactRows rows) {
    this.session = session;
    this.project = project;
    this.actor = actor;
    this.rows = rows;
  }

  Changed move(ArtifactRows.Stored stored, Change.MoveAlias move) {
    long name = Names.of(session, project.no(), stored.doc());
    var current = Aliases.current(session, project.no(), name, move.alias());
    var previous = current == null ? null : rows.byDoc(session, project.no(), current.doc());
    refuseMoved(stored.artifact().name(), move, current, previous);
    if (current != null && current.doc() == stored.doc()) {
      return new Changed(stored.artifact(), stored.artifact(), false);
    }
    long seq = Aliases.move(session, project, actor, name, move.alias(), stored.doc());
    Changes.touched(session, project.no(), stored.doc(), seq);
    return Changes.changed(
        session, project, rows, stored.doc(), previous == null ? null : previous.artifact());
  }

  private void refuseMoved(
      String name,
      Change.MoveAlias move,
      Aliases.@Nullable Current current,
      ArtifactRows.@Nullable Stored previous) {
    boolean holds =
        switch (move.expected()) {
          case Change.Expected.Any any -> true;
          case Change.Expected.None none -> current == null;
          case Change.Expected.Artifact expected -> {
            var doc = Resolver.doc(session, project.no(), expected.reference());
            if (doc == null) {
              throw Resolver.notFound(project.name(), expected.reference());
            }
            yield current != null && current.doc() == doc;
          }
        };
    if (holds) {
      return;
    }
    var alias = name + "@" + move.alias();
    if (current == null || previous == null) {
      throw new CatalogException(
          ErrorCode.ALIAS_MOVED,
          "%s does not exist, so it does not point at what you expect; expect none"
              .formatted(alias),
          Map.of("alias", alias),
          null);
    }
    var facts = new LinkedHashMap<String, Object>();
    facts.put("alias", alias);
    facts.put("current", previous.artifact().id());
    facts.put("version", previous.artifact().version());
    var mover =
        session.first(
            "SELECT actor, at FROM event WHERE project = ? AND seq = ?",
            r -> {
              facts.put("moved_by", r.getString(1));
              facts.put("moved_at", Clock.instant(r.getLong(2)).toString());
              return "by %s at %s".formatted(r.getString(1), Clock.instant(r.getLong(2)));
            },
            project.no(),
            current.since());
    throw new CatalogException(
        ErrorCode.ALIAS_MOVED,
        "%s points at version %s (%s), moved there %s; look at it, then expect that one"
            .formatted(
                alias,
                previous.artifact().version(),
                previous.artifact().id(),
                String.valueOf(mover)),
        facts,
        null);
  }

  Changed drop(Change.DropAlias drop) {
    int split = drop.reference().indexOf('@');
    var name =
        split < 0 ? null : Names.find(session, project.no(), drop.reference().substring(0, split));
    var alias = drop.reference().substring(split + 1);
    var current = name == null ? null : Aliases.current(session, project.no(), name.no(), alias);
    if (name == null || current == null) {
      throw new CatalogException(
          ErrorCode.NOT_FOUND,
          "no alias %s in project %s; name it as name@alias"
              .formatted(drop.reference(), project.name()));
    }
    long seq =
        project.event(
            session,
            actor,
            Event.Kind.ALIAS_DROPPED,
            current.doc(),
            Json.write(Map.of("alias", alias)));
    Aliases.end(session, project.no(), name.no(), alias, seq);
    Changes.touched(session, project.no(), current.doc(), seq);
    return Changes.changed(session, project, rows, current.doc(), null);
  }
}
