package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Writes which documents got and lost which terms, term by term as their rows stand. */
final class PostingWriter {
  private static final int[] NONE = {};
  private static final long UNNUMBERED = Long.MAX_VALUE;

  private final Session session;
  private final Transaction.Project project;
  private final PostingDeltas deltas;
  private final TermNumbers numbers;
  private final StoredPostings stored;

  /**
   * @param numbers of the terms that are in the dictionary
   */
  PostingWriter(
      Session session, Transaction.Project project, PostingDeltas deltas, TermNumbers numbers) {
    this.session = session;
    this.project = project;
    this.deltas = deltas;
    this.numbers = numbers;
    this.stored = new StoredPostings(session, project.no());
  }

  /** A term whose documents change. */
  private record Changed(Terms.Term term, long no, List<PostingDeltas.OfChunk> chunks) {}

  void write() {
    lookAhead();
    inTheirOrder().forEach(this::write);
  }

  /** To the first row of each span that is looked at, which for most terms is the only one. */
  private void lookAhead() {
    var terms = new HashMap<Long, LongStream.Builder>();
    deltas
        .byTerm()
        .forEach(
            (term, chunks) -> {
              var no = numbers.get(term);
              for (var delta : chunks) {
                long span = FewDocs.spanOfChunk(delta.chunk());
                if (no != null && FewDocs.firstChunk(span) < deltas.fresh()) {
                  terms.computeIfAbsent(FewDocs.row(span), row -> LongStream.builder()).add(no);
                }
              }
            });
    terms.forEach((row, some) -> stored.ahead(row, some.build().toArray()));
  }

  /** As their rows stand in the tables: known ones by number, then those that are numbered now. */
  private List<Changed> inTheirOrder() {
    var all = new ArrayList<Changed>(deltas.byTerm().size());
    deltas
        .byTerm()
        .forEach(
            (term, chunks) -> {
              var no = numbers.get(term);
              all.add(new Changed(term, no == null ? UNNUMBERED : no, chunks));
            });
    all.sort(Comparator.comparingLong(Changed::no));
    return all;
  }

  private void write(Changed changed) {
    var term = changed.term();
    var chunks = changed.chunks();
    // As the key of another one it may have got a number meanwhile.
    var known = changed.no() == UNNUMBERED ? numbers.get(term) : Long.valueOf(changed.no());
    long no = known == null ? project.nextTerm() : known;
    long more = 0;
    for (int from = 0; from < chunks.size(); ) {
      long span = FewDocs.spanOfChunk(chunks.get(from).chunk());
      int to = from + 1;
      while (to < chunks.size() && FewDocs.spanOfChunk(chunks.get(to).chunk()) == span) {
        to++;
      }
      boolean isFresh = known == null || FewDocs.firstChunk(span) >= deltas.fresh();
      more += writeSpan(no, span, chunks.subList(from, to), isFresh);
      from = to;
    }
    long last = 0;
    for (var delta : chunks) {
      last = Math.max(last, delta.lastSet());
    }
    if (known == null) {
      Terms.add(session, project, no, term, more, last, numbers);
    } else {
      if (numbers.isWritten(term)) {
        session.send(); // its row too may wait
      }
      session.later(
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
  }

  /**
   * Writes what changed within a span of chunks.
   *
   * @param isFresh whether the term has no documents there yet
   * @return how many documents more than before
   */
  private int writeSpan(
      long term, long span, List<PostingDeltas.OfChunk> changed, boolean isFresh) {
    var before = isFresh ? null : stored.find(term, FewDocs.row(span));
    if (before == null || !FewDocs.areMany(before)) {
      return writeFew(term, span, changed, before);
    }
    int more = 0;
    for (var delta : changed) {
      if (delta.chunk() >= deltas.fresh()) {
        insert(term, delta);
        more += delta.count();
      } else {
        more += merge(term, delta);
      }
    }
    return more;
  }

  private int writeFew(
      long term, long span, List<PostingDeltas.OfChunk> changed, byte @Nullable [] stored) {
    var before = stored == null ? NONE : FewDocs.decode(stored);
    var after = PostingDeltas.applied(changed, span, before);
    long row = FewDocs.row(span);
    if (after.length > FewDocs.MOST) {
      put(term, row, FewDocs.many(), stored != null);
      spread(term, span, after);
    } else if (after.length > 0) {
      put(term, row, FewDocs.encode(after, after.length), stored != null);
    } else if (stored != null) {
      delete(term, row);
    }
    return after.length - before.length;
  }

  /** Gives each chunk of a span a row of its own. */
  private void spread(long term, long span, int[] offsets) {
    for (int from = 0; from < offsets.length; ) {
      var delta =
          new PostingDeltas.OfChunk(FewDocs.firstChunk(span) + (offsets[from] >> Chunk.BITS));
      int to = from;
      while (to < offsets.length && offsets[to] >> Chunk.BITS == offsets[from] >> Chunk.BITS) {
        delta.set(Chunk.bit(offsets[to++]));
      }
      insert(term, delta);
      from = to;
    }
  }

  private void insert(long term, PostingDeltas.OfChunk delta) {
    if (delta.count() > 0) {
      put(term, delta.chunk(), delta.encoded(), false);
    }
  }

  /**
   * @return how many documents more than before
   */
  private int merge(long term, PostingDeltas.OfChunk delta) {
    var there = stored.find(term, delta.chunk());
    if (there == null) {
      insert(term, delta);
      return delta.count();
    }
    var words = Chunk.decode(there);
    int before = Chunk.count(words);
    delta.applyTo(words);
    int after = Chunk.count(words);
    if (after == 0) {
      delete(term, delta.chunk());
    } else {
      put(term, delta.chunk(), Chunk.encode(words), true);
    }
    return after - before;
  }

  private void put(long term, long chunk, byte[] docs, boolean isThere) {
    if (isThere) {
      session.later(
          "UPDATE posting SET docs = ? WHERE project = ? AND term = ? AND chunk = ?",
          docs,
          project.no(),
          term,
          chunk);
    } else {
      session.later(
          "INSERT INTO posting (project, term, chunk, docs) VALUES (?, ?, ?, ?)",
          project.no(),
          term,
          chunk,
          docs);
    }
  }

  private void delete(long term, long chunk) {
    session.update(
        "DELETE FROM posting WHERE project = ? AND term = ? AND chunk = ?",
        project.no(),
        term,
        chunk);
  }
}
