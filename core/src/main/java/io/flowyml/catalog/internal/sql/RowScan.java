package io.flowyml.catalog.internal.sql;

import java.util.function.LongConsumer;

/** Documents that a statement finds in a range of documents; it looks at each row of the range. */
final class RowScan extends DocSet {
  /** Finds documents from one number to another, both included. */
  interface Finder {
    void find(Session session, long low, long high, LongConsumer found);
  }

  private final long top;
  private final long estimate;
  private final Finder finder;

  RowScan(long lastDoc, long estimate, Finder finder) {
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
  DocWindow window(Session session, long low, long high) {
    var window = DocWindow.empty(low, high);
    finder.find(session, low << Chunk.BITS, ((high + 1) << Chunk.BITS) - 1, window::add);
    return window;
  }

  /** Asks for the stretches that have any. */
  @Override
  void narrow(Session session, DocWindow window) {
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
      window.chunks()[c] = Chunk.and(words, found);
    }
  }
}
