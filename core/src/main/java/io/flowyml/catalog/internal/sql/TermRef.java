package io.flowyml.catalog.internal.sql;

/**
 * A term of the index.
 *
 * @param n how many documents have it
 * @param last the newest that has it, or had it
 */
record TermRef(long no, long n, long last) {
  /** Of the columns {@code no, n, last}. */
  static final Session.Row<TermRef> FROM_ROW =
      r -> new TermRef(r.getLong(1), r.getLong(2), r.getLong(3));
}
