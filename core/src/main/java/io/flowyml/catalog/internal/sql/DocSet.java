package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a part of a query matches, answered a window of chunks at a time, newest
 * first, so that a first page costs what it shows.
 */
abstract class DocSet {
  /** An estimate above every other, of what looks at rows one by one. */
  static final long COSTLY = Long.MAX_VALUE / 8;

  private @Nullable String asked;

  /** No chunk above this one has any; -1 where there are none at all. */
  abstract long top();

  /** About how many there are, to look at the fewest first. */
  abstract long estimate();

  /**
   * The documents of some chunks, which the caller may change.
   *
   * @param high the last chunk, included
   */
  abstract DocWindow window(Session session, long low, long high);

  /** Leaves in a window what this set has too. */
  void narrow(Session session, DocWindow window) {
    window.and(window(session, window.low(), window.high()));
  }

  /** Whether its documents have to be looked at one by one. */
  final boolean isCostly() {
    return estimate() >= COSTLY;
  }

  /** Whether it takes the postings of very many terms. */
  boolean hasManyTerms() {
    return false;
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
        asked == null ? how : asked + "  " + how,
        isCostly() ? -1 : estimate(),
        inputs().stream().map(DocSet::explained).toList());
  }

  abstract String how();

  /** The sets that it is made of. */
  List<DocSet> inputs() {
    return List.of();
  }
}
