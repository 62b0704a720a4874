package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Explanation;
import io.flowyml.catalog.Facets;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.query.Evaluation;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.Query;
import io.flowyml.catalog.spi.FacetField;
import io.flowyml.catalog.spi.FacetQuery;
import io.flowyml.catalog.spi.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries: from the index for all documents that have not changed since it was brought up
 * to date, and by looking at the others themselves.
 */
final class SearchEngine {
  /** Of artifacts that have to be looked at one by one, so many are counted. */
  private static final long EXACT_FACETS = 200_000;

  private final Tail tail = new Tail();
  private final Tail pastTail = new Tail();
  private final Postings postings = new Postings();
  private final CommonParts common = new CommonParts();
  private final Dictionary dictionary = new Dictionary();
  private final RecentDocs recents = new RecentDocs();

  /** A project as a reader's snapshot has it, or as it was. */
  record State(
      long project, String name, long seq, long indexedSeq, long lastDoc, long duplicates) {
    static State of(Session session, long project, String name, @Nullable Moment moment) {
      var state = of(session, project, name);
      return moment == null
          ? state
          : new State(
              project, name, moment.seq(), state.indexedSeq(), moment.docs(), state.duplicates());
    }

    private static State of(Session session, long project, String name) {
      var state =
          session.first(
              "SELECT seq, indexed_seq, doc, duplicates FROM project WHERE project = ?",
              r -> new State(project, name, r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4)),
              project);
      if (state == null) {
        throw withoutRow(name);
      }
      return state;
    }

    static CatalogException withoutRow(String name) {
      return new CatalogException(
          ErrorCode.CORRUPT, "project %s has no row of its own".formatted(name));
    }
  }

  private Tail tail(ArtifactRows rows) {
    return rows.moment() == null ? tail : pastTail;
  }

  Page<Artifact> search(
      Session session, String projectName, long project, ArtifactRows rows, Search search) {
    var state = State.of(session, project, projectName, rows.moment());
    var planner = new Planner(session, state, rows, postings, common);
    var where = search.query().where();
    var sort = search.query().sort();
    var question = "search " + projectName + " " + where + " sort " + sort;
    Predicate<Artifact> matches = artifact -> Evaluation.matches(where, artifact, planner);
    var recent =
        sort.isEmpty() && search.cursor() == null
            ? recents.newest(
                session,
                state,
                rows,
                where,
                tail(rows).documents(session, state, rows),
                planner,
                search.limit() + 1)
            : null;
    if (recent != null) {
      return Cursor.page(rows.byDocs(session, project, recent), search.limit(), question);
    }
    return sort.isEmpty()
        ? page(
            session,
            state,
            rows,
            planner.pagePlan(where),
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
    tail(rows)
        .documents(session, state, rows)
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
    var state = State.of(session, project, projectName, rows.moment());
    var planner = new Planner(session, state, rows, postings, common);
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

  Facets facets(
      Session session, String projectName, long project, ArtifactRows rows, FacetQuery query) {
    var state = State.of(session, project, projectName, rows.moment());
    var planner = new Planner(session, state, rows, postings, common);
    var where = query.where();
    var changed = tail(rows).documents(session, state, rows);
    var added = new ArrayList<Artifact>();
    changed.forEach(
        (doc, artifact) -> {
          if (!artifact.isDeleted() && Evaluation.matches(where, artifact, planner)) {
            added.add(artifact);
          }
        });
    var set = planner.plan(where);
    var much =
        query.fields().stream().anyMatch(SearchEngine::isMetadata)
            ? DocBits.of(session, planner.muchMetadata())
            : new DocBits(-1);
    if (where instanceof Query.All && much.isEmpty() && rows.moment() == null) {
      var taken = tail.indexed(session, state, rows, changed.keySet());
      long matches = set.estimate() - taken.size() + added.size();
      return facets(session, state, rows, query, null, matches, true, added, taken);
    }
    var docs = DocBits.newest(session, set, set.isCostly() ? EXACT_FACETS + 1 : Long.MAX_VALUE);
    boolean exact = !set.isCostly() || docs.count() <= EXACT_FACETS;
    changed.keySet().forEach(docs::remove);
    var odd = DocBits.both(docs, much);
    docs.removeAll(odd);
    var numbers = new ArrayList<Long>();
    odd.newestFirst(numbers::add);
    rows.uncached()
        .byDocs(session, project, numbers)
        .forEach(stored -> added.add(stored.artifact()));
    long matches = docs.count() + added.size();
    return facets(session, state, rows, query, docs, matches, exact, added, List.of());
  }

  private static boolean isMetadata(FacetField asked) {
    return asked instanceof FacetField.Values values && values.field() instanceof Field.Metadata;
  }

  private Facets facets(
      Session session,
      State state,
      ArtifactRows rows,
      FacetQuery query,
      @Nullable DocBits docs,
      long matches,
      boolean exact,
      List<Artifact> added,
      List<Artifact> taken) {
    var counts =
        new FacetCounts(session, state, rows, postings, dictionary, docs, matches, added, taken);
    return new Facets(
        matches,
        exact,
        query.fields().stream().map(field -> counts.of(field, query.values())).toList());
  }

  Explanation explain(
      Session session, String projectName, long project, ArtifactRows rows, Search search) {
    var state = State.of(session, project, projectName, rows.moment());
    long before = session.rows();
    var answers = search(session, projectName, project, rows, search).items().size();
    return new Explanation(
        search.query().asText(),
        new Planner(session, state, rows, postings, common)
            .pagePlan(search.query().where())
            .explained(),
        answers,
        session.rows() - before,
        tail(rows).documents(session, state, rows).size());
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
    var changed = tail(rows).documents(session, state, rows);
    var matching = new ArrayList<Long>();
    for (var each : changed.headMap(below, false).descendingMap().entrySet()) {
      if (!each.getValue().isDeleted() && matches.test(each.getValue())) {
        matching.add(each.getKey());
        if (matching.size() > limit) {
          break;
        }
      }
    }
    var docs = newest(session, indexed, changed.keySet(), matching, below, limit + 1);
    return Cursor.page(rows.byDocs(session, state.project(), docs), limit, question);
  }

  /**
   * The newest documents, from the index and from the tail.
   *
   * @param changed documents of which the index may say what is no longer so
   * @param matching the newest of them that match, newest first
   */
  private static List<Long> newest(
      Session session,
      DocSet indexed,
      Set<Long> changed,
      List<Long> matching,
      long below,
      int limit) {
    var docs = new ArrayList<Long>();
    int next = 0;
    var walk = DocWalk.of(session, indexed, below);
    while (docs.size() < limit) {
      long doc = walk.next();
      if (doc == DocWalk.END) {
        break;
      }
      if (changed.contains(doc)) {
        continue;
      }
      while (next < matching.size() && matching.get(next) > doc) {
        docs.add(matching.get(next++));
      }
      docs.add(doc);
    }
    while (next < matching.size() && docs.size() < limit) {
      docs.add(matching.get(next++));
    }
    return docs.size() > limit ? docs.subList(0, limit) : docs;
  }

  /** The documents changed since the index was brought up to date, kept between searches. */
  private static final class Tail {
    private @Nullable Kept kept;
    private @Nullable Indexed indexed;

    /** What the index has of documents that have changed since; a tombstone is not there. */
    private record Indexed(long project, long seq, Map<Long, Optional<Artifact>> documents) {}

    /** What one project's tail was at an event; never changed once made. */
    private record Kept(
        long project, long indexedSeq, long seq, NavigableMap<Long, Artifact> documents) {}

    NavigableMap<Long, Artifact> documents(Session session, State state, ArtifactRows rows) {
      if (state.seq() <= state.indexedSeq()) {
        return Collections.emptyNavigableMap();
      }
      var before = latest();
      boolean usable =
          before != null
              && before.project() == state.project()
              && before.indexedSeq() == state.indexedSeq()
              && before.seq() <= state.seq();
      if (usable && before != null && before.seq() == state.seq()) {
        return before.documents();
      }
      var documents = new java.util.TreeMap<Long, Artifact>();
      long since = state.indexedSeq();
      if (usable && before != null) {
        documents.putAll(before.documents());
        since = before.seq();
      }
      if (since < state.seq()) {
        var changed = changed(session, state.project(), since, state.seq());
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

    /** The living artifacts that the index has of some documents. */
    List<Artifact> indexed(Session session, State state, ArtifactRows rows, Set<Long> docs) {
      var known = new HashMap<Long, Optional<Artifact>>();
      synchronized (this) {
        if (indexed != null
            && indexed.project() == state.project()
            && indexed.seq() == state.indexedSeq()) {
          known.putAll(indexed.documents());
        }
      }
      var missing = docs.stream().filter(doc -> !known.containsKey(doc)).toList();
      var firstNew =
          session.number(
              """
              SELECT doc FROM event WHERE project = ? AND seq > ? AND kind = ?
              ORDER BY seq LIMIT 1\
              """,
              state.project(),
              state.indexedSeq(),
              Codes.of(Event.Kind.REGISTERED));
      var then =
          rows.at(
              new Moment(state.indexedSeq(), firstNew == null ? state.lastDoc() : firstNew - 1));
      missing.forEach(doc -> known.put(doc, Optional.empty()));
      for (var stored : then.byDocs(session, state.project(), missing)) {
        if (!stored.artifact().isDeleted()) {
          known.put(stored.doc(), Optional.of(stored.artifact()));
        }
      }
      synchronized (this) {
        indexed = new Indexed(state.project(), state.indexedSeq(), known);
      }
      return docs.stream()
          .flatMap(doc -> known.getOrDefault(doc, Optional.empty()).stream())
          .toList();
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

    /**
     * Documents with an event, and those that an alias left. United here: to unite them, SQLite
     * would read all of the project in their documents' order.
     */
    private static List<Long> changed(Session session, long project, long since, long upTo) {
      var docs = new TreeSet<Long>();
      session.each(
          "SELECT doc FROM event WHERE project = ? AND seq > ? AND seq <= ?",
          r -> docs.add(r.getLong(1)),
          project,
          since,
          upTo);
      session.each(
          "SELECT doc FROM alias WHERE project = ? AND to_seq > ? AND to_seq <= ?",
          r -> docs.add(r.getLong(1)),
          project,
          since,
          upTo);
      return List.copyOf(docs);
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
