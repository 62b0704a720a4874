package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Event;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that were read lately, as one project has them at an event. A reader tells which event
 * its snapshot ends with; what changed up to there is asked of the events, whoever wrote them.
 */
final class RecordCache {
  /** Where more has changed than this, all is forgotten. */
  private static final int MOST_CHANGES = 4_096;

  private static final int OF_ANOTHER = -1;

  /**
   * The documents whose records an event changes: its own, those that an alias left, and those that
   * named a new artifact as their parent before it was there.
   */
  private static final String CHANGES =
      """
      SELECT e.doc, e.kind FROM event e WHERE e.project = ? AND e.seq > ? AND e.seq <= ?
      UNION ALL SELECT l.doc, %1$d FROM alias l
      WHERE l.project = ? AND l.to_seq > ? AND l.to_seq <= ?
      UNION ALL SELECT p.child, %1$d FROM event e
      JOIN parent p ON p.project = e.project AND p.parent = e.doc
      WHERE e.project = ? AND e.seq > ? AND e.seq <= ? AND e.kind = %2$d\
      """
          .formatted(OF_ANOTHER, Codes.of(Event.Kind.REGISTERED));

  /** What the caches of all projects keep. */
  record Shared(RecentMap<Doc, Entry> records, RecentMap<Id, Long> documents) {
    /** No more than a quarter of the heap. */
    Shared() {
      this(Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4));
    }

    private Shared(long mostBytes) {
      this(new RecentMap<>(mostBytes), new RecentMap<>(mostBytes / 8));
    }
  }

  private record Doc(long project, long doc) {}

  private record Id(long project, String id) {}

  private final long project;
  private final RecentMap<Doc, Entry> records;
  private final RecentMap<Id, Long> documents;

  /** Up to which event the records are right; guarded by this. */
  private volatile long seq = -1;

  /** Records read before this event are forgotten; guarded by this. */
  private volatile long forgotten;

  RecordCache(long project, Shared shared) {
    this.project = project;
    records = shared.records();
    documents = shared.documents();
  }

  /** {@code since}: the event that ended the snapshot which it was read from. */
  private static final class Entry {
    final ArtifactRows.Stored stored;
    final long since;
    volatile boolean changed;

    Entry(ArtifactRows.Stored stored, long since) {
      this.stored = stored;
      this.since = since;
    }
  }

  /** The document of an artifact that was read lately. */
  @Nullable Long document(String id) {
    return documents.get(new Id(project, id));
  }

  /** Whether a document may be found; what it costs to make sure is saved where it is not. */
  boolean mayHave(long doc) {
    return records.get(new Doc(project, doc)) != null;
  }

  /** What is known of some documents in a session's snapshot. */
  Map<Long, ArtifactRows.Stored> find(Session session, Collection<Long> docs) {
    var now = session.number("SELECT seq FROM project WHERE project = ?", project);
    if (now == null) {
      return Map.of();
    }
    if (now > seq) {
      advance(session, now);
    }
    var found = new HashMap<Long, ArtifactRows.Stored>(2 * docs.size());
    for (long doc : docs) {
      var entry = records.get(new Doc(project, doc));
      if (entry != null && !entry.changed && entry.since <= now && entry.since >= forgotten) {
        found.put(doc, entry.stored);
      }
    }
    return found;
  }

  /** Keeps what was read, unless the project has moved on. */
  synchronized void put(Session session, List<ArtifactRows.Stored> read) {
    for (var stored : read) {
      long since = stored.projectSeq();
      if (since > seq) {
        advance(session, since);
      }
      if (since == seq) {
        var id = stored.artifact().id();
        records.put(new Doc(project, stored.doc()), new Entry(stored, since), stored.bytes());
        documents.put(new Id(project, id), stored.doc(), 2L * id.length() + 150);
      }
    }
  }

  private synchronized void advance(Session session, long to) {
    if (to <= seq) {
      return;
    }
    if (seq < 0) {
      seq = to;
      return;
    }
    var changes =
        session.first(
            MOST_CHANGES,
            CHANGES,
            r -> new Change(r.getLong(1), r.getInt(2)),
            project,
            seq,
            to,
            project,
            seq,
            to,
            project,
            seq,
            to);
    if (changes.size() == MOST_CHANGES || changes.stream().anyMatch(Change::isOfOthersToo)) {
      forgotten = to;
    } else {
      for (var change : changes) {
        var entry = records.get(new Doc(project, change.doc()));
        if (entry != null) {
          entry.changed = true;
        }
      }
    }
    seq = to;
  }

  private record Change(long doc, int kind) {
    /** What becomes or ceases to be of the same content as others. */
    boolean isOfOthersToo() {
      return kind != OF_ANOTHER
          && switch (Codes.constant(Event.Kind.class, kind)) {
            case DELETED, RESTORED, REPLACED -> true;
            default -> false;
          };
    }
  }
}
