package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the search index up to the last event, for all documents changed since, in one go: a value
 * that many of them share is looked up and written once. Until then a search looks at those
 * documents themselves.
 */
final class Indexer {
  private static final int KNOWN_TERMS = 200_000;

  /** The committed numbers of terms that were met lately, by project; a number never changes. */
  private final Map<Long, Map<Terms.Term, Long>> known = new HashMap<>();

  /**
   * The term counter of each project when its terms were last looked at. Where it has moved since,
   * another process was at work, and may have removed terms: a removal moves the counter too.
   */
  private final Map<Long, Long> knownUpTo = new HashMap<>();

  /** A document changed since the last time. */
  private record Changed(long doc, @Nullable Artifact before, Artifact after) {}

  /** Which documents of a chunk get a term, and which lose it. */
  private static final class Delta {
    final long[] set = new long[Chunk.WORDS];
    final long[] cleared = new long[Chunk.WORDS];
  }

  /** Indexes everything up to the project's last event. */
  void index(Transaction transaction, Transaction.Project project) {
    if (project.indexedSeq() == project.seq()) {
      return;
    }
    index(transaction, project, changedSince(transaction.session(), project));
    project.indexedTo(project.seq());
  }

  /** Indexes documents that are new, whatever events there are. */
  void indexNew(
      Transaction transaction, Transaction.Project project, Map<Long, Artifact> documents) {
    var changed = new ArrayList<Changed>(documents.size());
    documents.forEach((doc, artifact) -> changed.add(new Changed(doc, null, artifact)));
    index(transaction, project, changed);
  }

  /**
   * Removes a value from the dictionary, unless a document has it.
   *
   * @return whether it was removed
   */
  boolean removeUnused(Transaction transaction, Transaction.Project project, long term) {
    if (!Terms.removeUnused(transaction.session(), project.no(), term)) {
      return false;
    }
    project.nextTerm();
    transaction.afterCommit(() -> forget(project.no()));
    return true;
  }

  /**
   * Removes a range of terms with all that is indexed under them, as part of removing a project.
   */
  void removeAll(Transaction transaction, Transaction.Project project, long first, long last) {
    var session = transaction.session();
    session.update(
        "DELETE FROM posting WHERE project = ? AND term BETWEEN ? AND ?",
        project.no(),
        first,
        last);
    Terms.removeAll(session, project.no(), first, last);
    transaction.afterCommit(() -> forget(project.no()));
  }

  private void forget(long project) {
    known.remove(project);
    knownUpTo.remove(project);
  }

  private void index(
      Transaction transaction, Transaction.Project project, List<Changed> documents) {
    var session = transaction.session();
    var deltas = new LinkedHashMap<Terms.Term, Map<Long, Delta>>();
    for (var changed : documents) {
      var before = changed.before() == null ? Set.<Terms.Term>of() : Terms.of(changed.before());
      var after = Terms.of(changed.after());
      for (var term : after) {
        if (!before.contains(term)) {
          Chunk.set(delta(deltas, term, changed.doc()).set, Chunk.bit(changed.doc()));
        }
      }
      for (var term : before) {
        if (!after.contains(term)) {
          Chunk.set(delta(deltas, term, changed.doc()).cleared, Chunk.bit(changed.doc()));
        }
      }
    }
    if (knownUpTo.getOrDefault(project.no(), -1L) != project.terms()) {
      forget(project.no());
    }
    var numbers = new Numbers(known.getOrDefault(project.no(), Map.of()));
    deltas.forEach((term, chunks) -> write(session, project, term, chunks, numbers));
    transaction.afterCommit(
        () -> {
          remember(project.no(), numbers.added);
          knownUpTo.put(project.no(), project.terms());
        });
  }

  private static Delta delta(Map<Terms.Term, Map<Long, Delta>> deltas, Terms.Term term, long doc) {
    return deltas
        .computeIfAbsent(term, t -> new TreeMap<>())
        .computeIfAbsent(Chunk.of(doc), c -> new Delta());
  }

  private static List<Changed> changedSince(Session session, Transaction.Project project) {
    var rows = new ArtifactRows(project.name(), session.dialect());
    var isNew = new LinkedHashMap<Long, Boolean>();
    session.each(
        "SELECT doc, min(kind) FROM event WHERE project = ? AND seq > ? GROUP BY doc ORDER BY doc",
        r -> isNew.put(r.getLong(1), r.getInt(2) == Codes.of(Event.Kind.REGISTERED)),
        project.no(),
        project.indexedSeq());
    var changed = new ArrayList<Changed>(isNew.size());
    for (var stored : rows.byDocs(session, project.no(), List.copyOf(isNew.keySet()))) {
      var before =
          Boolean.TRUE.equals(isNew.get(stored.doc()))
              ? null
              : Past.at(session, project.no(), stored, project.indexedSeq());
      changed.add(new Changed(stored.doc(), before, stored.artifact()));
    }
    return changed;
  }

  private static void write(
      Session session,
      Transaction.Project project,
      Terms.Term term,
      Map<Long, Delta> chunks,
      Numbers numbers) {
    long no = Terms.findOrAdd(session, project, term, numbers);
    int more = 0;
    long last = 0;
    for (var entry : chunks.entrySet()) {
      long chunk = entry.getKey();
      var delta = entry.getValue();
      var stored =
          session.<byte[]>first(
              "SELECT docs FROM posting WHERE project = ? AND term = ? AND chunk = ?",
              r -> r.getBytes(1),
              project.no(),
              no,
              chunk);
      var words = stored == null ? new long[Chunk.WORDS] : Chunk.decode(stored);
      int before = stored == null ? 0 : Chunk.count(words);
      for (int i = 0; i < Chunk.WORDS; i++) {
        words[i] = (words[i] & ~delta.cleared[i]) | delta.set[i];
      }
      int after = Chunk.count(words);
      more += after - before;
      last = after == 0 ? last : (chunk << Chunk.BITS) + highest(words);
      put(session, project.no(), no, chunk, words, after, stored != null);
    }
    session.update(
        """
        UPDATE term SET n = n + ?, last = CASE WHEN last < ? THEN ? ELSE last END
        WHERE project = ? AND no = ?\
        """,
        more,
        last,
        last,
        project.no(),
        no);
  }

  private static void put(
      Session session,
      long project,
      long term,
      long chunk,
      long[] words,
      int count,
      boolean exists) {
    if (count == 0) {
      session.update(
          "DELETE FROM posting WHERE project = ? AND term = ? AND chunk = ?", project, term, chunk);
    } else if (exists) {
      session.update(
          "UPDATE posting SET docs = ? WHERE project = ? AND term = ? AND chunk = ?",
          Chunk.encode(words),
          project,
          term,
          chunk);
    } else {
      session.update(
          "INSERT INTO posting (project, term, chunk, docs) VALUES (?, ?, ?, ?)",
          project,
          term,
          chunk,
          Chunk.encode(words));
    }
  }

  private static int highest(long[] words) {
    for (int i = Chunk.WORDS - 1; i >= 0; i--) {
      if (words[i] != 0) {
        return i * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(words[i]);
      }
    }
    return 0;
  }

  private void remember(long project, Map<Terms.Term, Long> added) {
    var map =
        known.computeIfAbsent(
            project,
            p ->
                new LinkedHashMap<>(1024, 0.75f, true) {
                  private static final long serialVersionUID = 1L;

                  @Override
                  protected boolean removeEldestEntry(Map.Entry<Terms.Term, Long> eldest) {
                    return size() > KNOWN_TERMS;
                  }
                });
    map.putAll(added);
  }

  /**
   * What is known of terms' numbers: what was committed before, and what this transaction adds,
   * which must be forgotten when it is rolled back.
   */
  static final class Numbers {
    private final Map<Terms.Term, Long> committed;
    private final Map<Terms.Term, Long> added = new HashMap<>();

    Numbers(Map<Terms.Term, Long> committed) {
      this.committed = Collections.unmodifiableMap(committed);
    }

    @Nullable Long get(Terms.Term term) {
      var no = added.get(term);
      return no == null ? committed.get(term) : no;
    }

    void put(Terms.Term term, long no) {
      added.put(term, no);
    }
  }
}
