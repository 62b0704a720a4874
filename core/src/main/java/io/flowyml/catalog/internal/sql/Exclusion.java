package io.flowyml.catalog.internal.sql;

import java.util.List;

/** What one set has and another has not. */
final class Exclusion extends DocSet {
  private final DocSet from;
  private final DocSet without;

  Exclusion(DocSet from, DocSet without) {
    this.from = from;
    this.without = without;
  }

  @Override
  String how() {
    return "what the first has and the second has not";
  }

  @Override
  List<DocSet> inputs() {
    return List.of(from, without);
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
  DocWindow window(Session session, long low, long high) {
    var window = from.window(session, low, high);
    exclude(session, window);
    return window;
  }

  @Override
  void narrow(Session session, DocWindow window) {
    from.narrow(session, window);
    exclude(session, window);
  }

  /** Takes out of what is left there, so that the other set looks at no more than that. */
  private void exclude(Session session, DocWindow window) {
    if (window.isEmpty() || without.top() < window.low()) {
      return;
    }
    var excluded = window.copy();
    without.narrow(session, excluded);
    window.andNot(excluded);
  }
}
