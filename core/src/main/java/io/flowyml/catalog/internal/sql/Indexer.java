package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the search index up to the last event, for all documents changed since, in one go: a value
 * that many of them share is looked up and written once. Until then a search looks at those
 * documents themselves. One writer of a project at a time uses it.
 */
public final class Indexer {
  private static final int KNOWN_TERMS = 200_000;
  private static final int[] NONE = {};
  private static final long UNNUMBERED = Long.MAX_VALUE;

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

  /** Which documents of a chunk get a term, in their order, and which lose it. */
  private static final class Delta {
    private static final int FEW = 4;

    final long chunk;
    private int[] set = new int[FEW];
    private int count;
    private long @Nullable [] cleared;

    Delta(long chunk) {
      this.chunk = chunk;
    }

    void set(int bit) {
      if (count == set.length) {
        set = Arrays.copyOf(set, 2 * count);
      }
      set[count++] = bit;
    }

    void clear(int bit) {
      if (cleared == null) {
        cleared = new long[Chunk.WORDS];
      }
      Chunk.set(cleared, bit);
    }

    void applyTo(long[] words) {
      for (int i = 0; cleared != null && i < Chunk.WORDS; i++) {
        words[i] &= ~cleared[i];
      }
      for (int i = 0; i < count; i++) {
        Chunk.set(words, set[i]);
      }
    }

    long lastSet() {
      return count == 0 ? 0 : (chunk << Chunk.BITS) + set[count - 1];
    }
  }

  /** What changed, by value; taken document by document in their order. */
  private static final class Deltas {
    private final Map<Terms.Term, List<Delta>> byTerm = new LinkedHashMap<>();

    /** Chunks from here on have no postings yet. */
    private final long fresh;

    private Deltas(long fresh) {
      this.fresh = fresh;
    }

    /**
     * @param doc no document from this one on was indexed before
     */
    static Deltas freshFrom(long doc) {
      return new Deltas(Chunk.of(doc - 1) + 1);
    }

    static Deltas nothingFresh() {
      return new Deltas(Long.MAX_VALUE);
    }

    void add(long doc, Set<Terms.Term> before, Set<Terms.Term> after) {
      for (var term : after) {
        if (!before.contains(term)) {
          delta(term, doc).set(Chunk.bit(doc));
        }
      }
      for (var term : before) {
        if (!after.contains(term)) {
          delta(term, doc).clear(Chunk.bit(doc));
        }
      }
    }

    private Delta delta(Terms.Term term, long doc) {
      var deltas = byTerm.computeIfAbsent(term, t -> new ArrayList<>(1));
      if (deltas.isEmpty() || deltas.getLast().chunk != Chunk.of(doc)) {
        deltas.add(new Delta(Chunk.of(doc)));
      }
      return deltas.getLast();
    }
  }

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
    var deltas = Deltas.freshFrom(firstNew);
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
      var deltas = Deltas.freshFrom(documents.getFirst().doc());
      documents.forEach(document -> deltas.add(document.doc(), Set.of(), document.terms()));
      write(transaction, project, deltas, numbers -> {});
      project.indexedTo(project.seq());
    }
  }

  /** Indexes documents that are new, in their order, whatever events there are. */
  void indexNew(
      Transaction transaction, Transaction.Project project, SortedMap<Long, Artifact> documents) {
    var deltas = Deltas.nothingFresh();
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
    write(transaction, project, Deltas.nothingFresh(), past::merge);
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
      Transaction transaction, Transaction.Project project, Deltas deltas, Consumer<Numbers> more) {
    if (knownUpTo.getOrDefault(project.no(), -1L) != project.terms()) {
      forget(project.no());
    }
    transaction.session().send(); // postings are looked at as they are before what waits
    var numbers = new Numbers(known.getOrDefault(project.no(), Map.of()));
    Terms.findAll(transaction.session(), project, deltas.byTerm.keySet(), numbers);
    var stored = new StoredPostings(transaction.session(), project.no());
    lookAhead(stored, deltas, numbers);
    for (var changed : inTheirOrder(deltas, numbers)) {
      write(transaction.session(), stored, project, changed, deltas.fresh, numbers);
    }
    more.accept(numbers);
    transaction.afterCommit(
        () -> {
          remember(project.no(), numbers.added);
          knownUpTo.put(project.no(), project.terms());
        });
  }

  /** To the first row of each span that is looked at, which for most terms is the only one. */
  private static void lookAhead(StoredPostings stored, Deltas deltas, Numbers numbers) {
    var terms = new HashMap<Long, LongStream.Builder>();
    deltas.byTerm.forEach(
        (term, chunks) -> {
          var no = numbers.get(term);
          for (var delta : chunks) {
            long span = FewDocs.spanOfChunk(delta.chunk);
            if (no != null && FewDocs.firstChunk(span) < deltas.fresh) {
              terms.computeIfAbsent(FewDocs.row(span), row -> LongStream.builder()).add(no);
            }
          }
        });
    terms.forEach((row, some) -> stored.ahead(row, some.build().toArray()));
  }

  /** As their rows stand in the tables: known ones by number, then those that are numbered now. */
  private static List<Changed> inTheirOrder(Deltas deltas, Numbers numbers) {
    var all = new ArrayList<Changed>(deltas.byTerm.size());
    deltas.byTerm.forEach(
        (term, chunks) -> {
          var no = numbers.get(term);
          all.add(new Changed(term, no == null ? UNNUMBERED : no, chunks));
        });
    all.sort(Comparator.comparingLong(Changed::no));
    return all;
  }

  /** A term whose documents change. */
  private record Changed(Terms.Term term, long no, List<Delta> chunks) {}

  private static void write(
      Session session,
      StoredPostings stored,
      Transaction.Project project,
      Changed changed,
      long fresh,
      Numbers numbers) {
    var term = changed.term();
    var chunks = changed.chunks();
    // As the key of another one it may have got a number meanwhile.
    var known = changed.no() == UNNUMBERED ? numbers.get(term) : Long.valueOf(changed.no());
    long no = known == null ? project.nextTerm() : known;
    long more = 0;
    for (int from = 0; from < chunks.size(); ) {
      long span = FewDocs.spanOfChunk(chunks.get(from).chunk);
      int to = from + 1;
      while (to < chunks.size() && FewDocs.spanOfChunk(chunks.get(to).chunk) == span) {
        to++;
      }
      boolean isFresh = known == null || FewDocs.firstChunk(span) >= fresh;
      var some = chunks.subList(from, to);
      more += write(session, stored, project.no(), no, span, some, isFresh, fresh);
      from = to;
    }
    long last = 0;
    for (var delta : chunks) {
      last = Math.max(last, delta.lastSet());
    }
    if (known == null) {
      Terms.add(session, project, no, term, more, last, numbers);
    } else {
      if (numbers.isWritten(term)) {
        session.send(); // its row too may wait
      }
      session.later(
          """
          UPDATE term SET n = n + ?, last = CASE WHEN last < ? THEN ? ELSE last END
          WHERE project = ? AND no = ?\
          """,
          more,
          last,
          last,
          project.no(),
          no);
    }
  }

  /**
   * Writes what changed within a span of chunks.
   *
   * @param isFresh whether the term has no documents there yet
   * @return how many documents more than before
   */
  private static int write(
      Session session,
      StoredPostings postings,
      long project,
      long term,
      long span,
      List<Delta> deltas,
      boolean isFresh,
      long fresh) {
    var stored = isFresh ? null : postings.find(term, FewDocs.row(span));
    if (stored == null || !FewDocs.areMany(stored)) {
      return writeFew(session, project, term, span, deltas, stored);
    }
    int more = 0;
    for (var delta : deltas) {
      if (delta.chunk >= fresh) {
        insert(session, project, term, delta);
        more += delta.count;
      } else {
        more += merge(session, postings, project, term, delta);
      }
    }
    return more;
  }

  private static int writeFew(
      Session session,
      long project,
      long term,
      long span,
      List<Delta> deltas,
      byte @Nullable [] stored) {
    var before = stored == null ? NONE : FewDocs.decode(stored);
    var after = changed(before, deltas, span);
    long row = FewDocs.row(span);
    if (after.length > FewDocs.MOST) {
      put(session, project, term, row, FewDocs.many(), stored != null);
      spread(session, project, term, span, after);
    } else if (after.length > 0) {
      put(session, project, term, row, FewDocs.encode(after, after.length), stored != null);
    } else if (stored != null) {
      delete(session, project, term, row);
    }
    return after.length - before.length;
  }

  /** Offsets within a span once changes are applied to them. */
  private static int[] changed(int[] before, List<Delta> deltas, long span) {
    int room = before.length;
    for (var delta : deltas) {
      room += delta.count;
    }
    var after = new int[room];
    int n = 0;
    for (int offset : before) {
      if (!isCleared(offset, deltas, span)) {
        after[n++] = offset;
      }
    }
    boolean ordered = true;
    for (var delta : deltas) {
      int first = (int) (delta.chunk - FewDocs.firstChunk(span)) << Chunk.BITS;
      for (int i = 0; i < delta.count; i++) {
        int offset = first + delta.set[i];
        ordered &= n == 0 || after[n - 1] < offset;
        after[n++] = offset;
      }
    }
    var offsets = Arrays.copyOf(after, n);
    return ordered ? offsets : Arrays.stream(offsets).sorted().distinct().toArray();
  }

  private static boolean isCleared(int offset, List<Delta> deltas, long span) {
    for (var delta : deltas) {
      if (delta.cleared != null
          && delta.chunk == FewDocs.firstChunk(span) + (offset >> Chunk.BITS)
          && Chunk.has(delta.cleared, Chunk.bit(offset))) {
        return true;
      }
    }
    return false;
  }

  /** Gives each chunk of a span a row of its own. */
  private static void spread(Session session, long project, long term, long span, int[] offsets) {
    for (int from = 0; from < offsets.length; ) {
      var delta = new Delta(FewDocs.firstChunk(span) + (offsets[from] >> Chunk.BITS));
      int to = from;
      while (to < offsets.length && offsets[to] >> Chunk.BITS == offsets[from] >> Chunk.BITS) {
        delta.set(Chunk.bit(offsets[to++]));
      }
      insert(session, project, term, delta);
      from = to;
    }
  }

  private static void put(
      Session session, long project, long term, long chunk, byte[] docs, boolean isThere) {
    if (isThere) {
      session.later(
          "UPDATE posting SET docs = ? WHERE project = ? AND term = ? AND chunk = ?",
          docs,
          project,
          term,
          chunk);
    } else {
      session.later(
          "INSERT INTO posting (project, term, chunk, docs) VALUES (?, ?, ?, ?)",
          project,
          term,
          chunk,
          docs);
    }
  }

  private static void delete(Session session, long project, long term, long chunk) {
    session.update(
        "DELETE FROM posting WHERE project = ? AND term = ? AND chunk = ?", project, term, chunk);
  }

  private static void insert(Session session, long project, long term, Delta delta) {
    if (delta.count > 0) {
      put(session, project, term, delta.chunk, Chunk.encode(delta.set, delta.count), false);
    }
  }

  /**
   * @return how many documents more than before
   */
  private static int merge(
      Session session, StoredPostings postings, long project, long term, Delta delta) {
    var stored = postings.find(term, delta.chunk);
    if (stored == null) {
      insert(session, project, term, delta);
      return delta.count;
    }
    var words = Chunk.decode(stored);
    int before = Chunk.count(words);
    delta.applyTo(words);
    int after = Chunk.count(words);
    if (after == 0) {
      delete(session, project, term, delta.chunk);
    } else {
      put(session, project, term, delta.chunk, Chunk.encode(words), true);
    }
    return after - before;
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

  /**
   * What is known of terms' numbers: what was committed before, and what this transaction adds,
   * which must be forgotten when it is rolled back.
   */
  static final class Numbers {
    private final Map<Terms.Term, Long> committed;
    private final Map<Terms.Term, Long> added = new HashMap<>();
    private final Set<Terms.Term> written = new HashSet<>();

    Numbers(Map<Terms.Term, Long> committed) {
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

    void write(Terms.Term term, long no) {
      put(term, no);
      written.add(term);
    }

    void put(Terms.Term term, long no) {
      added.put(term, no);
    }
  }
}
