package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.query.Evaluation;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.spi.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries: from the index for all documents that have not changed since it was brought up
 * to date, and by looking at the others themselves.
 */
final class SearchEngine {
  private static final int WIDEST_WINDOW = 64;

  private final Tail tail = new Tail();
  private final Postings postings = new Postings();

  /** A project as a reader's snapshot has it. */
  record State(
      long project, String name, long seq, long indexedSeq, long lastDoc, long duplicates) {
    static State of(Session session, long project, String name) {
      var state =
          session.first(
              "SELECT seq, indexed_seq, doc, duplicates FROM project WHERE project = ?",
              r -> new State(project, name, r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4)),
              project);
      if (state == null) {
        throw new CatalogException(
            ErrorCode.CORRUPT, "project %s has no row of its own".formatted(name));
      }
      return state;
    }
  }

  Page<Artifact> search(
      Session session, String projectName, long project, ArtifactRows rows, Search search) {
    var state = State.of(session, project, projectName);
    var planner = new Planner(session, state, rows, postings);
    var where = search.query().where();
    var sort = search.query().sort();
    var question = "search " + projectName + " " + where + " sort " + sort;
    Predicate<Artifact> matches = artifact -> Evaluation.matches(where, artifact, planner);
    return sort.isEmpty()
        ? page(
            session,
            state,
            rows,
            planner.plan(where),
            matches,
            question,
            search.limit(),
            search.cursor())
        : sorted(session, state, rows, planner, matches, question, search);
  }

  private Page<Artifact> sorted(
      Session session,
      State state,
      ArtifactRows rows,
      Planner planner,
      Predicate<Artifact> matches,
      String question,
      Search search) {
    var keys = search.query().sort();
    var cursor = search.cursor();
    var after = cursor == null ? null : SortPosition.decoded(Cursor.opened(cursor, question));
    var values = new SortValues(rows, state.project(), keys);
    var docs = DocBits.of(session, planner.plan(search.query().where()));
    var inMemory = new ArrayList<SortPosition>();
    tail.documents(session, state, rows)
        .forEach(
            (doc, artifact) -> {
              docs.remove(doc);
              if (!artifact.isDeleted() && matches.test(artifact)) {
                inMemory.add(values.position(doc, artifact));
              }
            });
    if (keys.stream().anyMatch(key -> key.field() instanceof Field.Metadata)) {
      var much = DocBits.both(docs, DocBits.of(session, planner.muchMetadata()));
      docs.removeAll(much);
      values.each(session, much, List.of(), inMemory::add);
    }
    var found =
        new SortedSearch(
                session,
                new SortWalks(session, state, rows, postings),
                values,
                keys,
                inMemory,
                after,
                search.limit() + 1)
            .from(docs);
    boolean more = found.size() > search.limit();
    var shown = more ? found.subList(0, search.limit()) : found;
    var records =
        rows.byDocs(session, state.project(), shown.stream().map(SortPosition::doc).toList());
    return new Page<>(
        records.stream().map(ArtifactRows.Stored::artifact).toList(),
        more ? Cursor.sealed(shown.getLast().encoded(), question) : null);
  }

  Page<Artifact> list(
      Session session, String projectName, long project, ArtifactRows rows, ListFilter filter) {
    var state = State.of(session, project, projectName);
    var planner = new Planner(session, state, rows, postings);
    var question =
        "list %s %s %s %s %s"
            .formatted(projectName, filter.type(), filter.pipeline(), filter.step(), filter.tags());
    return page(
        session,
        state,
        rows,
        planner.plan(filter),
        filter::matches,
        question,
        filter.limit(),
        filter.cursor());
  }

  private Page<Artifact> page(
      Session session,
      State state,
      ArtifactRows rows,
      DocSet indexed,
      Predicate<Artifact> matches,
      String question,
      int limit,
      @Nullable String cursor) {
    long below = cursor == null ? Long.MAX_VALUE : Cursor.position(cursor, question);
    var changed = tail.documents(session, state, rows);
    var matching = new ArrayList<Long>();
    changed.forEach(
        (doc, artifact) -> {
          if (doc < below && !artifact.isDeleted() && matches.test(artifact)) {
            matching.add(doc);
          }
        });
    Collections.reverse(matching);
    var docs = newest(session, indexed, changed.keySet(), matching, below, limit + 1);
    return Cursor.page(rows.byDocs(session, state.project(), docs), limit, question);
  }

  /**
   * The newest documents, from the index and from the tail.
   *
   * @param changed documents of which the index may say what is no longer so
   * @param matching those of them that match, newest first
   */
  private static List<Long> newest(
      Session session,
      DocSet indexed,
      Set<Long> changed,
      List<Long> matching,
      long below,
      int limit) {
    var stale = new HashSet<>(changed);
    var docs = new ArrayList<Long>();
    int next = 0;
    int width = 1;
    long high = Math.min(indexed.top(), Chunk.of(Math.min(below, Long.MAX_VALUE >> 1)));
    while (high >= 0 && docs.size() < limit) {
      long low = Math.max(0, high - width + 1);
      var window = indexed.window(session, low, high);
      for (long chunk = high; chunk >= low && docs.size() < limit; chunk--) {
        var words = window.chunks()[(int) (chunk - low)];
        for (int w = Chunk.WORDS - 1; words != null && w >= 0 && docs.size() < limit; w--) {
          for (long word = words[w]; word != 0 && docs.size() < limit; ) {
            int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(word);
            word &= ~(1L << bit);
            long doc = (chunk << Chunk.BITS) + (long) w * Long.SIZE + bit;
            if (doc < below && !stale.contains(doc)) {
              while (next < matching.size() && matching.get(next) > doc) {
                docs.add(matching.get(next++));
              }
              docs.add(doc);
            }
          }
        }
      }
      high = low - 1;
      width = Math.min(WIDEST_WINDOW, width * 2);
    }
    while (next < matching.size() && docs.size() < limit) {
      docs.add(matching.get(next++));
    }
    return docs.size() > limit ? docs.subList(0, limit) : docs;
  }

  /** The documents changed since the index was brought up to date, kept between searches. */
  private static final class Tail {
    private @Nullable Kept kept;

    /** What one project's tail was at an event; never changed once made. */
    private record Kept(
        long project, long indexedSeq, long seq, NavigableMap<Long, Artifact> documents) {}

    NavigableMap<Long, Artifact> documents(Session session, State state, ArtifactRows rows) {
      if (state.seq() == state.indexedSeq()) {
        return Collections.emptyNavigableMap();
      }
      var before = latest();
      boolean usable =
          before != null
              && before.project() == state.project()
              && before.indexedSeq() == state.indexedSeq()
              && before.seq() <= state.seq();
      var documents = new java.util.TreeMap<Long, Artifact>();
      long since = state.indexedSeq();
      if (usable && before != null) {
        documents.putAll(before.documents());
        since = before.seq();
      }
      if (since < state.seq()) {
        var changed = changedSince(session, state.project(), since);
        var contents = new HashSet<@Nullable String>();
        for (var stored : rows.byDocs(session, state.project(), changed)) {
          var known = documents.put(stored.doc(), stored.artifact());
          contents.add(known == null ? null : known.contentHash());
          contents.add(stored.artifact().contentHash());
        }
        contents.remove(null);
        refreshTwins(session, state, rows, documents, contents, Set.copyOf(changed));
      }
      keep(new Kept(state.project(), state.indexedSeq(), state.seq(), documents));
      return documents;
    }

    /** What is a duplicate changes with others of the same content. */
    private static void refreshTwins(
        Session session,
        State state,
        ArtifactRows rows,
        NavigableMap<Long, Artifact> documents,
        Set<@Nullable String> contents,
        Set<Long> fresh) {
      var twins = new ArrayList<Long>();
      documents.forEach(
          (doc, artifact) -> {
            if (contents.contains(artifact.contentHash()) && !fresh.contains(doc)) {
              twins.add(doc);
            }
          });
      for (var stored : rows.byDocs(session, state.project(), twins)) {
        documents.put(stored.doc(), stored.artifact());
      }
    }

    /** Documents with an event, and those that an alias left. */
    private static List<Long> changedSince(Session session, long project, long since) {
      return session.list(
          """
          SELECT doc FROM event WHERE project = ? AND seq > ?
          UNION SELECT doc FROM alias WHERE project = ? AND to_seq > ?\
          """,
          r -> r.getLong(1),
          project,
          since,
          project,
          since);
    }

    private synchronized @Nullable Kept latest() {
      return kept;
    }

    private synchronized void keep(Kept made) {
      if (kept == null || kept.project() != made.project() || kept.seq() <= made.seq()) {
        kept = made;
      }
    }
  }
}
