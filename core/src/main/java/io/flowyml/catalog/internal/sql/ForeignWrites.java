package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.internal.json.PythonJson;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What another program wrote into a table that {@link Mirror mirrors} a project. It has happened
 * there already, so nothing is refused: an id that was written over is {@code replaced}, a deleted
 * one comes back.
 */
public final class ForeignWrites {
  private final Session session;
  private final Transaction.Project project;
  private final String actor;
  private final Registrar registrar;
  private final Changes changes;
  private final ArtifactRows rows;

  public ForeignWrites(Transaction transaction, Transaction.Project project, String actor) {
    this.session = transaction.session();
    this.project = project;
    this.actor = actor;
    this.registrar = new Registrar(transaction, project, actor, null);
    this.changes = new Changes(transaction, project, actor, null);
    this.rows = new ArtifactRows(project.name(), session.dialect());
  }

  /**
   * A row was written.
   *
   * @param draft with an id, tolerant, the parents as ids, tags and metadata as text too
   */
  public void wrote(Draft draft) {
    var asked = draft.registration();
    var stored =
        rows.byId(session, project.no(), Objects.requireNonNull(asked.id(), "a row has an id"));
    if (stored == null) {
      registrar.register(draft);
      return;
    }
    var known = stored.artifact();
    boolean otherIdentity = !sameIdentity(asked, known);
    boolean otherTags = !means(asked.tags(), known.tags());
    boolean otherMetadata = !means(asked.metadata(), known.metadata());
    if (known.isDeleted() || otherIdentity) {
      long seq = project.event(session, actor, Event.Kind.REPLACED, stored.doc(), null);
      if (known.isDeleted()) {
        comeBack(stored, seq);
      }
      if (otherIdentity) {
        replaceIdentity(stored, draft, seq);
      }
      if (otherTags) {
        changes.writeTags(stored.doc(), text(draft.tagsText(), asked.tags()), seq);
      }
      if (otherMetadata) {
        changes.writeMetadata(stored.doc(), text(draft.metadataText(), asked.metadata()), seq);
      }
      return;
    }
    if (otherTags) {
      changes.writeTags(stored, text(draft.tagsText(), asked.tags()));
    }
    if (otherMetadata) {
      changes.writeMetadata(stored, text(draft.metadataText(), asked.metadata()));
    }
  }

  /** A row was deleted; of what the catalog does not know, or knows as deleted, nothing becomes. */
  public void deleted(String id) {
    var stored = rows.byId(session, project.no(), id);
    if (stored != null && !stored.artifact().isDeleted()) {
      changes.delete(stored);
    }
  }

  private static String text(@Nullable String text, Map<String, @Nullable Object> value) {
    return text == null ? Changes.text(value) : text;
  }

  /** Whatever the order of the members is, which JSON does not count. */
  private static boolean means(
      Map<String, @Nullable Object> asked, Map<String, @Nullable Object> known) {
    return asked.equals(known)
        && PythonJson.dumpsSorted(asked).equals(PythonJson.dumpsSorted(known));
  }

  /** The other program may give a version or leave it to the catalog, and knows one text of it. */
  private static boolean sameIdentity(Registration asked, Artifact known) {
    return asked.name().equals(known.name())
        && asked.artifactType().equals(known.artifactType())
        && keepsVersion(asked, known)
        && Objects.equals(hash(asked), known.contentHash())
        && Objects.equals(asked.uri(), known.uri())
        && Objects.equals(asked.sourceStep(), known.sourceStep())
        && Objects.equals(asked.sourceRunId(), known.sourceRunId())
        && Objects.equals(asked.sourcePipeline(), known.sourcePipeline())
        && new HashSet<>(asked.parents()).equals(new HashSet<>(known.parentIds()));
  }

  private static boolean keepsVersion(Registration asked, Artifact known) {
    return asked.version() == null
        || asked.version().equals(known.version())
        || asked.version().equals(known.declaredVersion());
  }

  private static @Nullable String hash(Registration asked) {
    return asked.content() instanceof Content.Digest digest ? digest.hash() : null;
  }

  private void comeBack(ArtifactRows.Stored stored, long seq) {
    changes.endTombstone(stored.doc(), seq);
    if (stored.purged()) {
      session.update(
          "UPDATE artifact SET purged_seq = NULL WHERE project = ? AND doc = ?",
          project.no(),
          stored.doc());
    }
  }

  private void replaceIdentity(ArtifactRows.Stored stored, Draft draft, long seq) {
    var asked = draft.registration();
    var known = stored.artifact();
    long doc = stored.doc();
    var name = Names.find(session, project.no(), asked.name());
    var version =
        asked.name().equals(known.name()) && keepsVersion(asked, known)
            ? new Registrar.Version(known.version(), known.declaredVersion())
            : registrar.version(draft, name);
    session.update(
        """
        INSERT INTO artifact_past (project, doc, from_seq, to_seq, name, version, content_key,
          content_hash, identity)
        SELECT project, doc, from_seq, ?, name, version, content_key, content_hash, ? FROM artifact
        WHERE project = ? AND doc = ?\
        """,
        seq,
        Past.Identity.text(known),
        project.no(),
        doc);
    long nameNo = Names.use(session, project, name, asked.name(), version.text());
    if (!asked.name().equals(known.name())) {
      Aliases.endAll(session, project.no(), doc, seq);
    }
    Duplicates.leaves(session, project, doc);
    writeIdentity(doc, nameNo, version, draft, known, seq);
    Duplicates.joined(session, project, doc);
    replaceParents(doc, asked, seq);
  }

  private void writeIdentity(
      long doc, long nameNo, Registrar.Version version, Draft draft, Artifact known, long seq) {
    var asked = draft.registration();
    var hash = hash(asked);
    boolean sameContent = Objects.equals(hash, known.contentHash());
    var origin = sameContent ? known.hashOrigin() : HashOrigin.DECLARED;
    session.update(
        """
        UPDATE artifact SET name = ?, version = ?, declared_version = ?, type = ?, content_key = ?,
          content_hash = ?, size = ?, hash_origin = ?, uri = ?, step = ?, run = ?, pipeline = ?,
          created_at = ?, created_by = ?, from_seq = ?, seq = ?, parents = ?
        WHERE project = ? AND doc = ?\
        """,
        nameNo,
        version.text(),
        version.declared(),
        asked.artifactType(),
        hash == null ? null : Keys.of(hash),
        hash,
        sameContent ? known.size() : null,
        hash == null || origin == null ? null : Codes.of(origin),
        asked.uri(),
        asked.sourceStep(),
        asked.sourceRunId(),
        asked.sourcePipeline(),
        draft.createdAt() == null ? project.time() : Clock.micros(draft.createdAt()),
        actor,
        seq,
        seq,
        asked.parents().size(),
        project.no(),
        doc);
  }

  /**
   * All edges begin anew, since those of the same age as the identity are the ones given with it.
   */
  private void replaceParents(long doc, Registration asked, long seq) {
    session.update(
        "UPDATE parent SET to_seq = ? WHERE project = ? AND child = ? AND to_seq IS NULL",
        seq,
        project.no(),
        doc);
    var edges =
        Parents.resolve(
            session, project, asked.parents(), new Lookups(session, project), true, true);
    Parents.insert(session, project.no(), doc, edges, seq);
  }
}
