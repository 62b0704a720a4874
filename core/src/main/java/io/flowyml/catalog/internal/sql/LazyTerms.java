package io.flowyml.catalog.internal.sql;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents of very many terms, which are not read before they are needed: often it takes less
 * to look at some documents.
 */
final class LazyTerms extends DocSet {
  private final long top;
  private final long atMost;
  private final Supplier<DocSet> reading;
  private @Nullable DocSet read;

  LazyTerms(long top, long atMost, Supplier<DocSet> reading) {
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
  DocWindow window(Session session, long low, long high) {
    return read().window(session, low, high);
  }

  @Override
  void narrow(Session session, DocWindow window) {
    read().narrow(session, window);
  }
}
