package io.flowyml.catalog.internal.sql;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * Those of a set that pass a condition, which is looked for in the newest of them; as a set it is
 * met with that of the condition.
 */
final class AdaptiveFilter extends DocSet {
  private final DocSet base;
  private final RecordFilter.Check look;
  private final DocSet met;

  AdaptiveFilter(DocSet base, RecordFilter.Check look, DocSet met) {
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
  List<DocSet> inputs() {
    return List.of(base, met);
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
  DocWindow window(Session session, long low, long high) {
    var window = base.window(session, low, high);
    if (!window.isEmpty()) {
      met.narrow(session, window);
    }
    return window;
  }
}
