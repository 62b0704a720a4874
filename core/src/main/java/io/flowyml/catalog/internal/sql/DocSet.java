package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a part of a query matches, answered a window of chunks at a time, newest
 * first, so that a first page costs what it shows.
 */
abstract class DocSet {
  /**
   * Terms up to this number are read by one kept statement each, more by one that names them all.
   */
  private static final int FEW_TERMS = 4;

  private static final int WIDEST_STATEMENT = 500;

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

  /** A term of the index. */
  record TermRef(long no, long n, long last) {}

  /** The documents of any of some terms. */
  static final class OfTerms extends DocSet {
    private final long project;
    private final List<TermRef> terms;
    private final long top;
    private final long estimate;

    OfTerms(long project, List<TermRef> terms) {
      this.project = project;
      this.terms = new ArrayList<>(terms);
      this.terms.sort(Comparator.comparingLong(TermRef::last).reversed());
      this.top = terms.isEmpty() ? -1 : Chunk.of(this.terms.getFirst().last());
      this.estimate = terms.stream().mapToLong(TermRef::n).sum();
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
      Session.RowConsumer add = r -> Chunk.decodeInto(r.getBytes(2), window.chunk(r.getLong(1)));
      if (reaching <= FEW_TERMS) {
        for (int i = 0; i < reaching; i++) {
          session.each(
              """
              SELECT chunk, docs FROM posting
              WHERE project = ? AND term = ? AND chunk BETWEEN ? AND ?\
              """,
              add,
              project,
              terms.get(i).no(),
              low,
              high);
        }
        return window;
      }
      for (int from = 0; from < reaching; from += WIDEST_STATEMENT) {
        var numbers = new StringBuilder();
        for (var term : terms.subList(from, Math.min(reaching, from + WIDEST_STATEMENT))) {
          numbers.append(numbers.isEmpty() ? "" : ",").append(term.no());
        }
        session.stream(
            """
            SELECT chunk, docs FROM posting
            WHERE project = ? AND term IN (%s) AND chunk BETWEEN ? AND ?\
            """
                .formatted(numbers),
            add,
            project,
            low,
            high);
      }
      return window;
    }
  }

  /** Documents that are known one by one. */
  static final class Of extends DocSet {
    private final TreeSet<Long> docs;

    Of(java.util.Collection<Long> docs) {
      this.docs = new TreeSet<>(docs);
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
      void find(Session session, long low, long high, java.util.function.LongConsumer found);
    }

    private final long top;
    private final Finder finder;

    Scan(long lastDoc, Finder finder) {
      this.top = Chunk.of(lastDoc);
      this.finder = finder;
    }

    @Override
    long top() {
      return top;
    }

    @Override
    long estimate() {
      return Long.MAX_VALUE / 2;
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
  }

  /** What all of some sets have. */
  static final class All extends DocSet {
    private final List<DocSet> parts;

    All(List<DocSet> parts) {
      this.parts = new ArrayList<>(parts);
      this.parts.sort(Comparator.comparingLong(DocSet::estimate));
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
      for (int i = 1; i < parts.size() && !window.isEmpty(); i++) {
        var other = parts.get(i).window(session, low, high);
        for (int c = 0; c < window.chunks().length; c++) {
          var words = window.chunks()[c];
          var more = other.chunks()[c];
          if (words != null && more != null) {
            for (int w = 0; w < Chunk.WORDS; w++) {
              words[w] &= more[w];
            }
          } else {
            window.chunks()[c] = null;
          }
        }
      }
      return window;
    }
  }

  /** What any of some sets has. */
  static final class Any extends DocSet {
    private final List<DocSet> parts;

    Any(List<DocSet> parts) {
      this.parts = List.copyOf(parts);
    }

    @Override
    long top() {
      return parts.stream().mapToLong(DocSet::top).max().orElse(-1);
    }

    @Override
    long estimate() {
      long sum = 0;
      for (var part : parts) {
        sum = Math.min(Long.MAX_VALUE / 2, sum + part.estimate());
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
          var more = other.chunks()[c];
          if (more != null) {
            var words = window.chunk(low + c);
            for (int w = 0; w < Chunk.WORDS; w++) {
              words[w] |= more[w];
            }
          }
        }
      }
      return window;
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
      if (window.isEmpty() || without.top() < low) {
        return window;
      }
      var other = without.window(session, low, high);
      for (int c = 0; c < window.chunks().length; c++) {
        var words = window.chunks()[c];
        var less = other.chunks()[c];
        if (words != null && less != null) {
          for (int w = 0; w < Chunk.WORDS; w++) {
            words[w] &= ~less[w];
          }
        }
      }
      return window;
    }
  }
}
