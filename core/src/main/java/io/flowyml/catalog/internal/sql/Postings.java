package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads in which documents terms stand. What it read of frequent terms is kept between searches: it
 * changes only when the index is brought up to date.
 */
final class Postings {
  /** Spans of frequent terms to keep, 128 KiB each at most. */
  private static final int KEPT = 128;

  /** Terms up to this number are read by a statement each, more by one that names many. */
  private static final int FEW_TERMS = 4;

  private static final int WIDEST = 256;

  private static final String MANY_TERMS =
      "SELECT term, docs FROM posting WHERE project = ? AND chunk = ? AND term IN (?"
          + ", ?".repeat(WIDEST - 1)
          + ")";

  private record Key(long project, long indexedSeq, long term, long span) {}

  private final Map<Key, Span> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Span> eldest) {
          return size() > KEPT;
        }
      };

  /** The bits of a frequent term among a span of chunks, read from its end down to where needed. */
  private static final class Span {
    private final long[][] chunks = new long[FewDocs.CHUNKS][];
    private int unread = FewDocs.CHUNKS;
  }

  /** The documents of one term in a span where it has few. */
  interface FewConsumer {
    /**
     * @param stored {@link FewDocs}
     */
    void accept(long term, byte[] stored);
  }

  /** Hands over what is stored of terms for a span as a whole; nothing where a term has none. */
  void few(Session session, long project, List<Long> terms, long span, FewConsumer consumer) {
    long row = FewDocs.row(span);
    if (terms.size() <= FEW_TERMS) {
      for (long term : terms) {
        session.each(
            "SELECT docs FROM posting WHERE project = ? AND term = ? AND chunk = ?",
            r -> consumer.accept(term, r.getBytes(1)),
            project,
            term,
            row);
      }
      return;
    }
    var found = new ArrayList<Stored>(terms.size());
    for (int from = 0; from < terms.size(); from += WIDEST) {
      var params = new Object[WIDEST + 2];
      Arrays.fill(params, terms.get(from));
      params[0] = project;
      params[1] = row;
      for (int i = 0; i < WIDEST && from + i < terms.size(); i++) {
        params[i + 2] = terms.get(from + i);
      }
      session.each(MANY_TERMS, r -> found.add(new Stored(r.getLong(1), r.getBytes(2))), params);
    }
    found.forEach(stored -> consumer.accept(stored.term(), stored.docs()));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(long term, byte[] docs) {}

  /**
   * The bits of a term where it has many documents; not to be changed.
   *
   * @param chunk within the span
   * @return {@code null} for a chunk without any, all chunks from that one on are right
   */
  long[][] many(Session session, SearchEngine.State state, long term, long span, int chunk) {
    Span bits;
    synchronized (kept) {
      bits =
          kept.computeIfAbsent(
              new Key(state.project(), state.indexedSeq(), term, span), key -> new Span());
    }
    synchronized (bits) {
      if (chunk < bits.unread) {
        long first = FewDocs.firstChunk(span);
        session.each(
            """
            SELECT chunk, docs FROM posting
            WHERE project = ? AND term = ? AND chunk BETWEEN ? AND ?\
            """,
            r -> bits.chunks[(int) (r.getLong(1) - first)] = Chunk.decode(r.getBytes(2)),
            state.project(),
            term,
            first + chunk,
            first + bits.unread - 1);
        bits.unread = chunk;
      }
    }
    return bits.chunks;
  }
}
