package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents that had any of some terms: those that have them now, as far as the index is
 * brought up to date, and what changed since taken back.
 */
final class PastTerms extends DocSet {
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

  private final Postings postings;
  private final SearchEngine.State state;
  private final Moment moment;
  private final List<TermRef> terms;
  private final long top;
  private final long estimate;
  private final Map<Long, Span> spans = new HashMap<>();

  PastTerms(Postings postings, SearchEngine.State state, Moment moment, List<TermRef> terms) {
    this.postings = postings;
    this.state = state;
    this.moment = moment;
    this.terms = new ArrayList<>(terms);
    this.terms.sort(Comparator.comparingLong(TermRef::last).reversed());
    this.top =
        terms.isEmpty() ? -1 : Chunk.of(Math.min(this.terms.getFirst().last(), moment.docs()));
    this.estimate = terms.stream().mapToLong(TermRef::n).sum();
  }

  /** What is known of a span of chunks: of the terms up to one. */
  private static final class Span {
    private int terms;
    private final long[] @Nullable [] few = new long[FewDocs.CHUNKS] @Nullable [];
    private final List<Long> many = new ArrayList<>();

    void or(int chunk, long[] more) {
      var words = few[chunk];
      if (words == null) {
        few[chunk] = more;
      } else {
        for (int w = 0; w < Chunk.WORDS; w++) {
          words[w] |= more[w];
        }
      }
    }
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
    return "values of the dictionary, as they stood then: " + terms.size();
  }

  @Override
  long top() {
    return top;
  }

  @Override
  long estimate() {
    return estimate;
  }

  @Override
  Window window(Session session, long low, long high) {
    var window = Window.empty(low, high);
    int reaching = 0;
    while (reaching < terms.size() && Chunk.of(terms.get(reaching).last()) >= low) {
      reaching++;
    }
    if (reaching == 0) {
      return window;
    }
    for (long no = FewDocs.spanOfChunk(low); no <= FewDocs.spanOfChunk(high); no++) {
      var span = span(session, no, reaching);
      long first = FewDocs.firstChunk(no);
      int from = (int) Math.max(0, low - first);
      int to = (int) Math.min(FewDocs.CHUNKS - 1, high - first);
      for (int c = from; c <= to; c++) {
        window.or(first + c, span.few[c]);
      }
      for (long term : span.many) {
        addMany(session, term, no, from, to, window);
      }
    }
    leaveOutLater(window);
    return window;
  }

  /** Of a term with many documents only the chunks that are asked for are looked at. */
  private void addMany(Session session, long term, long no, int from, int to, Window window) {
    long first = FewDocs.firstChunk(no);
    var now = postings.many(session, state, term, no, from);
    var then = new long[to - from + 1] @Nullable [];
    for (var since : since(session, term, first + from, first + to)) {
      int c = (int) (since.chunk() - first);
      var words = then[c - from];
      if (words == null) {
        words = now[c] == null ? new long[Chunk.WORDS] : now[c].clone();
        then[c - from] = words;
      }
      since.undo(moment.seq(), words);
    }
    for (int c = from; c <= to; c++) {
      var words = then[c - from];
      window.or(first + c, words == null ? now[c] : words);
    }
  }

  private Span span(Session session, long no, int reaching) {
    var span = spans.computeIfAbsent(no, n -> new Span());
    if (span.terms < reaching) {
      var more = terms.subList(span.terms, reaching).stream().map(TermRef::no).toList();
      addFew(session, no, more, span);
      span.terms = reaching;
    }
    return span;
  }

  private void addFew(Session session, long no, List<Long> more, Span span) {
    var now = new HashMap<Long, int[]>();
    postings.few(
        session,
        state.project(),
        more,
        no,
        (term, stored) -> {
          if (FewDocs.areMany(stored)) {
            span.many.add(term);
          } else {
            now.put(term, FewDocs.decode(stored));
          }
        });
    var few = new ArrayList<>(more);
    few.removeAll(new HashSet<>(span.many));
    long first = FewDocs.firstChunk(no);
    var then = new HashMap<Long, Map<Integer, long[]>>();
    for (var since : since(session, few, first, first + FewDocs.CHUNKS - 1)) {
      var words =
          then.computeIfAbsent(since.term(), term -> chunks(now.remove(term)))
              .computeIfAbsent((int) (since.chunk() - first), c -> new long[Chunk.WORDS]);
      since.undo(moment.seq(), words);
    }
    now.values().forEach(offsets -> chunks(offsets).forEach(span::or));
    then.values().forEach(chunks -> chunks.forEach(span::or));
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
  private void leaveOutLater(Window window) {
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
