package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.ArtifactJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an event of another catalog from being done here: another artifact has its id or its
 * version, or an alias points at something that the other catalog does not know of.
 */
final class Conflicts {
  private static final List<String> IDENTITY =
      List.of(
          "name",
          "artifact_type",
          "version",
          "content_hash",
          "uri",
          "source_step",
          "source_run_id",
          "source_pipeline");

  private final Session session;
  private final long project;
  private final ArtifactRows rows;
  private final Trial trial;

  /** What events of a trial would have changed by now. */
  static final class Trial {
    /** What aliases would point at, by id; an empty text for nothing. */
    private final Map<String, String> aliases = new HashMap<>();

    /** What would have been deleted or restored. */
    private final Set<String> lives = new HashSet<>();
  }

  Conflicts(Session session, long project, ArtifactRows rows, Trial trial) {
    this.session = session;
    this.project = project;
    this.rows = rows;
    this.trial = trial;
  }

  /** Whether the event was done here before: it is one of ours, or was moved here. */
  boolean knows(ReplayedEvent event) {
    var doc = Resolver.byId(session, project, event.id());
    return doc != null
        && session.number(
                """
                SELECT 1 FROM event
                WHERE project = ? AND doc = ? AND (at = ? OR detail LIKE ?) LIMIT 1\
                """,
                project,
                doc,
                Clock.micros(event.at()),
                "%\"" + ExportLine.MOVED + "\":%\"at\":\"" + event.origin().get("at") + "\"%")
            != null;
  }

  /**
   * Fails where the event cannot be done.
   *
   * @return whether there is nothing to do, since the same was registered here by itself
   */
  boolean refuse(ReplayedEvent event) {
    var doc = Resolver.byId(session, project, event.id());
    var stored = doc == null ? null : rows.byDoc(session, project, doc);
    switch (event.kind()) {
      case REGISTERED -> {
        if (stored != null) {
          refuseAnother(event, stored);
          return true;
        }
        refuseVersion(event);
      }
      case REPLACED -> {
        if (stored != null) {
          refuseAnother(event, stored);
        }
      }
      case TAGGED, METADATA_SET, PARENTS_ADDED -> refuseDeleted(event, stored);
      case ALIAS_MOVED, ALIAS_DROPPED -> refuseAlias(event, stored);
      case DELETED -> {
        refuseAliased(event, stored);
        suppose(event, "dropped", "");
      }
      case RESTORED -> suppose(event, "restored", event.id());
      case PURGED -> refuseLiving(event, stored);
    }
    return false;
  }

  /** That it was deleted or restored, and aliases with it. */
  private void suppose(ReplayedEvent event, String what, String pointAt) {
    trial.lives.add(event.id());
    for (var alias : event.changedTexts("aliases", what)) {
      trial.aliases.put(event.name() + "@" + alias, pointAt);
    }
  }

  private void refuseAnother(ReplayedEvent event, ArtifactRows.Stored stored) {
    var different = different(event, stored);
    if (!different.isEmpty()) {
      var known = stored.artifact();
      throw Replay.conflict(
          ErrorCode.ID_EXISTS,
          "id %s is %s:%s here, with another %s"
              .formatted(known.id(), known.name(), known.version(), String.join(", ", different)),
          Map.of("id", known.id(), "name", known.name(), "different", List.copyOf(different)));
    }
  }

  private Set<String> different(ReplayedEvent event, ArtifactRows.Stored stored) {
    var known = ArtifactJson.toMap(stored.artifact());
    var different = new TreeSet<String>();
    boolean erased = stored.purged();
    for (var field : IDENTITY) {
      if (!(erased && !known.containsKey(field))
          && !Objects.equals(event.record().get(field), known.get(field))) {
        different.add(field);
      }
    }
    if (event.kind() == Event.Kind.REGISTERED
        && !Parents.given(session, project, stored.doc()).equals(parents(event))) {
      different.add("parent_ids");
    }
    return different;
  }

  private static Set<Object> parents(ReplayedEvent event) {
    return event.record().get("parent_ids") instanceof List<?> ids ? new HashSet<>(ids) : Set.of();
  }

  private void refuseVersion(ReplayedEvent event) {
    var record = event.record();
    var name = String.valueOf(record.get("name"));
    var version = String.valueOf(record.get("version"));
    var known = Names.find(session, project, name);
    if (known != null && Names.hasVersion(session, project, known.no(), version)) {
      var holder =
          rows.first(
              session,
              "WHERE a.project = ? AND a.name = ? AND "
                  + session.dialect().versionIs("a.version")
                  + " LIMIT 1",
              project,
              known.no(),
              version);
      var id = holder == null ? "" : holder.artifact().id();
      throw Replay.conflict(
          ErrorCode.VERSION_EXISTS,
          "%s:%s is %s here, and %s there".formatted(name, version, id, event.id()),
          Map.of("name", name, "version", version, "id", event.id(), "current", id));
    }
  }

  private void refuseDeleted(ReplayedEvent event, ArtifactRows.@Nullable Stored stored) {
    if (stored != null && stored.artifact().isDeleted() && !trial.lives.contains(event.id())) {
      throw Replay.conflict(
          ErrorCode.DELETED,
          "%s (%s:%s) was deleted here, and changed there"
              .formatted(event.id(), event.name(), event.version()),
          Map.of("id", event.id()));
    }
  }

  private void refuseLiving(ReplayedEvent event, ArtifactRows.@Nullable Stored stored) {
    if (stored != null && !stored.artifact().isDeleted() && !trial.lives.contains(event.id())) {
      throw Replay.conflict(
          ErrorCode.IN_USE,
          "%s (%s:%s) lives here, and was purged there"
              .formatted(event.id(), event.name(), event.version()),
          Map.of("id", event.id()));
    }
  }

  /** Only where the other catalog saw what the alias points at here does it know what it moves. */
  private void refuseAlias(ReplayedEvent event, ArtifactRows.@Nullable Stored stored) {
    refuseDeleted(event, stored);
    var reference = event.aliasReference();
    var current = current(event.name(), event.alias());
    boolean moves = event.kind() == Event.Kind.ALIAS_MOVED;
    trial.aliases.put(reference, moves ? event.id() : "");
    if (current != null && !current.equals(event.id()) && !current.equals(event.aliasFrom())) {
      throw Replay.conflict(
          ErrorCode.ALIAS_MOVED,
          "%s points at %s here, and %s %s there"
              .formatted(reference, shown(current), moves ? "at" : "was taken from", event.id()),
          Map.of("alias", reference, "current", current, "id", event.id()));
    }
  }

  private @Nullable String current(String name, String alias) {
    var tried = trial.aliases.get(name + "@" + alias);
    if (tried != null) {
      return tried.isEmpty() ? null : tried;
    }
    var known = Names.find(session, project, name);
    var current = known == null ? null : Aliases.current(session, project, known.no(), alias);
    var stored = current == null ? null : rows.byDoc(session, project, current.doc());
    return stored == null ? null : stored.artifact().id();
  }

  private String shown(String id) {
    var stored = rows.byId(session, project, id);
    return stored == null ? id : "version %s (%s)".formatted(stored.artifact().version(), id);
  }

  /** A deletion takes the aliases that the other catalog knew of, and no others. */
  private void refuseAliased(ReplayedEvent event, ArtifactRows.@Nullable Stored stored) {
    Artifact artifact = stored == null ? null : stored.artifact();
    if (artifact == null) {
      return;
    }
    var known = event.changedTexts("aliases", "dropped");
    var others = new TreeSet<String>();
    for (var alias : artifact.aliases()) {
      if (!known.contains(alias) && event.id().equals(current(artifact.name(), alias))) {
        others.add(alias);
      }
    }
    if (!others.isEmpty()) {
      throw Replay.conflict(
          ErrorCode.IN_USE,
          "%s (%s:%s) was deleted there, and has the aliases %s here"
              .formatted(event.id(), event.name(), event.version(), others),
          Map.of("id", event.id(), "aliases", List.copyOf(others)));
    }
  }
}
