package io.flowyml.catalog.internal.sql;

import java.util.Collection;
import java.util.TreeSet;

/** Documents that are known one by one. */
final class ListedDocs extends DocSet {
  private final TreeSet<Long> docs;

  ListedDocs(Collection<Long> docs) {
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
  DocWindow window(Session session, long low, long high) {
    var window = DocWindow.empty(low, high);
    for (long doc : docs.subSet(low << Chunk.BITS, (high + 1) << Chunk.BITS)) {
      window.add(doc);
    }
    return window;
  }
}
