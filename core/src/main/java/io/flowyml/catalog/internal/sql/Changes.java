package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.Changed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes artifacts: what may refuse is looked at first, then the past is kept and the row changed.
 */
public final class Changes {
  private static final int NAMED_IN_ERRORS = 20;

  private final Session session;
  private final Transaction.Project project;
  private final String actor;
  private final @Nullable Mirror mirror;
  private final ArtifactRows rows;
  private final AliasChanges aliases;

  public Changes(
      Transaction transaction, Transaction.Project project, String actor, @Nullable Mirror mirror) {
    this.session = transaction.session();
    this.project = project;
    this.actor = actor;
    this.mirror = mirror;
    this.rows = new ArtifactRows(project.name(), session.dialect());
    this.aliases = new AliasChanges(session, project, actor, rows);
  }

  /** Makes one change, or throws and leaves nothing. */
  public Changed apply(Change change) {
    if (change instanceof Change.DropAlias drop) {
      return aliases.drop(drop);
    }
    var doc = Resolver.doc(session, project.no(), change.reference());
    var stored = doc == null ? null : rows.byDoc(session, project.no(), doc);
    if (stored == null) {
      throw Resolver.notFound(project.name(), change.reference());
    }
    if (change instanceof Change.Restore) {
      return restore(stored);
    }
    refuseDeleted(stored.artifact());
    return switch (change) {
      case Change.SetTags set -> setTags(stored, merged(stored.artifact().tags(), set));
      case Change.PatchMetadata patch -> {
        var merged = JsonMergePatch.apply(stored.artifact().metadata(), patch.patch());
        yield setMetadata(stored, merged);
      }
      case Change.AddParents add -> addParents(stored, add.parents());
      case Change.MoveAlias move -> aliases.move(stored, move);
      case Change.Delete delete -> delete(stored, delete.force());
      case Change.Restore ignored -> throw new IllegalStateException("handled above");
      case Change.DropAlias ignored -> throw new IllegalStateException("handled above");
    };
  }

  private static void refuseDeleted(Artifact artifact) {
    if (artifact.isDeleted()) {
      throw new CatalogException(
          ErrorCode.DELETED,
          "artifact %s was deleted at %s; restore it first"
              .formatted(artifact.id(), artifact.deletedAt()),
          Map.of("id", artifact.id()),
          null);
    }
  }

  /** Sets tags by the tolerant rules: any number of them, on what has this id. */
  Changed tagTolerant(String id, Map<String, @Nullable Object> tags) {
    var stored = rows.byId(session, project.no(), id);
    if (stored == null) {
      throw Resolver.notFound(project.name(), id);
    }
    refuseDeleted(stored.artifact());
    var merged = new LinkedHashMap<String, @Nullable Object>(stored.artifact().tags());
    merged.putAll(tags);
    return setTags(stored, merged);
  }

  /** Notes an artifact's last change. */
  static void touched(Session session, long project, long doc, long seq) {
    session.update("UPDATE artifact SET seq = ? WHERE project = ? AND doc = ?", seq, project, doc);
  }

  /** The record as a change left it. */
  static Changed changed(
      Session session,
      Transaction.Project project,
      ArtifactRows rows,
      long doc,
      @Nullable Artifact previous) {
    var stored = rows.byDoc(session, project.no(), doc);
    if (stored == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT, "artifact number %d vanished while it was changed".formatted(doc));
    }
    return new Changed(stored.artifact(), previous, true);
  }

  private Changed changed(long doc) {
    return changed(session, project, rows, doc, null);
  }

  private Changed mirrored(Changed changed) {
    if (mirror != null) {
      mirror.update(session, changed.artifact());
    }
    return changed;
  }

  private static Map<String, @Nullable Object> merged(
      Map<String, @Nullable Object> tags, Change.SetTags set) {
    var merged = new LinkedHashMap<String, @Nullable Object>(tags);
    merged.putAll(set.set());
    set.removed().forEach(merged::remove);
    if (merged.size() > Limits.TAGS && merged.size() > tags.size()) {
      throw new CatalogException(
          ErrorCode.LIMIT_EXCEEDED,
          "the artifact would have %d tags, at most %d are allowed; remove some"
              .formatted(merged.size(), Limits.TAGS));
    }
    return merged;
  }

  private Changed setTags(ArtifactRows.Stored stored, Map<String, @Nullable Object> tags) {
    return same(tags, stored.artifact().tags())
        ? new Changed(stored.artifact(), null, false)
        : mirrored(writeTags(stored, text(tags)));
  }

  /** Equal with the same types: the number 1 is not 1.0 here. */
  static boolean same(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    return one.equals(other) && PythonJson.dumps(one).equals(PythonJson.dumps(other));
  }

  /** JSON as it is stored, in Python's form where it holds what JSON cannot. */
  static String text(Map<String, @Nullable Object> value) {
    return Json.holdsNonJson(value) ? PythonJson.dumps(value) : Json.write(value);
  }

  /** Replaces the tags by a JSON text, and keeps what they were. */
  Changed writeTags(ArtifactRows.Stored stored, String tags) {
    long seq = project.event(session, actor, Event.Kind.TAGGED, stored.doc(), null);
    writeTags(stored.doc(), tags, seq);
    return changed(stored.doc());
  }

  /** Replaces the tags as part of an event. */
  void writeTags(long doc, String tags, long seq) {
    session.update(
        """
        INSERT INTO tags_past (project, doc, from_seq, to_seq, tags)
        SELECT project, doc, tags_seq, ?, tags FROM artifact WHERE project = ? AND doc = ?\
        """,
        seq,
        project.no(),
        doc);
    session.update(
        "UPDATE artifact SET tags = ?, tags_seq = ?, seq = ? WHERE project = ? AND doc = ?",
        tags,
        seq,
        seq,
        project.no(),
        doc);
  }

  private Changed setMetadata(ArtifactRows.Stored stored, Map<String, @Nullable Object> metadata) {
    if (same(metadata, stored.artifact().metadata())) {
      return new Changed(stored.artifact(), null, false);
    }
    var text = text(metadata);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Limits.METADATA_BYTES) {
      throw new CatalogException(
          ErrorCode.LIMIT_EXCEEDED,
          "the metadata would be %d bytes of JSON, at most %d are allowed; remove some"
              .formatted(bytes, Limits.METADATA_BYTES));
    }
    return mirrored(writeMetadata(stored, text));
  }

  /** Replaces the metadata by a JSON text, and keeps what they were. */
  Changed writeMetadata(ArtifactRows.Stored stored, String metadata) {
    long seq = project.event(session, actor, Event.Kind.METADATA_SET, stored.doc(), null);
    writeMetadata(stored.doc(), metadata, seq);
    return changed(stored.doc());
  }

  /** Replaces the metadata as part of an event. */
  void writeMetadata(long doc, String metadata, long seq) {
    session.update(
        """
        INSERT INTO metadata_past (project, doc, from_seq, to_seq, metadata)
        SELECT project, doc, metadata_seq, ?, metadata FROM artifact WHERE project = ? AND doc = ?\
        """,
        seq,
        project.no(),
        doc);
    session.update(
        "UPDATE artifact SET metadata = ?, metadata_seq = ?, seq = ? WHERE project = ? AND doc = ?",
        metadata,
        seq,
        seq,
        project.no(),
        doc);
  }

  private Changed addParents(ArtifactRows.Stored stored, List<String> references) {
    var known = new HashSet<>(stored.artifact().parentIds());
    var edges = new ArrayList<Parents.Edge>();
    for (var edge :
        Parents.resolve(
            session, project, references, new Lookups(session, project), false, false)) {
      if (!known.contains(edge.id())) {
        edges.add(edge);
      }
    }
    if (edges.isEmpty()) {
      return new Changed(stored.artifact(), null, false);
    }
    if (known.size() + edges.size() > Limits.PARENTS) {
      throw new CatalogException(
          ErrorCode.LIMIT_EXCEEDED,
          "artifact %s would have %d parents, at most %d are allowed"
              .formatted(stored.artifact().id(), known.size() + edges.size(), Limits.PARENTS));
    }
    Graph.refuseCycle(session, project.no(), stored.artifact().id(), stored.doc(), edges);
    long seq = project.event(session, actor, Event.Kind.PARENTS_ADDED, stored.doc(), null);
    Parents.add(session, project.no(), stored.doc(), edges, seq);
    return mirrored(changed(stored.doc()));
  }

  private Changed delete(ArtifactRows.Stored stored, boolean force) {
    if (!force) {
      refuseInUse(stored);
    }
    return delete(stored);
  }

  /** Leaves a tombstone, whoever still needs the artifact. */
  Changed delete(ArtifactRows.Stored stored) {
    long doc = stored.doc();
    long seq = project.event(session, actor, Event.Kind.DELETED, doc, null);
    Aliases.endAll(session, project.no(), doc, seq);
    Duplicates.leaves(session, project, doc);
    session.update(
        "UPDATE artifact SET deleted_seq = ?, seq = ? WHERE project = ? AND doc = ?",
        seq,
        seq,
        project.no(),
        doc);
    if (mirror != null) {
      mirror.delete(session, stored.artifact().id(), seq);
    }
    return changed(doc);
  }

  private void refuseInUse(ArtifactRows.Stored stored) {
    var artifact = stored.artifact();
    var children =
        session.list(
            """
            SELECT DISTINCT c.id FROM parent p
            JOIN artifact c ON c.project = p.project AND c.doc = p.child
            WHERE p.project = ? AND p.parent = ? AND p.to_seq IS NULL AND c.deleted_seq IS NULL
            AND c.doc <> p.parent LIMIT ?\
            """,
            r -> r.getString(1),
            project.no(),
            stored.doc(),
            NAMED_IN_ERRORS);
    if (artifact.aliases().isEmpty() && children.isEmpty()) {
      return;
    }
    var why = new ArrayList<String>();
    if (!artifact.aliases().isEmpty()) {
      why.add("aliases %s point at it".formatted(artifact.aliases()));
    }
    if (!children.isEmpty()) {
      why.add("%s were made from it".formatted(children));
    }
    throw new CatalogException(
        ErrorCode.IN_USE,
        "artifact %s (%s:%s) is in use: %s; move and delete those first, or force it"
            .formatted(
                artifact.id(), artifact.name(), artifact.version(), String.join(", and ", why)),
        Map.of("id", artifact.id(), "aliases", artifact.aliases(), "children", children),
        null);
  }

  private Changed restore(ArtifactRows.Stored stored) {
    var artifact = stored.artifact();
    if (!artifact.isDeleted()) {
      return new Changed(artifact, null, false);
    }
    if (stored.purged()) {
      throw new CatalogException(
          ErrorCode.DELETED,
          "artifact %s was purged, so there is nothing left to restore; register it anew"
              .formatted(artifact.id()),
          Map.of("id", artifact.id()),
          null);
    }
    var restored = restore(stored.doc(), Event.Kind.RESTORED, null);
    if (mirror != null) {
      mirror.insert(session, restored.artifact());
    }
    return restored;
  }

  /** Ends a tombstone, and brings back those of its aliases that are free. */
  Changed restore(long doc, Event.Kind kind, @Nullable String detail) {
    long seq = project.event(session, actor, kind, doc, detail);
    endTombstone(doc, seq);
    return changed(doc);
  }

  /** Ends a tombstone as part of an event. */
  void endTombstone(long doc, long seq) {
    var deletion =
        session.number(
            "SELECT deleted_seq FROM artifact WHERE project = ? AND doc = ?", project.no(), doc);
    session.update(
        """
        INSERT INTO deletion_past (project, doc, from_seq, to_seq, purged_seq)
        SELECT project, doc, deleted_seq, ?, purged_seq FROM artifact WHERE project = ? AND doc = ?\
        """,
        seq,
        project.no(),
        doc);
    session.update(
        "UPDATE artifact SET deleted_seq = NULL, seq = ? WHERE project = ? AND doc = ?",
        seq,
        project.no(),
        doc);
    Duplicates.joined(session, project, doc);
    long since = deletion == null ? seq : deletion;
    for (var alias : Aliases.droppedBy(session, project.no(), doc, since)) {
      if (Aliases.current(session, project.no(), alias.name(), alias.alias()) == null) {
        Aliases.begin(session, project.no(), alias.name(), alias.alias(), doc, seq);
      }
    }
  }
}
