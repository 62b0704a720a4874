package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.spi.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One transaction's part of a {@link Replay}. */
final class Replaying {
  private final SqlCatalogBackend backend;
  private final Scope scope;
  private final Transaction transaction;
  private final Transaction.Project project;
  private final Session session;
  private final @Nullable Mirror mirror;
  private final ArtifactRows rows;
  private final Registrar registrar;
  private final Changes changes;

  Replaying(
      SqlCatalogBackend backend,
      Scope scope,
      Transaction transaction,
      Transaction.Project project) {
    this.backend = backend;
    this.scope = scope;
    this.transaction = transaction;
    this.project = project;
    this.session = transaction.session();
    this.mirror = backend.mirrorOf(scope.project());
    this.rows = new ArtifactRows(project.name(), session.dialect());
    this.registrar = new Registrar(transaction, project, scope.actor(), mirror);
    this.changes = new Changes(transaction, project, scope.actor(), mirror);
  }

  /** Does one event, or throws and leaves nothing. */
  Outcome.Status replay(ReplayedEvent event) {
    // what was done before in this transaction is there to be read, so nothing has to be supposed
    var conflicts = new Conflicts(session, project.no(), rows, new Conflicts.Trial());
    if (conflicts.knows(event) || conflicts.refuse(event)) {
      return Outcome.Status.EXISTING;
    }
    long before = project.seq();
    if (event.kind() == Event.Kind.REGISTERED) {
      register(event);
    } else {
      change(event, stored(event));
    }
    if (project.seq() == before) {
      return Outcome.Status.EXISTING;
    }
    for (long seq = before + 1; seq <= project.seq(); seq++) {
      keepOrigin(event, seq);
    }
    return Outcome.Status.CREATED;
  }

  private void keepOrigin(ReplayedEvent event, long seq) {
    var detail = new LinkedHashMap<String, @Nullable Object>();
    if (event.kind() == Event.Kind.ALIAS_MOVED || event.kind() == Event.Kind.ALIAS_DROPPED) {
      detail.put("alias", event.alias());
    }
    detail.put(ExportLine.MOVED, event.origin());
    session.update(
        "UPDATE event SET detail = ? WHERE project = ? AND seq = ?",
        Json.write(detail),
        project.no(),
        seq);
  }

  private ArtifactRows.Stored stored(ReplayedEvent event) {
    var stored = rows.byId(session, project.no(), event.id());
    if (stored == null) {
      throw new CatalogException(
          ErrorCode.NOT_FOUND,
          "no artifact with id %s in project %s, whose registration has to come before its changes"
              .formatted(event.id(), project.name()),
          Map.of("reference", event.id()),
          null);
    }
    return stored;
  }

  /** With the numbers and the maker that it had; its aliases follow as events of their own. */
  private void register(ReplayedEvent event) {
    var artifact = registrar.register(Merge.draft(event.record())).orThrow();
    var fields = new Fields(event.record(), "the record");
    session.update(
        "UPDATE artifact SET created_by = ?, declared_version = ? WHERE project = ? AND id_key = ?"
            + " AND id = ?",
        fields.neededText("created_by"),
        fields.text("declared_version"),
        project.no(),
        Keys.ofId(artifact.id()),
        artifact.id());
  }

  private void change(ReplayedEvent event, ArtifactRows.Stored stored) {
    switch (event.kind()) {
      case TAGGED -> shown(changes.writeTags(stored, merged(event, "tags", stored)).artifact());
      case METADATA_SET ->
          shown(changes.writeMetadata(stored, merged(event, "metadata", stored)).artifact());
      case PARENTS_ADDED -> addParents(event, stored);
      case ALIAS_MOVED -> {
        long seq =
            Aliases.move(
                session,
                project,
                scope.actor(),
                Names.of(session, project.no(), stored.doc()),
                event.alias(),
                stored.doc());
        Changes.touched(session, project.no(), stored.doc(), seq);
      }
      case ALIAS_DROPPED -> dropAlias(event, stored);
      case DELETED -> {
        if (!stored.artifact().isDeleted()) {
          changes.delete(stored);
        }
      }
      case RESTORED -> restore(stored);
      case PURGED -> {
        if (!stored.purged()) {
          backend.indexer().index(transaction, project);
          new Purge(backend, scope).erase(session, project, stored.doc());
        }
      }
      case REPLACED -> replace(event, stored);
      case REGISTERED -> throw new IllegalStateException("it is no change");
    }
  }

  private void shown(io.flowyml.catalog.Artifact artifact) {
    if (mirror != null) {
      mirror.update(session, artifact);
    }
  }

  /** What is there with the keys that the event changed; as it was written where that is all. */
  private static String merged(ReplayedEvent event, String field, ArtifactRows.Stored stored) {
    var artifact = stored.artifact();
    var after = values(event, field);
    var merged =
        new LinkedHashMap<String, @Nullable Object>(
            field.equals("tags") ? artifact.tags() : artifact.metadata());
    for (var key : event.changedKeys(field)) {
      if (after.containsKey(key)) {
        merged.put(key, after.get(key));
      } else {
        merged.remove(key);
      }
    }
    return Changes.same(merged, after) ? Import.text(event.record(), field) : Changes.text(merged);
  }

  private static Map<String, @Nullable Object> values(ReplayedEvent event, String field) {
    return ArtifactRows.object(Import.text(event.record(), field));
  }

  private void addParents(ReplayedEvent event, ArtifactRows.Stored stored) {
    var edges = newEdges(stored, event.changedTexts("parent_ids", "added"));
    Graph.refuseCycle(session, project.no(), stored.artifact().id(), stored.doc(), edges);
    long seq = project.event(session, scope.actor(), Event.Kind.PARENTS_ADDED, stored.doc(), null);
    insert(stored, edges, seq);
  }

  private List<Parents.Edge> newEdges(ArtifactRows.Stored stored, List<String> ids) {
    var known = new HashSet<>(stored.artifact().parentIds());
    var edges = new ArrayList<Parents.Edge>();
    for (var edge :
        Parents.resolve(session, project, ids, new Lookups(session, project), true, true)) {
      if (!known.contains(edge.id())) {
        edges.add(edge);
      }
    }
    return edges;
  }

  private void insert(ArtifactRows.Stored stored, List<Parents.Edge> edges, long seq) {
    Parents.add(session, project.no(), stored.doc(), edges, seq);
    var after = rows.byDoc(session, project.no(), stored.doc());
    if (after != null) {
      shown(after.artifact());
    }
  }

  private void dropAlias(ReplayedEvent event, ArtifactRows.Stored stored) {
    var detail = Json.write(Map.of("alias", event.alias()));
    long seq =
        project.event(session, scope.actor(), Event.Kind.ALIAS_DROPPED, stored.doc(), detail);
    Aliases.end(
        session, project.no(), Names.of(session, project.no(), stored.doc()), event.alias(), seq);
    Changes.touched(session, project.no(), stored.doc(), seq);
  }

  private void restore(ArtifactRows.Stored stored) {
    if (!stored.artifact().isDeleted()) {
      return;
    }
    if (stored.purged()) {
      throw new CatalogException(
          ErrorCode.DELETED,
          "artifact %s was purged here, so there is nothing left to restore"
              .formatted(stored.artifact().id()),
          Map.of("id", stored.artifact().id()),
          null);
    }
    var restored = changes.restore(stored.doc(), Event.Kind.RESTORED, null);
    if (mirror != null) {
      mirror.insert(session, restored.artifact());
    }
  }

  /** The identity is the one it was registered with here; the values follow. */
  private void replace(ReplayedEvent event, ArtifactRows.Stored stored) {
    long doc = stored.doc();
    long seq = project.event(session, scope.actor(), Event.Kind.REPLACED, doc, null);
    if (stored.artifact().isDeleted() && !stored.purged()) {
      changes.endTombstone(doc, seq);
    }
    changes.writeTags(doc, Import.text(event.record(), "tags"), seq);
    changes.writeMetadata(doc, Import.text(event.record(), "metadata"), seq);
    var parents = new Fields(event.record(), "the record").texts("parent_ids");
    insert(stored, newEdges(stored, parents), seq);
  }
}
