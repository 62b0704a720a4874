package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Those of a set that pass a look at each of them. */
final class RecordFilter extends DocSet {
  /** Answers those of some documents that pass. */
  interface Check {
    void check(Session session, List<Long> docs, LongConsumer passes);
  }

  private final DocSet of;
  private final Check check;

  RecordFilter(DocSet of, Check check) {
    this.of = of;
    this.check = check;
  }

  @Override
  String how() {
    return "each looked at, as far as the page takes";
  }

  @Override
  List<DocSet> inputs() {
    return List.of(of);
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
  DocWindow window(Session session, long low, long high) {
    var window = of.window(session, low, high);
    check(session, window);
    return window;
  }

  @Override
  void narrow(Session session, DocWindow window) {
    of.narrow(session, window);
    check(session, window);
  }

  private void check(Session session, DocWindow window) {
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
