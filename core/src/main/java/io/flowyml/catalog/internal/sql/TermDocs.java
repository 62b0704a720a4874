package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents that have any of some terms. */
class TermDocs extends DocSet {
  final Postings postings;
  final SearchEngine.State state;

  /** The one that has the newest document first. */
  private final List<TermRef> terms;

  private final long estimate;
  private final Map<Long, Span> spans = new HashMap<>();

  TermDocs(Postings postings, SearchEngine.State state, List<TermRef> terms) {
    this.postings = postings;
    this.state = state;
    this.terms = new ArrayList<>(terms);
    this.terms.sort(Comparator.comparingLong(TermRef::last).reversed());
    this.estimate = terms.stream().mapToLong(TermRef::n).sum();
  }

  /**
   * The documents that have any of some terms, or had.
   *
   * @param moment {@code null} for the present
   */
  static TermDocs of(
      Postings postings, SearchEngine.State state, @Nullable Moment moment, List<TermRef> terms) {
    return moment == null
        ? new TermDocs(postings, state, terms)
        : new PastTermDocs(postings, state, moment, terms);
  }

  /** What is known of a span of chunks: of the terms up to one. */
  static final class Span {
    private int terms;

    /** The documents of the terms that have few there, by chunk. */
    private final long[] @Nullable [] few = new long[FewDocs.CHUNKS] @Nullable [];

    private final List<Long> many = new ArrayList<>();

    void addMany(long term) {
      many.add(term);
    }

    /**
     * @param offsets from the span's first document
     */
    void addFew(int[] offsets) {
      for (int offset : offsets) {
        int chunk = offset >> Chunk.BITS;
        var words = few[chunk];
        if (words == null) {
          words = new long[Chunk.WORDS];
          few[chunk] = words;
        }
        Chunk.set(words, Chunk.bit(offset));
      }
    }

    void addFew(int chunk, long[] words) {
      Chunk.or(few, chunk, words);
    }
  }

  final int size() {
    return terms.size();
  }

  @Override
  String how() {
    return "values of the dictionary: " + size();
  }

  @Override
  long top() {
    return terms.isEmpty() ? -1 : Chunk.of(terms.getFirst().last());
  }

  @Override
  final long estimate() {
    return estimate;
  }

  @Override
  DocWindow window(Session session, long low, long high) {
    var window = DocWindow.empty(low, high);
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
        var chunks = many(session, term, no, from, to);
        for (int c = from; c <= to; c++) {
          window.or(first + c, chunks[c]);
        }
      }
    }
    return window;
  }

  private Span span(Session session, long no, int reaching) {
    var span = spans.computeIfAbsent(no, n -> new Span());
    if (span.terms < reaching) {
      var more = terms.subList(span.terms, reaching).stream().map(TermRef::no).toList();
      addTo(span, session, no, more);
      span.terms = reaching;
    }
    return span;
  }

  /**
   * Adds what some terms have in a span.
   *
   * @param no the span's
   */
  void addTo(Span span, Session session, long no, List<Long> more) {
    postings.few(
        session,
        state.project(),
        more,
        no,
        (term, stored) -> {
          if (FewDocs.areMany(stored)) {
            span.addMany(term);
          } else {
            span.addFew(FewDocs.decode(stored));
          }
        });
  }

  /**
   * The documents of a term that has many in a span, by chunk, not to be changed.
   *
   * @param span its number
   * @param from the first chunk that is asked for, within the span
   * @param to the last
   */
  long[] @Nullable [] many(Session session, long term, long span, int from, int to) {
    return postings.many(session, state, term, span, from);
  }
}
