package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings the search index up to the last event, for all documents changed since, in one go: a value
 * that many of them share is looked up and written once. Until then a search looks at those
 * documents themselves. One writer of a project at a time uses it.
 */
public final class Indexer {
  private static final int KNOWN_TERMS = 200_000;

  /** So many events may wait to be indexed together, while more are about to come. */
  static final int TOGETHER = 2 * Chunk.SIZE;

  /** The committed numbers of terms that were met lately, by project; a number never changes. */
  private final Map<Long, Map<Terms.Term, Long>> known = new ConcurrentHashMap<>();

  /**
   * The term counter of each project when its terms were last looked at. Where it has moved since,
   * another process was at work, and may have removed terms: a removal moves the counter too.
   */
  private final Map<Long, Long> knownUpTo = new ConcurrentHashMap<>();

  /** What this process registered, by project, as long as it is not indexed. */
  private final Map<Long, List<Registered>> registered = new ConcurrentHashMap<>();

  /** A new document and its values. */
  private record New(long doc, Set<Terms.Term> terms) {}

  /**
   * A new document as it was registered.
   *
   * @param seq of its registration, unless more happened to it in the same call
   */
  record Registered(long doc, long seq, Supplier<Set<Terms.Term>> terms) {
    private New toNew() {
      return new New(doc, terms.get());
    }
  }

  /** Keeps what a transaction registered, once it is committed, until it is indexed. */
  void committed(Transaction transaction) {
    for (var project : transaction.projects()) {
      var waiting = unindexed(project);
      if (waiting.isEmpty()) {
        registered.remove(project.no());
      } else {
        registered.put(project.no(), waiting);
      }
    }
  }

  private List<Registered> unindexed(Transaction.Project project) {
    var earlier = registered.getOrDefault(project.no(), List.of());
    var all = new ArrayList<Registered>(earlier.size() + project.registered().size());
    for (var some : List.of(earlier, project.registered())) {
      if (!some.isEmpty() && some.getLast().seq() > project.indexedSeq()) {
        all.addAll(some);
      }
    }
    return all;
  }

  /** Indexes everything up to the project's last event. */
  public void index(Transaction transaction, Transaction.Project project) {
    if (project.indexedSeq() == project.seq()) {
      return;
    }
    var waiting = unindexed(project);
    if (areAllEvents(waiting, project)) {
      index(transaction, project, waiting.parallelStream().map(Registered::toNew).toList());
      return;
    }
    var session = transaction.session();
    var history = TermHistory.since(session, project, project.indexedSeq());
    long firstNew = project.docs() + 1;
    for (var document : history.documents()) {
      if (document.isNew()) {
        firstNew = Math.min(firstNew, document.doc());
      }
    }
    var deltas = PostingDeltas.freshFrom(firstNew);
    var past = new PastIndex(session, project);
    var indexed = history.at(project.indexedSeq());
    for (var document : history.documents()) {
      long doc = document.doc();
      var before = indexed.getOrDefault(doc, Set.of());
      deltas.add(doc, before, history.now(doc));
      history.addTo(past, document, before);
    }
    write(transaction, project, deltas, past::append);
    project.indexedTo(project.seq());
  }

  /** Whether nothing else has happened since the index was up to date. */
  private static boolean areAllEvents(List<Registered> waiting, Transaction.Project project) {
    return waiting.size() == project.seq() - project.indexedSeq()
        && waiting.getFirst().seq() == project.indexedSeq() + 1
        && waiting.getLast().seq() == project.seq();
  }

  /**
   * Indexes documents that were registered just now, all that came since the index was up to date.
   *
   * @param documents in their order
   */
  private void index(Transaction transaction, Transaction.Project project, List<New> documents) {
    if (!documents.isEmpty()) {
      var deltas = PostingDeltas.freshFrom(documents.getFirst().doc());
      documents.forEach(document -> deltas.add(document.doc(), Set.of(), document.terms()));
      write(transaction, project, deltas, numbers -> {});
      project.indexedTo(project.seq());
    }
  }

  /** Indexes documents that are new, in their order, whatever events there are. */
  void indexNew(
      Transaction transaction, Transaction.Project project, SortedMap<Long, Artifact> documents) {
    var deltas = PostingDeltas.nothingFresh();
    documents.forEach((doc, artifact) -> deltas.add(doc, Set.of(), Terms.of(artifact)));
    write(transaction, project, deltas, numbers -> {});
  }

  /**
   * Indexes what documents were before, once they are indexed as they are.
   *
   * @param low the first of them
   * @param high the last
   */
  void indexPast(Transaction transaction, Transaction.Project project, long low, long high) {
    var history = TermHistory.of(transaction.session(), project, low, high);
    var past = new PastIndex(transaction.session(), project);
    history.documents().forEach(document -> history.addTo(past, document, Set.of()));
    write(transaction, project, PostingDeltas.nothingFresh(), past::merge);
  }

  /** Takes a document, which must be indexed, out of all that was before. */
  void forgetPast(Session session, Transaction.Project project, long doc) {
    var history = TermHistory.of(session, project, doc, doc);
    var terms = new HashSet<Terms.Term>();
    for (var document : history.documents()) {
      document.seqs().forEach(seq -> terms.addAll(history.at(doc, seq)));
    }
    for (var term : terms) {
      var no = Terms.find(session, project.no(), term);
      if (no != null) {
        PastIndex.forget(session, project.no(), no, doc);
      }
    }
  }

  /**
   * Removes a value from the dictionary, unless a document has it.
   *
   * @return whether it was removed
   */
  boolean removeUnused(Transaction transaction, Transaction.Project project, long term) {
    if (!Terms.removeUnused(transaction.session(), project.no(), term)) {
      return false;
    }
    project.nextTerm();
    transaction.afterCommit(() -> forget(project.no()));
    return true;
  }

  /**
   * Removes a range of terms with all that is indexed under them, as part of removing a project.
   */
  void removeAll(Transaction transaction, Transaction.Project project, long first, long last) {
    var session = transaction.session();
    session.update(
        "DELETE FROM posting WHERE project = ? AND term BETWEEN ? AND ?",
        project.no(),
        first,
        last);
    session.update(
        "DELETE FROM posting_past WHERE project = ? AND term BETWEEN ? AND ?",
        project.no(),
        first,
        last);
    Terms.removeAll(session, project.no(), first, last);
    transaction.afterCommit(() -> forget(project.no()));
  }

  private void forget(long project) {
    known.remove(project);
    knownUpTo.remove(project);
  }

  /**
   * @param more is written with the numbers of the terms at hand
   */
  private void write(
      Transaction transaction,
      Transaction.Project project,
      PostingDeltas deltas,
      Consumer<TermNumbers> more) {
    if (knownUpTo.getOrDefault(project.no(), -1L) != project.terms()) {
      forget(project.no());
    }
    transaction.session().send(); // postings are looked at as they are before what waits
    var numbers = new TermNumbers(known.getOrDefault(project.no(), Map.of()));
    Terms.findAll(transaction.session(), project, deltas.byTerm().keySet(), numbers);
    new PostingWriter(transaction.session(), project, deltas, numbers).write();
    more.accept(numbers);
    transaction.afterCommit(
        () -> {
          remember(project.no(), numbers.added());
          knownUpTo.put(project.no(), project.terms());
        });
  }

  private void remember(long project, Map<Terms.Term, Long> added) {
    var map =
        known.computeIfAbsent(
            project,
            p ->
                new LinkedHashMap<>(1024, 0.75f, true) {
                  private static final long serialVersionUID = 1L;

                  @Override
                  protected boolean removeEldestEntry(Map.Entry<Terms.Term, Long> eldest) {
                    return size() > KNOWN_TERMS;
                  }
                });
    map.putAll(added);
  }
}
