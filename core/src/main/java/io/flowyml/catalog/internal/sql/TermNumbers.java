package io.flowyml.catalog.internal.sql;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of terms' numbers: what was committed before, and what this transaction adds, which
 * must be forgotten when it is rolled back.
 */
final class TermNumbers {
  private final Map<Terms.Term, Long> committed;
  private final Map<Terms.Term, Long> added = new HashMap<>();
  private final Set<Terms.Term> written = new HashSet<>();

  TermNumbers(Map<Terms.Term, Long> committed) {
    this.committed = Collections.unmodifiableMap(committed);
  }

  @Nullable Long get(Terms.Term term) {
    var no = added.get(term);
    return no == null ? committed.get(term) : no;
  }

  /** Whether the term's row was written, or waits to be, in this transaction. */
  boolean isWritten(Terms.Term term) {
    return written.contains(term);
  }

  Map<Terms.Term, Long> added() {
    return Collections.unmodifiableMap(added);
  }

  void write(Terms.Term term, long no) {
    put(term, no);
    written.add(term);
  }

  void put(Terms.Term term, long no) {
    added.put(term, no);
  }
}
