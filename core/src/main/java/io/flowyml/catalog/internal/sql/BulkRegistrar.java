package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Registers and indexes what another program wrote before the catalog came, many rows in one
 * transaction. What can be done without the database's lock is done before, by {@link #prepare}.
 */
public final class BulkRegistrar {
  /**
   * Frequent values are indexed by chunks of so many documents, counted from the first: where
   * batches end with a chunk, none is read and written again for the next one.
   */
  public static final int CHUNK = Chunk.SIZE;

  private static final int KNOWN_NAMES = 200_000;
  private static final int RECENT = 50_000;
  private static final int INDEXED_TOGETHER = 4 * Chunk.SIZE;

  private final String actor;
  private final Indexer indexer = new Indexer();

  /** Valid as long as nobody else wrote to the project. */
  private final Map<String, Names.Name> names = new HashMap<>();

  private long seqOfNames = -1;

  /** The documents of ids that were registered lately: most parents are among them. */
  private final Map<String, Long> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > RECENT;
        }
      };

  private long unindexed;

  public BulkRegistrar(String actor) {
    this.actor = actor;
  }

  /** A draft with what is computed from it. */
  public record Prepared(
      Draft draft, String id, long idKey, List<Parent> parents, Set<Terms.Term> terms) {}

  private record Parent(String id, long idKey) {}

  /**
   * Computes what needs no database.
   *
   * @param draft with an id, tolerant, the parents as ids, tags and metadata as text too
   */
  public static Prepared prepare(Draft draft) {
    var asked = draft.registration();
    var id = Objects.requireNonNull(asked.id(), "a row has an id");
    var parents = new ArrayList<Parent>(asked.parents().size());
    for (var parent : asked.parents()) {
      parents.add(new Parent(parent, Keys.ofId(parent)));
    }
    return new Prepared(
        draft, id, Keys.ofId(id), parents, Terms.whileUnregistered(record(draft, id)));
  }

  /** The record as far as the index looks at it. */
  private static Artifact record(Draft draft, String id) {
    var asked = draft.registration();
    var digest = (Content.Digest) asked.content();
    return new Artifact(
        id,
        Mirror.PROJECT,
        asked.name(),
        asked.artifactType(),
        "",
        null,
        digest == null ? null : digest.hash(),
        digest == null ? null : digest.size(),
        digest == null ? null : digest.origin(),
        null,
        asked.uri(),
        asked.sourceStep(),
        asked.sourceRunId(),
        asked.sourcePipeline(),
        asked.parents(),
        List.of(),
        asked.tags(),
        asked.metadata(),
        null,
        null,
        List.of(),
        Instant.EPOCH,
        "",
        0,
        null);
  }

  /**
   * Registers rows in their order; one whose id is known already is taken as written over. They are
   * indexed by {@link #index}, in a transaction of its own, so that each is short.
   */
  public void register(Transaction transaction, Transaction.Project project, List<Prepared> rows) {
    var session = transaction.session();
    transaction.afterCommit(() -> indexer.committed(transaction));
    if (project.seq() != seqOfNames || names.size() > KNOWN_NAMES) {
      names.clear();
    }
    var known = known(session, project, rows);
    var fresh = new ArrayList<Prepared>(rows.size());
    var again = new ArrayList<Prepared>();
    for (var row : rows) {
      (known.add(row.id()) ? fresh : again).add(row);
    }
    write(transaction, project, fresh);
    var writes = new ForeignWrites(transaction, project, actor);
    again.forEach(row -> writes.wrote(row.draft()));
    long seq = project.seq();
    transaction.afterCommit(
        () -> {
          seqOfNames = seq;
          unindexed = seq - project.indexedSeq();
        });
  }

  /** Whether so many rows were registered that it is time to index them. */
  public boolean isIndexDue() {
    return unindexed >= INDEXED_TOGETHER;
  }

  /** Indexes what was registered. */
  public void index(Transaction transaction, Transaction.Project project) {
    indexer.index(transaction, project);
    transaction.afterCommit(
        () -> {
          indexer.committed(transaction);
          unindexed = 0;
        });
  }

  /** Those of the rows' ids that are registered. */
  private static Set<String> known(
      Session session, Transaction.Project project, List<Prepared> rows) {
    var known = new HashSet<String>(2 * rows.size());
    session.eachIn(
        "SELECT id FROM artifact WHERE project = ? AND id_key IN",
        rows.stream().mapToLong(Prepared::idKey),
        r -> known.add(r.getString(1)),
        project.no());
    return known;
  }

  private void write(Transaction transaction, Transaction.Project project, List<Prepared> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var session = transaction.session();
    var first = project.take(rows.size());
    var used = new HashMap<String, Names.Name>();
    var docs = new HashMap<String, Long>(2 * rows.size());
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      var version = insert(session, project, row, first, i, used, docs);
      docs.put(row.id(), first.doc() + i);
      row.terms().add(Terms.version(version));
      row.terms().add(Terms.created(Clock.instant(createdAt(row, first, i))));
      project.registered(new Indexer.Registered(first.doc() + i, first.seq() + i, row::terms));
    }
    used.values().forEach(name -> Names.setLastVersion(session, project.no(), name));
    transaction.afterCommit(
        () -> {
          names.putAll(used);
          recent.putAll(docs);
        });
    events(session, project, first);
    heal(session, project, first);
    countDuplicates(session, project, first);
  }

  private static long createdAt(Prepared row, Transaction.Project.Numbers first, int offset) {
    var createdAt = row.draft().createdAt();
    return createdAt == null ? first.time() + offset : Clock.micros(createdAt);
  }

  /**
   * @return the version
   */
  private String insert(
      Session session,
      Transaction.Project project,
      Prepared row,
      Transaction.Project.Numbers first,
      int offset,
      Map<String, Names.Name> used,
      Map<String, Long> docs) {
    var asked = row.draft().registration();
    var name = used.get(asked.name());
    if (name == null) {
      name = names.get(asked.name());
    }
    if (name == null) {
      name = Names.find(session, project.no(), asked.name());
    }
    var text = asked.version();
    String declared = null;
    if (name == null) {
      text = text == null ? "1" : text;
      name = Names.add(session, project, asked.name(), text);
    } else if (text == null) {
      text = name.nextVersion();
    } else if (Names.hasVersion(session, project.no(), name.no(), text)) {
      declared = text;
      text = name.nextVersion();
    }
    used.put(asked.name(), name.with(text));
    long doc = first.doc() + offset;
    long seq = first.seq() + offset;
    Registrar.insert(
        session,
        project,
        actor,
        asked,
        (Content.Digest) asked.content(),
        new Registrar.Row(
            doc,
            row.idKey(),
            row.id(),
            name.no(),
            text,
            declared,
            createdAt(row, first, offset),
            seq,
            row.parents().size(),
            Objects.requireNonNull(row.draft().tagsText(), "a row has text"),
            Objects.requireNonNull(row.draft().metadataText(), "a row has text")));
    insertParents(session, project, row, doc, seq, docs);
    return text;
  }

  private void insertParents(
      Session session,
      Transaction.Project project,
      Prepared row,
      long doc,
      long seq,
      Map<String, Long> docs) {
    int order = 0;
    for (var parent : row.parents()) {
      var known = docs.getOrDefault(parent.id(), recent.get(parent.id()));
      if (known != null) {
        session.update(
            """
            INSERT INTO parent (project, child, ord, parent, from_seq) VALUES (?, ?, ?, ?, ?)\
            """,
            project.no(),
            doc,
            order++,
            known,
            seq);
        continue;
      }
      session.update(
          """
          INSERT INTO parent (project, child, ord, parent, id_key, parent_id, from_seq)
          SELECT ?, ?, ?, found.doc, CASE WHEN found.doc IS NULL THEN wanted.id_key END,
            CASE WHEN found.doc IS NULL THEN wanted.id END, ?
          FROM (SELECT ? AS id_key, ? AS id) wanted
          LEFT JOIN artifact found
          ON found.project = ? AND found.id_key = wanted.id_key AND found.id = wanted.id\
          """,
          project.no(),
          doc,
          order++,
          seq,
          parent.idKey(),
          parent.id(),
          project.no());
    }
  }

  /** One for each of the new documents. */
  private static void events(
      Session session, Transaction.Project project, Transaction.Project.Numbers first) {
    session.update(
        """
        INSERT INTO event (project, seq, at, actor, kind, doc)
        SELECT project, seq, ? + seq, created_by, 0, doc FROM artifact
        WHERE project = ? AND doc >= ?\
        """,
        first.time() - first.seq(),
        project.no(),
        first.doc());
  }

  /** Ties edges that waited for one of the new documents, of older ones or within the batch. */
  private static void heal(
      Session session, Transaction.Project project, Transaction.Project.Numbers first) {
    session.update(
        """
        UPDATE parent SET id_key = NULL, parent_id = NULL, parent = (
          SELECT a.doc FROM artifact a WHERE a.project = parent.project
          AND a.id_key = parent.id_key AND a.id = parent.parent_id)
        WHERE project = ? AND parent IS NULL
        AND id_key IN (SELECT id_key FROM artifact WHERE project = ? AND doc >= ?)
        AND EXISTS (SELECT 1 FROM artifact a WHERE a.project = parent.project
          AND a.id_key = parent.id_key AND a.id = parent.parent_id)\
        """,
        project.no(),
        project.no(),
        first.doc());
  }

  private static void countDuplicates(
      Session session, Transaction.Project project, Transaction.Project.Numbers first) {
    session.each(
        """
        SELECT count(*), coalesce(sum(size), 0) FROM artifact a WHERE project = ? AND doc >= ?
        AND content_key IS NOT NULL AND EXISTS (
          SELECT 1 FROM artifact o WHERE o.project = a.project AND o.content_key = a.content_key
          AND o.content_hash = a.content_hash AND o.deleted_seq IS NULL AND o.doc < a.doc)\
        """,
        r -> project.countDuplicates(r.getLong(1), r.getLong(2)),
        project.no(),
        first.doc());
  }
}
