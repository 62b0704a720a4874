package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.OnDuplicate;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.internal.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Registers artifacts. Everything that can refuse an item is looked at before its first row is
 * written, so that a refusal leaves nothing behind in the transaction that it shares with others.
 */
public final class Registrar {
  private static final String INSERT =
      """
      INSERT INTO artifact (project, doc, id_key, id, name, version, declared_version, type,
        content_key, content_hash, size, hash_origin, uri, step, run, pipeline, created_at,
        created_by, from_seq, seq, parents, tags_seq, tags, metadata_seq, metadata)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private final Session session;
  private final Transaction.Project project;
  private final String actor;
  private final @Nullable Mirror mirror;
  private final ArtifactRows rows;
  private final Lookups lookups;

  /**
   * @param mirror the table that shows this project to another program, or {@code null}
   */
  public Registrar(
      Transaction transaction, Transaction.Project project, String actor, @Nullable Mirror mirror) {
    this(transaction, project, actor, mirror, new Lookups(transaction.session(), project));
  }

  /**
   * @param lookups what it shares with others of the same project
   */
  Registrar(
      Transaction transaction,
      Transaction.Project project,
      String actor,
      @Nullable Mirror mirror,
      Lookups lookups) {
    this.session = transaction.session();
    this.project = project;
    this.actor = actor;
    this.mirror = mirror;
    this.rows = new ArtifactRows(project.name(), session.dialect());
    this.lookups = lookups;
  }

  /**
   * Looks up what registrations to come need; {@link #endAhead} has to follow before anything else
   * is written to the project.
   */
  void lookAhead(List<Draft> drafts) {
    lookups.ahead(drafts);
  }

  void endAhead() {
    lookups.end();
  }

  /** Registers one item, or throws and leaves nothing. */
  public Outcome register(Draft draft) {
    var asked = draft.registration();
    var found = asked.id() == null ? null : lookups.id(asked.id());
    var existing = found == null ? null : rows.byDoc(session, project.no(), found.doc());
    if (existing != null) {
      return again(draft, existing);
    }
    var id = asked.id() == null ? TimeOrderedId.next() : asked.id();
    var parents =
        Parents.resolve(
            session, project, asked.parents(), lookups, draft.parentsAreIds(), draft.tolerant());
    var waiting = asked.id() == null ? List.<Long>of() : lookups.waitingFor(id);
    if (!draft.tolerant()) {
      refuseCycle(waiting, parents, id);
    }
    var digest = (Content.Digest) asked.content();
    var twin = twin(asked.onDuplicate(), digest);
    if (twin != null) {
      return Outcome.of(Outcome.Status.REUSED, twin);
    }
    var name = lookups.name(asked.name());
    var version = version(draft, name);
    boolean awaited = !waiting.isEmpty() || parents.stream().anyMatch(e -> e.id().equals(id));
    return Outcome.of(
        Outcome.Status.CREATED, write(draft, id, parents, awaited, digest, name, version));
  }

  private Outcome again(Draft draft, ArtifactRows.Stored stored) {
    var asked = draft.registration();
    var known = stored.artifact();
    if (known.isDeleted()) {
      throw new CatalogException(
          ErrorCode.DELETED,
          "artifact %s was deleted at %s; restore it instead of registering it again"
              .formatted(known.id(), known.deletedAt()),
          Map.of("id", known.id()),
          null);
    }
    var different = differences(draft, stored);
    if (different.isEmpty()) {
      return Outcome.of(Outcome.Status.EXISTING, known);
    }
    throw new CatalogException(
        ErrorCode.ID_EXISTS,
        "id %s is %s:%s already, with another %s; choose another id, or leave it out"
            .formatted(asked.id(), known.name(), known.version(), String.join(", ", different)),
        Map.of("id", known.id(), "name", known.name(), "different", List.copyOf(different)),
        null);
  }

  /** Which parts of the identity differ. */
  private Set<String> differences(Draft draft, ArtifactRows.Stored stored) {
    var asked = draft.registration();
    var known = stored.artifact();
    var different = new TreeSet<String>();
    compare(different, "name", asked.name(), known.name());
    compare(different, "artifact_type", asked.artifactType(), known.artifactType());
    if (asked.version() != null && !asked.version().equals(known.declaredVersion())) {
      compare(different, "version", asked.version(), known.version());
    }
    var digest = (Content.Digest) asked.content();
    compare(different, "content_hash", digest == null ? null : digest.hash(), known.contentHash());
    compare(different, "uri", asked.uri(), known.uri());
    compare(different, "source_step", asked.sourceStep(), known.sourceStep());
    compare(different, "source_run_id", asked.sourceRunId(), known.sourceRunId());
    compare(different, "source_pipeline", asked.sourcePipeline(), known.sourcePipeline());
    var parents = new HashSet<String>();
    var byId = draft.parentsAreIds() ? Set.<String>of() : lookups.all(asked.parents()).keySet();
    for (var reference : asked.parents()) {
      boolean isId = draft.parentsAreIds() || byId.contains(reference);
      parents.add(isId ? reference : idOfName(reference));
    }
    var given = Parents.given(session, project.no(), stored.doc());
    compare(different, "parent_ids", parents, given);
    return different;
  }

  /** What a reference that is no id means; itself where that is nothing. */
  private String idOfName(String reference) {
    var doc = Resolver.byName(session, project.no(), reference);
    var id =
        doc == null
            ? null
            : session.<String>first(
                "SELECT id FROM artifact WHERE project = ? AND doc = ?",
                r -> r.getString(1),
                project.no(),
                doc);
    return id == null ? reference : id;
  }

  private static void compare(
      Set<String> different, String field, @Nullable Object asked, @Nullable Object known) {
    if (!Objects.equals(asked, known)) {
      different.add(field);
    }
  }

  /**
   * Only children that waited for this id can make a new artifact an ancestor of its own parents.
   */
  private void refuseCycle(List<Long> waiting, List<Parents.Edge> parents, String id) {
    for (long child : waiting) {
      Graph.refuseCycle(session, project.no(), id, child, parents);
    }
  }

  private @Nullable Artifact twin(OnDuplicate choice, Content.@Nullable Digest digest) {
    if (choice == OnDuplicate.KEEP || digest == null || digest.origin() != HashOrigin.COMPUTED) {
      return null;
    }
    var twin =
        rows.first(
            session,
            """
            WHERE a.project = ? AND a.content_key = ? AND a.content_hash = ?
            AND a.hash_origin = 0 AND a.deleted_seq IS NULL ORDER BY a.doc LIMIT 1\
            """,
            project.no(),
            Keys.of(digest.hash()),
            digest.hash());
    if (twin == null || choice == OnDuplicate.REUSE) {
      return twin == null ? null : twin.artifact();
    }
    var known = twin.artifact();
    throw new CatalogException(
        ErrorCode.DUPLICATE_CONTENT,
        "%s:%s (%s) has the same content; use it, or register with on-duplicate keep"
            .formatted(known.name(), known.version(), known.id()),
        Map.of("id", known.id(), "content_hash", digest.hash()),
        null);
  }

  /** A version and, where the caller's own had to give way, what the caller declared. */
  record Version(String text, @Nullable String declared) {}

  /** The version that a draft gets under a name, {@code null} for a new one. */
  Version version(Draft draft, Names.@Nullable Name name) {
    var asked = draft.registration().version();
    var next = name == null ? "1" : name.nextVersion();
    if (asked == null) {
      return new Version(next, null);
    }
    if (name == null || !Names.hasVersion(session, project.no(), name.no(), asked)) {
      return new Version(asked, null);
    }
    if (draft.tolerant()) {
      return new Version(next, asked);
    }
    throw new CatalogException(
        ErrorCode.VERSION_EXISTS,
        "%s has, or had, a version %s; the next free number is %s"
            .formatted(name.name(), asked, next),
        Map.of("name", name.name(), "version", asked, "next", next),
        null);
  }

  private Artifact write(
      Draft draft,
      String id,
      List<Parents.Edge> parents,
      boolean awaited,
      Content.@Nullable Digest digest,
      Names.@Nullable Name name,
      Version version) {
    var asked = draft.registration();
    var original = digest == null ? null : lookups.firstWith(digest.hash());
    if (original != null && digest != null) {
      project.countDuplicates(1, digest.size() == null ? 0 : digest.size());
    }
    long nameNo = lookups.use(name, asked.name(), version.text());
    long doc = project.nextDoc();
    long seq = project.event(session, actor, Event.Kind.REGISTERED, doc, null);
    long createdAt = draft.createdAt() == null ? project.time() : Clock.micros(draft.createdAt());
    var tags = draft.tagsText() == null ? Json.write(asked.tags()) : draft.tagsText();
    var metadata =
        draft.metadataText() == null ? Json.write(asked.metadata()) : draft.metadataText();
    insert(
        session,
        project,
        actor,
        asked,
        digest,
        new Row(
            doc,
            Keys.ofId(id),
            id,
            nameNo,
            version.text(),
            version.declared(),
            createdAt,
            seq,
            parents.size(),
            tags,
            metadata));
    Parents.insert(session, project.no(), doc, parents, seq, 0);
    if (awaited) {
      Parents.heal(session, project.no(), id, doc);
    }
    long last = seq;
    for (var alias : new TreeSet<>(asked.aliases())) {
      last = Aliases.move(session, project, actor, nameNo, alias, doc);
    }
    if (last != seq) {
      Changes.touched(session, project.no(), doc, last);
    }
    lookups.registered(id, doc, digest == null ? null : digest.hash(), parents);
    var artifact = record(asked, draft, id, parents, digest, original, version, createdAt, last);
    project.registered(new Indexer.Registered(doc, last, () -> Terms.of(artifact)));
    if (mirror != null && !draft.mirrored()) {
      mirror.insert(session, artifact);
    }
    return artifact;
  }

  /**
   * What a new row has beside the registration.
   *
   * @param declared the version that was asked for and had to give way
   * @param parents how many
   */
  record Row(
      long doc,
      long idKey,
      String id,
      long name,
      String version,
      @Nullable String declared,
      long createdAt,
      long seq,
      int parents,
      String tags,
      String metadata) {}

  static void insert(
      Session session,
      Transaction.Project project,
      String actor,
      Registration asked,
      Content.@Nullable Digest digest,
      Row row) {
    session.later(
        INSERT,
        project.no(),
        row.doc(),
        row.idKey(),
        row.id(),
        row.name(),
        row.version(),
        row.declared(),
        asked.artifactType(),
        digest == null ? null : Keys.of(digest.hash()),
        digest == null ? null : digest.hash(),
        digest == null ? null : digest.size(),
        digest == null ? null : Codes.of(digest.origin()),
        asked.uri(),
        asked.sourceStep(),
        asked.sourceRunId(),
        asked.sourcePipeline(),
        row.createdAt(),
        actor,
        row.seq(),
        row.seq(),
        row.parents(),
        row.seq(),
        row.tags(),
        row.seq(),
        row.metadata());
  }

  private Artifact record(
      Registration asked,
      Draft draft,
      String id,
      List<Parents.Edge> parents,
      Content.@Nullable Digest digest,
      @Nullable String original,
      Version version,
      long createdAt,
      long seq) {
    return new Artifact(
        id,
        project.name(),
        asked.name(),
        asked.artifactType(),
        version.text(),
        version.declared(),
        digest == null ? null : digest.hash(),
        digest == null ? null : digest.size(),
        digest == null ? null : digest.origin(),
        original,
        asked.uri(),
        asked.sourceStep(),
        asked.sourceRunId(),
        asked.sourcePipeline(),
        parents.stream().map(Parents.Edge::id).toList(),
        parents.stream().filter(e -> e.doc() == null).map(Parents.Edge::id).toList(),
        draft.tagsText() == null ? asked.tags() : ArtifactRows.object(draft.tagsText()),
        draft.metadataText() == null ? asked.metadata() : ArtifactRows.object(draft.metadataText()),
        draft.tagsText() == null ? null : ArtifactRows.verbatim(draft.tagsText()),
        draft.metadataText() == null ? null : ArtifactRows.verbatim(draft.metadataText()),
        List.copyOf(new TreeSet<>(asked.aliases())),
        Clock.instant(createdAt),
        actor,
        seq,
        null);
  }
}
