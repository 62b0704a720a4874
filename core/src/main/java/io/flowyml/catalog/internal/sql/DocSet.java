package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a part of a query matches, answered a window of chunks at a time, newest
 * first, so that a first page costs what it shows.
 */
abstract class DocSet {
  /** An estimate above every other, of what looks at rows one by one. */
  private static final long COSTLY = Long.MAX_VALUE / 8;

  private @Nullable String asked;

  /** The bits of some consecutive chunks; {@code null} for one without any. */
  @SuppressWarnings("ArrayRecordComponent")
  record Window(long low, long[] @Nullable [] chunks) {
    static Window empty(long low, long high) {
      return new Window(low, new long[(int) (high - low + 1)] @Nullable []);
    }

    long[] chunk(long chunk) {
      int at = (int) (chunk - low);
      var words = chunks[at];
      if (words == null) {
        words = new long[Chunk.WORDS];
        chunks[at] = words;
      }
      return words;
    }

    long high() {
      return low + chunks.length - 1;
    }

    void or(long chunk, long @Nullable [] more) {
      if (more != null) {
        int at = (int) (chunk - low);
        var words = chunks[at];
        if (words == null) {
          chunks[at] = more.clone();
        } else {
          for (int w = 0; w < Chunk.WORDS; w++) {
            words[w] |= more[w];
          }
        }
      }
    }

    Window copy() {
      var copy = empty(low, high());
      for (int c = 0; c < chunks.length; c++) {
        copy.or(low + c, chunks[c]);
      }
      return copy;
    }

    boolean isEmpty() {
      for (var words : chunks) {
        if (words != null && !Chunk.isEmpty(words)) {
          return false;
        }
      }
      return true;
    }
  }

  /** No chunk above this one has any; -1 where there are none at all. */
  abstract long top();

  /** About how many there are, to look at the fewest first. */
  abstract long estimate();

  abstract Window window(Session session, long low, long high);

  /** Whether its documents have to be looked at one by one. */
  final boolean isCostly() {
    return estimate() >= COSTLY;
  }

  /** Says which part of a query it answers. */
  final DocSet asked(String by) {
    asked = asked == null ? by : asked;
    return this;
  }

  /** How it is come by. */
  final Explanation.Step explained() {
    var how = how();
    return new Explanation.Step(
        asked == null ? how : asked + "  " + how, isCostly() ? -1 : estimate(), inputs());
  }

  abstract String how();

  /** Whether it takes the postings of very many terms. */
  boolean hasManyTerms() {
    return false;
  }

  List<Explanation.Step> inputs() {
    return List.of();
  }

  static List<Explanation.Step> all(List<DocSet> parts) {
    return parts.stream().map(DocSet::explained).toList();
  }

  /** Leaves in a window what this set has too. */
  void narrow(Session session, Window window) {
    var other = window(session, window.low(), window.high());
    for (int c = 0; c < window.chunks().length; c++) {
      var words = window.chunks()[c];
      var more = other.chunks()[c];
      if (words == null || more == null) {
        window.chunks()[c] = null;
      } else {
        for (int w = 0; w < Chunk.WORDS; w++) {
          words[w] &= more[w];
        }
      }
    }
  }

  /**
   * The documents that have any of some terms, or had.
   *
   * @param moment {@code null} for the present
   */
  static DocSet ofTerms(
      Postings postings, SearchEngine.State state, @Nullable Moment moment, List<TermRef> terms) {
    return moment == null
        ? new OfTerms(postings, state, terms)
        : new PastTerms(postings, state, moment, terms);
  }

  /** A term of the index. */
  record TermRef(long no, long n, long last) {}

  /** The documents of any of some terms. */
  static final class OfTerms extends DocSet {
    private final Postings postings;
    private final SearchEngine.State state;
    private final List<TermRef> terms;
    private final long top;
    private final long estimate;
    private final Map<Long, Span> spans = new HashMap<>();

    OfTerms(Postings postings, SearchEngine.State state, List<TermRef> terms) {
      this.postings = postings;
      this.state = state;
      this.terms = new ArrayList<>(terms);
      this.terms.sort(Comparator.comparingLong(TermRef::last).reversed());
      this.top = terms.isEmpty() ? -1 : Chunk.of(this.terms.getFirst().last());
      this.estimate = terms.stream().mapToLong(TermRef::n).sum();
    }

    /** What is known of a span of chunks: of the terms up to one. */
    private static final class Span {
      private int terms;
      private final long[] @Nullable [] few = new long[FewDocs.CHUNKS] @Nullable [];
      private final List<Long> many = new ArrayList<>();

      void add(long term, byte[] stored) {
        if (FewDocs.areMany(stored)) {
          many.add(term);
          return;
        }
        for (int offset : FewDocs.decode(stored)) {
          int chunk = offset >> Chunk.BITS;
          var words = few[chunk];
          if (words == null) {
            words = new long[Chunk.WORDS];
            few[chunk] = words;
          }
          Chunk.set(words, Chunk.bit(offset));
        }
      }
    }

    @Override
    String how() {
      return "values of the dictionary: " + terms.size();
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
          var chunks = postings.many(session, state, term, no, from);
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
        postings.few(session, state.project(), more, no, span::add);
        span.terms = reaching;
      }
      return span;
    }
  }

  /** Documents that are known one by one. */
  static final class Of extends DocSet {
    private final TreeSet<Long> docs;

    Of(java.util.Collection<Long> docs) {
      this.docs = new TreeSet<>(docs);
    }

    @Override
    String how() {
      return "artifacts known by number: " + docs.size();
    }

    @Override
    long top() {
      return docs.isEmpty() ? -1 : Chunk.of(docs.last());
    }

    @Override
    long estimate() {
      return docs.size();
    }

    @Override
    Window window(Session session, long low, long high) {
      var window = Window.empty(low, high);
      for (long doc : docs.subSet(low << Chunk.BITS, (high + 1) << Chunk.BITS)) {
        Chunk.set(window.chunk(Chunk.of(doc)), Chunk.bit(doc));
      }
      return window;
    }
  }

  /**
   * Documents that a statement finds in a range of documents; it looks at each row of the range.
   */
  static final class Scan extends DocSet {
    /** Finds documents from one number to another, both included. */
    interface Finder {
      void find(Session session, long low, long high, LongConsumer found);
    }

    private final long top;
    private final long estimate;
    private final Finder finder;

    Scan(long lastDoc, long estimate, Finder finder) {
      this.top = Chunk.of(lastDoc);
      this.estimate = estimate;
      this.finder = finder;
    }

    @Override
    String how() {
      return "rows of a range of artifacts, read as far as the page takes";
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
      finder.find(
          session,
          low << Chunk.BITS,
          ((high + 1) << Chunk.BITS) - 1,
          doc -> Chunk.set(window.chunk(Chunk.of(doc)), Chunk.bit(doc)));
      return window;
    }

    /** Asks for the stretches that have any. */
    @Override
    void narrow(Session session, Window window) {
      for (int c = 0; c < window.chunks().length; c++) {
        var words = window.chunks()[c];
        if (words == null) {
          continue;
        }
        long first = (window.low() + c) << Chunk.BITS;
        var found = new long[Chunk.WORDS];
        for (int from = 0; from < Chunk.WORDS; from++) {
          int to = from;
          while (to < Chunk.WORDS && words[to] != 0) {
            to++;
          }
          if (to > from) {
            int lowest = from * Long.SIZE + Long.numberOfTrailingZeros(words[from]);
            int highest = to * Long.SIZE - 1 - Long.numberOfLeadingZeros(words[to - 1]);
            finder.find(
                session, first + lowest, first + highest, doc -> Chunk.set(found, Chunk.bit(doc)));
            from = to;
          }
        }
        for (int w = 0; w < Chunk.WORDS; w++) {
          words[w] &= found[w];
        }
      }
    }
  }

  /** Those of a set that pass a look at each of them. */
  static final class Checked extends DocSet {
    /** Answers those of some documents that pass. */
    interface Check {
      void check(Session session, List<Long> docs, LongConsumer passes);
    }

    private final DocSet of;
    private final Check check;

    Checked(DocSet of, Check check) {
      this.of = of;
      this.check = check;
    }

    @Override
    String how() {
      return "each looked at, as far as the page takes";
    }

    @Override
    List<Explanation.Step> inputs() {
      return List.of(of.explained());
    }

    @Override
    long top() {
      return of.top();
    }

    /** Looked at last, since it costs most. */
    @Override
    long estimate() {
      return COSTLY + of.estimate();
    }

    @Override
    Window window(Session session, long low, long high) {
      var window = of.window(session, low, high);
      check(session, window);
      return window;
    }

    @Override
    void narrow(Session session, Window window) {
      of.narrow(session, window);
      check(session, window);
    }

    private void check(Session session, Window window) {
      for (int c = 0; c < window.chunks().length; c++) {
        var words = window.chunks()[c];
        if (words != null && !Chunk.isEmpty(words)) {
          long first = (window.low() + c) << Chunk.BITS;
          var docs = new ArrayList<Long>();
          Chunk.each(words, bit -> docs.add(first + bit));
          var passed = new long[Chunk.WORDS];
          check.check(session, docs, doc -> Chunk.set(passed, Chunk.bit(doc)));
          window.chunks()[c] = passed;
        }
      }
    }
  }

  /**
   * The documents of very many terms, which are not read before they are needed: often it takes
   * less to look at some documents.
   */
  static final class ManyTerms extends DocSet {
    private final long top;
    private final long atMost;
    private final Supplier<DocSet> reading;
    private @Nullable DocSet read;

    ManyTerms(long top, long atMost, Supplier<DocSet> reading) {
      this.top = top;
      this.atMost = atMost;
      this.reading = reading;
    }

    private DocSet read() {
      if (read == null) {
        read = reading.get();
      }
      return read;
    }

    @Override
    String how() {
      return "very many values of the dictionary";
    }

    @Override
    boolean hasManyTerms() {
      return true;
    }

    @Override
    long top() {
      return top;
    }

    @Override
    long estimate() {
      return atMost;
    }

    @Override
    Window window(Session session, long low, long high) {
      return read().window(session, low, high);
    }

    @Override
    void narrow(Session session, Window window) {
      read().narrow(session, window);
    }
  }

  /**
   * Those of a set that pass a condition, which is looked for in the newest of them; as a set it is
   * met with that of the condition.
   */
  static final class Condition extends DocSet {
    private final DocSet base;
    private final Checked.Check look;
    private final DocSet met;

    Condition(DocSet base, Checked.Check look, DocSet met) {
      this.base = base;
      this.look = look;
      this.met = met;
    }

    DocSet base() {
      return base;
    }

    /** Hands over those of some documents that pass. */
    void look(Session session, List<Long> docs, LongConsumer passes) {
      look.check(session, docs, passes);
    }

    @Override
    String how() {
      return "looked for in the newest of the first, then what both have";
    }

    @Override
    List<Explanation.Step> inputs() {
      return List.of(base.explained(), met.explained());
    }

    @Override
    long top() {
      return base.top();
    }

    @Override
    long estimate() {
      return base.estimate();
    }

    @Override
    Window window(Session session, long low, long high) {
      var window = base.window(session, low, high);
      if (!window.isEmpty()) {
        met.narrow(session, window);
      }
      return window;
    }
  }

  /** What all of some sets have. */
  static final class All extends DocSet {
    private final List<DocSet> parts;

    All(List<DocSet> parts) {
      this.parts = new ArrayList<>(parts);
      this.parts.sort(Comparator.comparingLong(DocSet::estimate));
    }

    @Override
    String how() {
      return "what all have";
    }

    @Override
    List<Explanation.Step> inputs() {
      return all(parts);
    }

    @Override
    boolean hasManyTerms() {
      return parts.stream().anyMatch(DocSet::hasManyTerms);
    }

    @Override
    long top() {
      return parts.stream().mapToLong(DocSet::top).min().orElse(-1);
    }

    @Override
    long estimate() {
      return parts.getFirst().estimate();
    }

    @Override
    Window window(Session session, long low, long high) {
      var window = parts.getFirst().window(session, low, high);
      narrow(session, window, 1);
      return window;
    }

    @Override
    void narrow(Session session, Window window) {
      narrow(session, window, 0);
    }

    private void narrow(Session session, Window window, int from) {
      for (int i = from; i < parts.size() && !window.isEmpty(); i++) {
        parts.get(i).narrow(session, window);
      }
    }
  }

  /** What any of some sets has. */
  static final class Any extends DocSet {
    private final List<DocSet> parts;

    Any(List<DocSet> parts) {
      this.parts = List.copyOf(parts);
    }

    @Override
    String how() {
      return "what any has";
    }

    @Override
    List<Explanation.Step> inputs() {
      return all(parts);
    }

    @Override
    boolean hasManyTerms() {
      return parts.stream().anyMatch(DocSet::hasManyTerms);
    }

    @Override
    long top() {
      return parts.stream().mapToLong(DocSet::top).max().orElse(-1);
    }

    @Override
    long estimate() {
      long sum = 0;
      for (var part : parts) {
        sum = Math.min(2 * COSTLY, sum + part.estimate());
      }
      return sum;
    }

    @Override
    Window window(Session session, long low, long high) {
      var window = Window.empty(low, high);
      for (var part : parts) {
        if (part.top() < low) {
          continue;
        }
        var other = part.window(session, low, high);
        for (int c = 0; c < window.chunks().length; c++) {
          window.or(low + c, other.chunks()[c]);
        }
      }
      return window;
    }

    @Override
    void narrow(Session session, Window window) {
      var before = window.copy();
      Arrays.fill(window.chunks(), null);
      for (var part : parts) {
        if (part.top() >= window.low()) {
          var found = before.copy();
          part.narrow(session, found);
          for (int c = 0; c < found.chunks().length; c++) {
            window.or(window.low() + c, found.chunks()[c]);
          }
        }
      }
    }
  }

  /** What one set has and another has not. */
  static final class Except extends DocSet {
    private final DocSet from;
    private final DocSet without;

    Except(DocSet from, DocSet without) {
      this.from = from;
      this.without = without;
    }

    @Override
    String how() {
      return "what the first has and the second has not";
    }

    @Override
    List<Explanation.Step> inputs() {
      return List.of(from.explained(), without.explained());
    }

    @Override
    boolean hasManyTerms() {
      return from.hasManyTerms() || without.hasManyTerms();
    }

    @Override
    long top() {
      return from.top();
    }

    @Override
    long estimate() {
      return Math.max(0, from.estimate() - without.estimate());
    }

    @Override
    Window window(Session session, long low, long high) {
      var window = from.window(session, low, high);
      exclude(session, window);
      return window;
    }

    @Override
    void narrow(Session session, Window window) {
      from.narrow(session, window);
      exclude(session, window);
    }

    /** Takes out of what is left there, so that the other set looks at no more than that. */
    private void exclude(Session session, Window window) {
      if (window.isEmpty() || without.top() < window.low()) {
        return;
      }
      var excluded = window.copy();
      without.narrow(session, excluded);
      for (int c = 0; c < window.chunks().length; c++) {
        var words = window.chunks()[c];
        var less = excluded.chunks()[c];
        if (words != null && less != null) {
          for (int w = 0; w < Chunk.WORDS; w++) {
            words[w] &= ~less[w];
          }
        }
      }
    }
  }
}
