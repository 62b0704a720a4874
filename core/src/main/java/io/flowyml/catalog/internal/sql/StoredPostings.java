package io.flowyml.catalog.internal.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of postings as they were before an indexer's writes, which may wait: each is looked at once,
 * before it is written. Where a statement is a message to a server, many are looked up together.
 */
final class StoredPostings {
  private final Session session;
  private final long project;

  /** By term and chunk; also those that are not there. */
  private final Map<Place, byte @Nullable []> known = new HashMap<>();

  private record Place(long term, long chunk) {}

  StoredPostings(Session session, long project) {
    this.session = session;
    this.project = project;
  }

  /** Looks up the rows that some terms have for a chunk. */
  void ahead(long chunk, long[] terms) {
    if (!session.dialect().isRemote()) {
      return;
    }
    for (long term : terms) {
      known.put(new Place(term, chunk), null);
    }
    session.eachIn(
        "SELECT term, docs FROM posting WHERE project = ? AND chunk = ? AND term IN",
        LongStream.of(terms),
        r -> known.put(new Place(r.getLong(1), chunk), r.getBytes(2)),
        project,
        chunk);
  }

  byte @Nullable [] find(long term, long chunk) {
    var place = new Place(term, chunk);
    return known.containsKey(place)
        ? known.get(place)
        : session.<byte[]>firstBefore(
            "SELECT docs FROM posting WHERE project = ? AND term = ? AND chunk = ?",
            r -> r.getBytes(1),
            project,
            term,
            chunk);
  }
}
