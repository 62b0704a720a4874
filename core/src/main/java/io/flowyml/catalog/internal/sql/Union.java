package io.flowyml.catalog.internal.sql;

import java.util.List;

/** What any of some sets has. */
final class Union extends Combination {
  Union(List<DocSet> parts) {
    super(List.copyOf(parts));
  }

  @Override
  String how() {
    return "what any has";
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
  DocWindow window(Session session, long low, long high) {
    var window = DocWindow.empty(low, high);
    for (var part : parts) {
      if (part.top() >= low) {
        window.or(part.window(session, low, high));
      }
    }
    return window;
  }

  @Override
  void narrow(Session session, DocWindow window) {
    var before = window.copy();
    window.clear();
    for (var part : parts) {
      if (part.top() >= window.low()) {
        var found = before.copy();
        part.narrow(session, found);
        window.or(found);
      }
    }
  }
}
