package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Explanation;
import io.flowyml.catalog.Facets;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.PurgeReport;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.Stats;
import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.Changed;
import io.flowyml.catalog.spi.FacetQuery;
import io.flowyml.catalog.spi.HistoryOf;
import io.flowyml.catalog.spi.KeyRing;
import io.flowyml.catalog.spi.Scope;
import io.flowyml.catalog.spi.Search;
import io.flowyml.catalog.spi.ServerBackend;
import java.io.BufferedReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The catalog on a SQL database. */
public abstract class SqlCatalogBackend implements ServerBackend {
  /** Items of one transaction, which holds the lock that other processes wait for. */
  private static final int BATCH = 1_000;

  /** So many events may wait to be indexed; a search looks at each of them. */
  private static final int LONGEST_TAIL = 2_000;

  /** Changes of the other program to take in at a time. */
  private static final int NEWS_BATCH = 500;

  protected final Database database;
  private final @Nullable Mirror mirror;

  /** One for each project, or one under an empty name where all are written together. */
  private final Map<String, WriteQueue> queues = new ConcurrentHashMap<>();

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Indexer indexer = new Indexer();
  private final SearchEngine searches = new SearchEngine();
  private final Moments moments = new Moments();
  private final RecordCache.Shared records = new RecordCache.Shared();
  private final Map<String, Known> projects = new ConcurrentHashMap<>();
  private @Nullable KeyRing keys;

  /** A project that exists; its number never changes. */
  private record Known(long number, ArtifactRows rows) {}

  /**
   * @param mirror the table that shows the project {@code default} to another program, or {@code
   *     null}
   */
  protected SqlCatalogBackend(Database database, @Nullable Mirror mirror) {
    this.database = database;
    this.mirror = mirror;
  }

  /**
   * Every transaction starts with what the other program wrote, so that nothing is written over it.
   * Where that is much, calls wait until it is taken in, a batch in each transaction.
   */
  private Transaction begin(Session session) {
    var transaction = new Transaction(session);
    transaction.afterCommit(() -> indexer.committed(transaction));
    if (mirror != null && mirror.hasNews(session)) {
      boolean more = mirror.drain(transaction, NEWS_BATCH);
      keepTailShort(transaction, transaction.project(Mirror.PROJECT));
      if (more) {
        transaction.fill();
      }
    }
    return transaction;
  }

  final WriteQueue queue(String project) {
    var name = database.writesProjectsApart() ? project : "";
    var queue = queues.computeIfAbsent(name, n -> new WriteQueue(database, this::begin));
    if (closed.get()) {
      queue.close();
    }
    return queue;
  }

  private void keepTailShort(Transaction transaction, Transaction.Project project) {
    if (isTailLong(project)) {
      indexer.index(transaction, project);
    }
  }

  static boolean isTailLong(Transaction.Project project) {
    return project.seq() - project.indexedSeq() >= LONGEST_TAIL;
  }

  final Indexer indexer() {
    return indexer;
  }

  /** Reads whatever the database holds, of any project. */
  final <T> T readApart(Function<Session, T> reading) {
    return database.read(reading);
  }

  /** Projects whose names begin so and that were written to last before a time. */
  final List<String> projectsLeft(String prefix, long beforeMicros) {
    return database.read(
        session ->
            session.list(
                "SELECT name FROM project WHERE name LIKE ? AND time < ?",
                r -> r.getString(1),
                prefix + "%",
                beforeMicros));
  }

  final @Nullable Mirror mirrorOf(String project) {
    return project.equals(Mirror.PROJECT) ? mirror : null;
  }

  /** Writes to a project, after what another program wrote to it. */
  protected final <T extends @Nullable Object> T write(String projectName, Work<T> work) {
    return submit(
        projectName,
        (transaction, project) -> {
          var result = work.apply(transaction, project);
          keepTailShort(transaction, project);
          return result;
        });
  }

  final <T extends @Nullable Object> T submit(String projectName, Work<T> work) {
    return queue(projectName)
        .submit(transaction -> work.apply(transaction, transaction.project(projectName)));
  }

  /** What is written to a project within a transaction. */
  @FunctionalInterface
  protected interface Work<T extends @Nullable Object> {
    T apply(Transaction transaction, Transaction.Project project);
  }

  /** Takes another program's changes in, in batches that each hold the lock for a moment only. */
  protected final void takeInNews() {
    if (mirror == null || database.readOnlyReason() != null) {
      return;
    }
    var source = mirror;
    while (database.read(source::hasNews)) {
      queue(Mirror.PROJECT).submit(transaction -> transaction.session().writes());
    }
  }

  /** Reads a project; {@code none} where nothing was ever written to it. */
  protected final <T> T read(Scope scope, T none, Reading<T> reading) {
    return reading(database::read, scope, none, reading);
  }

  /** Like {@link #read}, for what one statement answers, without the cost of a snapshot. */
  private <T> T readLatest(Scope scope, T none, Reading<T> reading) {
    return scope.asOf() == null
        ? reading(database::readLatest, scope, none, reading)
        : read(scope, none, reading);
  }

  /** One of the two ways in which a database is read. */
  private interface Way {
    <T extends @Nullable Object> T read(Function<Session, T> work);
  }

  private <T> T reading(Way way, Scope scope, T none, Reading<T> reading) {
    var news = database.readOnlyReason() == null ? mirrorOf(scope.project()) : null;
    // Before the snapshot: one that another call finds meanwhile may not be in it yet.
    var known = projects.get(scope.project());
    var result =
        way.<@Nullable T>read(
            session ->
                news != null && news.hasNews(session)
                    ? null
                    : readIn(session, scope, known, none, reading));
    if (result != null) {
      return result;
    }
    takeInNews();
    return way.read(session -> readIn(session, scope, known, none, reading));
  }

  private <T> T readIn(
      Session session, Scope scope, @Nullable Known before, T none, Reading<T> reading) {
    var known = before;
    if (known == null) {
      var number = Resolver.project(session, scope.project());
      if (number == null) {
        Moments.refuseUnlessEmpty(scope.project(), scope.asOf());
        return none;
      }
      known =
          new Known(
              number,
              new ArtifactRows(
                  scope.project(), session.dialect(), new RecordCache(number, records)));
      var other = projects.putIfAbsent(scope.project(), known);
      known = other == null ? known : other;
    }
    var asOf = scope.asOf();
    return reading.apply(
        session,
        known.number(),
        asOf == null
            ? known.rows()
            : known.rows().at(moments.of(session, scope.project(), known.number(), asOf)));
  }

  /** What is read from a project in one snapshot. */
  @FunctionalInterface
  protected interface Reading<T> {
    T apply(Session session, long project, ArtifactRows rows);
  }

  @Override
  public List<Outcome> register(Scope scope, List<Registration> items) {
    return Registrations.register(this, scope, items.stream().map(Draft::strict).toList());
  }

  @Override
  public Outcome registerTolerant(Scope scope, Registration item, @Nullable Instant createdAt) {
    var draft =
        new Draft(
            item,
            true,
            true,
            Changes.text(item.tags()),
            Changes.text(item.metadata()),
            createdAt,
            false);
    return Registrations.register(this, scope, List.of(draft)).getFirst();
  }

  @Override
  public Changed tagTolerant(Scope scope, String id, Map<String, @Nullable Object> tags) {
    return write(
        scope.project(),
        (transaction, project) ->
            new Changes(transaction, project, scope.actor(), mirrorOf(scope.project()))
                .tagTolerant(id, tags));
  }

  /** They are written apart from every project. */
  @Override
  public synchronized KeyRing keys() {
    if (keys == null) {
      keys = new ApiKeys(database, queue(""));
    }
    return keys;
  }

  @Override
  public List<Result> change(Scope scope, List<Change> changes) {
    return Batches.inTurn(
        changes,
        rest ->
            write(
                scope.project(),
                (transaction, project) -> {
                  var changer =
                      new Changes(transaction, project, scope.actor(), mirrorOf(scope.project()));
                  return Batches.each(
                      transaction,
                      rest.subList(0, Math.min(BATCH, rest.size())),
                      change -> new Result.Done(changer.apply(change)),
                      Result.Refused::new);
                }),
        Result.Refused::new);
  }

  @Override
  public Optional<Artifact> find(Scope scope, String reference) {
    return readLatest(
        scope,
        Optional.empty(),
        (session, project, rows) -> {
          var byId = rows.byId(session, project, reference);
          if (byId != null) {
            return Optional.of(byId.artifact());
          }
          var doc =
              rows.moment() == null
                  ? Resolver.byName(session, project, reference)
                  : PastNames.doc(session, project, rows.moment(), reference);
          var stored = doc == null ? null : rows.byDoc(session, project, doc);
          return stored == null ? Optional.empty() : Optional.of(stored.artifact());
        });
  }

  @Override
  public Optional<Artifact> findByHash(Scope scope, String contentHash) {
    return readLatest(
        scope,
        Optional.empty(),
        (session, project, rows) -> {
          var stored =
              rows.moment() == null
                  ? rows.first(
                      session,
                      """
                      WHERE a.project = ? AND a.content_key = ? AND a.content_hash = ?
                      AND a.deleted_seq IS NULL ORDER BY a.doc LIMIT 1\
                      """,
                      project,
                      Keys.of(contentHash),
                      contentHash)
                  : Past.oldestWith(session, project, rows, contentHash);
          return stored == null ? Optional.empty() : Optional.of(stored.artifact());
        });
  }

  @Override
  public Page<Artifact> search(Scope scope, Search search) {
    return read(
        scope,
        new Page<>(List.of(), null),
        (session, project, rows) -> searches.search(session, shown(scope), project, rows, search));
  }

  @Override
  public Facets facets(Scope scope, FacetQuery query) {
    var none =
        query.fields().stream()
            .map(field -> new Facets.Facet(field.text(), 0, 0, List.of(), List.of()))
            .toList();
    return read(
        scope,
        new Facets(0, true, none),
        (session, project, rows) -> searches.facets(session, shown(scope), project, rows, query));
  }

  @Override
  public Explanation explain(Scope scope, Search search) {
    var nothing = new Explanation.Step("the project is empty", 0, List.of());
    return read(
        scope,
        new Explanation(search.query().asText(), nothing, 0, 0, 0),
        (session, project, rows) -> searches.explain(session, shown(scope), project, rows, search));
  }

  @Override
  public Page<Artifact> list(Scope scope, ListFilter filter) {
    return read(
        scope,
        new Page<>(List.of(), null),
        (session, project, rows) -> searches.list(session, shown(scope), project, rows, filter));
  }

  @Override
  public Page<Artifact> versions(Scope scope, String name, int limit, @Nullable String cursor) {
    return read(
        scope,
        new Page<>(List.of(), null),
        (session, project, rows) -> {
          var known = Names.find(session, project, name);
          if (known == null) {
            return new Page<>(List.of(), null);
          }
          var where = "versions of " + shown(scope) + "/" + name;
          long below = cursor == null ? Long.MAX_VALUE : Cursor.position(cursor, where);
          var found =
              rows.moment() == null
                  ? rows.list(
                      session,
                      "WHERE a.project = ? AND a.name = ? AND a.doc < ? ORDER BY a.doc DESC LIMIT"
                          + " ?",
                      project,
                      known.no(),
                      below,
                      limit + 1)
                  : rows.byDocs(
                      session,
                      project,
                      PastNames.versions(
                          session, project, rows.moment(), known.no(), below, limit + 1));
          return Cursor.page(found, limit, where);
        });
  }

  @Override
  public Page<Event> history(Scope scope, HistoryOf of, int limit, @Nullable String cursor) {
    Optional<Page<Event>> page =
        read(
            scope,
            Optional.empty(),
            (session, project, rows) ->
                Optional.of(new History(session, project, rows).of(scope, of, limit, cursor)));
    return page.orElseGet(() -> History.ofNothing(scope, of));
  }

  @Override
  public LineageGraph graph(
      Scope scope, String reference, Direction direction, int depth, int limit) {
    Optional<LineageGraph> graph =
        read(
            scope,
            Optional.empty(),
            (session, project, rows) -> {
              var root = Resolver.doc(session, project, rows.moment(), reference);
              return root == null
                  ? Optional.empty()
                  : Optional.of(
                      Graph.traverse(session, rows, project, root, direction, depth, limit));
            });
    return graph.orElseThrow(() -> notFound(scope, reference));
  }

  @Override
  public List<Artifact> path(Scope scope, String ancestor, String descendant) {
    Optional<List<Artifact>> path =
        read(
            scope,
            Optional.empty(),
            (session, project, rows) -> {
              var from = Resolver.doc(session, project, rows.moment(), ancestor);
              var to = Resolver.doc(session, project, rows.moment(), descendant);
              if (from == null || to == null) {
                throw notFound(scope, from == null ? ancestor : descendant);
              }
              var docs = Graph.path(session, project, rows.moment(), from, List.of(to));
              return Optional.of(
                  rows.byDocs(session, project, docs).stream()
                      .map(ArtifactRows.Stored::artifact)
                      .toList());
            });
    return path.orElseThrow(() -> notFound(scope, ancestor));
  }

  private static CatalogException notFound(Scope scope, String reference) {
    return new CatalogException(
        ErrorCode.NOT_FOUND,
        "no artifact with id or name \"%s\" in project %s; search for a part of its name"
            .formatted(reference, scope.project()),
        Map.of("reference", reference),
        null);
  }

  /** A project with the time it is looked at, as messages and cursors name it. */
  private static String shown(Scope scope) {
    return scope.project() + Cursor.asOf(scope.asOf());
  }

  private static void refusePast(Scope scope, String what) {
    if (scope.asOf() != null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "%s answer for the present only, not as of %s; ask without it"
              .formatted(what, scope.asOf().asText()));
    }
  }

  @Override
  public Stats stats(Scope scope) {
    return read(
        scope,
        new Stats(scope.project(), 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), Stats.Growth.NONE),
        (session, project, rows) ->
            Statistics.of(session, scope.project(), project, rows, searches));
  }

  @Override
  public PurgeReport purge(Scope scope, Duration olderThan, boolean dryRun) {
    return new Purge(this, scope).run(olderThan, dryRun);
  }

  /**
   * Examines the catalog: what it is, and what in it is not as it should be. Reads everything,
   * changes nothing.
   */
  public abstract List<Finding> diagnose();

  @Override
  public void export(Scope scope, Appendable out) {
    refusePast(scope, "exports");
    boolean written =
        read(
            scope,
            false,
            (session, project, rows) -> {
              new Export(session, scope.project(), project, rows).write(out);
              return true;
            });
    if (!written) {
      Export.writeEmpty(out, scope.project());
    }
  }

  @Override
  public void exportEvents(Scope scope, long after, int limit, Appendable out) {
    refusePast(scope, "exports");
    boolean written =
        read(
            scope,
            false,
            (session, project, rows) -> {
              new EventExport(session, scope.project(), project, rows).write(out, after, limit);
              return true;
            });
    if (!written) {
      EventExport.writeEmpty(out, scope.project(), after);
    }
  }

  @Override
  public void importLines(Scope scope, BufferedReader lines, Consumer<Outcome> outcomes) {
    new Import(this, scope).read(lines, outcomes);
  }

  @Override
  public String describe() {
    return database.describe();
  }

  @Override
  public void close() {
    closed.set(true);
    queues.values().forEach(WriteQueue::close);
    database.close();
  }
}
