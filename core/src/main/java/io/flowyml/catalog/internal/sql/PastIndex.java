package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What changed in the chunks of terms, collected and then written, a row for each run of the
 * indexer; {@link PastTermDocs} takes it back.
 */
final class PastIndex {
  /** A whole history is written by rows of so many events. */
  private static final long SEQS_IN_ROW = 4_096;

  private final Session session;
  private final Transaction.Project project;
  private final Map<Terms.Term, Map<Long, List<ChunkLog.Change>>> changes = new LinkedHashMap<>();

  PastIndex(Session session, Transaction.Project project) {
    this.session = session;
    this.project = project;
  }

  /** What an event changed in a document. */
  void add(long doc, long seq, Set<Terms.Term> before, Set<Terms.Term> after) {
    for (var term : after) {
      if (!before.contains(term)) {
        add(term, doc, new ChunkLog.Change(seq, Chunk.bit(doc), true));
      }
    }
    for (var term : before) {
      if (!after.contains(term)) {
        add(term, doc, new ChunkLog.Change(seq, Chunk.bit(doc), false));
      }
    }
  }

  private void add(Terms.Term term, long doc, ChunkLog.Change change) {
    changes
        .computeIfAbsent(term, t -> new TreeMap<>())
        .computeIfAbsent(Chunk.of(doc), c -> new ArrayList<>(2))
        .add(change);
  }

  /** Writes what is newer than all that is written. */
  void append(TermNumbers numbers) {
    changes.forEach(
        (term, chunks) -> {
          long no = number(term, chunks, numbers);
          chunks.forEach((chunk, steps) -> insert(no, chunk, project.seq(), steps));
        });
  }

  /** Writes what may be as old as what is written, of other documents. */
  void merge(TermNumbers numbers) {
    changes.forEach(
        (term, chunks) -> {
          long no = number(term, chunks, numbers);
          chunks.forEach((chunk, steps) -> merge(no, chunk, steps));
        });
  }

  /** The number of a term, which no document need have any more. */
  private long number(
      Terms.Term term, Map<Long, List<ChunkLog.Change>> chunks, TermNumbers numbers) {
    long last = 0;
    for (var entry : chunks.entrySet()) {
      for (var change : entry.getValue()) {
        last = Math.max(last, (entry.getKey() << Chunk.BITS) + change.bit());
      }
    }
    var known = Terms.find(session, project, term, numbers);
    if (known == null) {
      long no = project.nextTerm();
      Terms.add(session, project, no, term, 0, last, numbers);
      return no;
    }
    session.update(
        "UPDATE term SET last = ? WHERE project = ? AND no = ? AND last < ?",
        last,
        project.no(),
        known,
        last);
    return known;
  }

  private void insert(long term, long chunk, long last, List<ChunkLog.Change> steps) {
    session.later(
        "INSERT INTO posting_past (project, term, chunk, to_seq, changes) VALUES (?, ?, ?, ?, ?)",
        project.no(),
        term,
        chunk,
        last,
        ChunkLog.encode(steps, last));
  }

  private void merge(long term, long chunk, List<ChunkLog.Change> steps) {
    var byRow = new TreeMap<Long, List<ChunkLog.Change>>();
    for (var step : steps) {
      long row = Math.min(project.seq(), (step.seq() / SEQS_IN_ROW + 1) * SEQS_IN_ROW - 1);
      byRow.computeIfAbsent(row, r -> new ArrayList<>()).add(step);
    }
    byRow.forEach(
        (row, added) -> {
          var there =
              session.<byte[]>first(
                  """
                  SELECT changes FROM posting_past
                  WHERE project = ? AND term = ? AND chunk = ? AND to_seq = ?\
                  """,
                  r -> r.getBytes(1),
                  project.no(),
                  term,
                  chunk,
                  row);
          if (there == null) {
            insert(term, chunk, row, added);
          } else {
            var all = ChunkLog.decode(there, row);
            all.addAll(added);
            replace(session, project.no(), term, chunk, row, all);
          }
        });
  }

  private static void replace(
      Session session,
      long project,
      long term,
      long chunk,
      long last,
      List<ChunkLog.Change> changes) {
    session.update(
        """
        UPDATE posting_past SET changes = ?
        WHERE project = ? AND term = ? AND chunk = ? AND to_seq = ?\
        """,
        ChunkLog.encode(changes, last),
        project,
        term,
        chunk,
        last);
  }

  private record Row(long last, List<ChunkLog.Change> changes) {}

  /** Takes out what is written of a document under a term. */
  static void forget(Session session, long project, long term, long doc) {
    long chunk = Chunk.of(doc);
    var rows =
        session.list(
            "SELECT to_seq, changes FROM posting_past WHERE project = ? AND term = ? AND chunk = ?",
            r -> new Row(r.getLong(1), ChunkLog.decode(r.getBytes(2), r.getLong(1))),
            project,
            term,
            chunk);
    for (var row : rows) {
      var kept = new ArrayList<>(row.changes());
      kept.removeIf(change -> change.bit() == Chunk.bit(doc));
      if (kept.isEmpty()) {
        session.update(
            "DELETE FROM posting_past WHERE project = ? AND term = ? AND chunk = ? AND to_seq = ?",
            project,
            term,
            chunk,
            row.last());
      } else if (kept.size() < row.changes().size()) {
        replace(session, project, term, chunk, row.last(), kept);
      }
    }
  }
}
