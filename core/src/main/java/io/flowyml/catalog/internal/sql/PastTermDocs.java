package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents that had any of some terms: those that have them now, as far as the index is
 * brought up to date, and what changed since taken back.
 */
final class PastTermDocs extends TermDocs {
  /** Terms up to this number are read by a statement each, more by one that names many. */
  private static final int FEW_TERMS = 4;

  private static final int WIDEST = 256;

  private static final String SINCE =
      "SELECT term, chunk, to_seq, changes FROM posting_past WHERE project = ? ";

  private static final String OF_MANY_TERMS =
      SINCE
          + "AND chunk BETWEEN ? AND ? AND to_seq > ? AND term IN (?"
          + ", ?".repeat(WIDEST - 1)
          + ") ORDER BY term, chunk, to_seq DESC";

  private final Moment moment;

  PastTermDocs(Postings postings, SearchEngine.State state, Moment moment, List<TermRef> terms) {
    super(postings, state, terms);
    this.moment = moment;
  }

  /** What one run of the indexer changed in a chunk. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Since(long term, long chunk, long last, byte[] changes) {
    void undo(long seq, long[] words) {
      ChunkLog.undo(changes, last, seq, words);
    }
  }

  private static final Session.Row<Since> TO_SINCE =
      r -> new Since(r.getLong(1), r.getLong(2), r.getLong(3), r.getBytes(4));

  @Override
  String how() {
    return "values of the dictionary, as they stood then: " + size();
  }

  @Override
  long top() {
    return Math.min(super.top(), Chunk.of(moment.docs()));
  }

  @Override
  DocWindow window(Session session, long low, long high) {
    var window = super.window(session, low, high);
    leaveOutLater(window);
    return window;
  }

  @Override
  void addTo(Span span, Session session, long no, List<Long> more) {
    var now = new HashMap<Long, int[]>();
    var few = new LinkedHashSet<>(more);
    postings.few(
        session,
        state.project(),
        more,
        no,
        (term, stored) -> {
          if (FewDocs.areMany(stored)) {
            span.addMany(term);
            few.remove(term);
          } else {
            now.put(term, FewDocs.decode(stored));
          }
        });
    long first = FewDocs.firstChunk(no);
    var then = new HashMap<Long, Map<Integer, long[]>>();
    for (var since : since(session, List.copyOf(few), first, first + FewDocs.CHUNKS - 1)) {
      var words =
          then.computeIfAbsent(since.term(), term -> chunks(now.remove(term)))
              .computeIfAbsent((int) (since.chunk() - first), c -> new long[Chunk.WORDS]);
      since.undo(moment.seq(), words);
    }
    now.values().forEach(span::addFew);
    then.values().forEach(chunks -> chunks.forEach(span::addFew));
  }

  /** Only the chunks that are asked for are taken back. */
  @Override
  long[] @Nullable [] many(Session session, long term, long span, int from, int to) {
    long first = FewDocs.firstChunk(span);
    var now = super.many(session, term, span, from, to);
    var then = new long[FewDocs.CHUNKS] @Nullable [];
    for (var since : since(session, term, first + from, first + to)) {
      int c = (int) (since.chunk() - first);
      var words = then[c];
      if (words == null) {
        words = now[c] == null ? new long[Chunk.WORDS] : now[c].clone();
        then[c] = words;
      }
      since.undo(moment.seq(), words);
    }
    for (int c = from; c <= to; c++) {
      if (then[c] == null) {
        then[c] = now[c];
      }
    }
    return then;
  }

  private static Map<Integer, long[]> chunks(int @Nullable [] offsets) {
    var chunks = new HashMap<Integer, long[]>();
    if (offsets != null) {
      for (int offset : offsets) {
        var words = chunks.computeIfAbsent(offset >> Chunk.BITS, c -> new long[Chunk.WORDS]);
        Chunk.set(words, Chunk.bit(offset));
      }
    }
    return chunks;
  }

  /** Changes after the moment, the newest of a chunk first. */
  private List<Since> since(Session session, long term, long low, long high) {
    return low == high
        ? session.list(
            SINCE + "AND term = ? AND chunk = ? AND to_seq > ? ORDER BY to_seq DESC",
            TO_SINCE,
            state.project(),
            term,
            low,
            moment.seq())
        : session.list(
            SINCE
                + "AND term = ? AND chunk BETWEEN ? AND ? AND to_seq > ?"
                + " ORDER BY chunk, to_seq DESC",
            TO_SINCE,
            state.project(),
            term,
            low,
            high,
            moment.seq());
  }

  private List<Since> since(Session session, List<Long> few, long low, long high) {
    var all = new ArrayList<Since>();
    if (few.size() <= FEW_TERMS) {
      few.forEach(term -> all.addAll(since(session, term, low, high)));
      return all;
    }
    for (int from = 0; from < few.size(); from += WIDEST) {
      var params = new Object[WIDEST + 4];
      Arrays.fill(params, few.get(from));
      params[0] = state.project();
      params[1] = low;
      params[2] = high;
      params[3] = moment.seq();
      for (int i = 0; i < WIDEST && from + i < few.size(); i++) {
        params[i + 4] = few.get(from + i);
      }
      all.addAll(session.list(OF_MANY_TERMS, TO_SINCE, params));
    }
    return all;
  }

  /** What was registered later is not there yet. */
  private void leaveOutLater(DocWindow window) {
    long lastChunk = Chunk.of(moment.docs());
    for (int c = 0; c < window.chunks().length; c++) {
      var words = window.chunks()[c];
      long chunk = window.low() + c;
      if (words != null && chunk >= lastChunk) {
        Chunk.clearFrom(words, chunk > lastChunk ? 0 : Chunk.bit(moment.docs()) + 1);
      }
    }
  }
}
