package io.flowyml.catalog.internal.sql;

import java.util.Comparator;
import java.util.List;

/** What all of some sets have. */
final class Intersection extends Combination {
  Intersection(List<DocSet> parts) {
    super(parts.stream().sorted(Comparator.comparingLong(DocSet::estimate)).toList());
  }

  @Override
  String how() {
    return "what all have";
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
  DocWindow window(Session session, long low, long high) {
    var window = parts.getFirst().window(session, low, high);
    narrow(session, window, 1);
    return window;
  }

  @Override
  void narrow(Session session, DocWindow window) {
    narrow(session, window, 0);
  }

  private void narrow(Session session, DocWindow window, int from) {
    for (int i = from; i < parts.size() && !window.isEmpty(); i++) {
      parts.get(i).narrow(session, window);
    }
  }
}
