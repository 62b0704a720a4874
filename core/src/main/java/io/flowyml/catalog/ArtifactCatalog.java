package io.flowyml.catalog;

import io.flowyml.catalog.internal.hash.ContentHash;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.query.QueryParser;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.Changed;
import io.flowyml.catalog.spi.FacetQuery;
import io.flowyml.catalog.spi.HistoryOf;
import io.flowyml.catalog.spi.Scope;
import io.flowyml.catalog.spi.Search;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of a project's artifacts: register, find, trace and promote them.
 *
 * <p>Wherever an artifact is meant, a reference is accepted: its exact id, else {@code name@alias},
 * else {@code name:version}, else {@code name}, which is its newest living version ({@code
 * name@latest} likewise). A reference to nothing fails with {@code not_found}, to a tombstone with
 * {@code deleted}.
 *
 * <p>Safe for use by many threads. Every call is atomic: when it throws, nothing was changed.
 *
 * @since 0.1
 */
public final class ArtifactCatalog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ArtifactCatalog.class.getName());
  private static final int BULK_BATCH = 500;

  private final CatalogBackend backend;
  private final Scope scope;

  private ArtifactCatalog(CatalogBackend backend, Scope scope) {
    this.backend = backend;
    this.scope = scope;
  }

  /**
   * Opens the catalog that this process is configured for, as FlowyML does: the active stack's
   * {@code catalog_endpoint}, else {@code FLOWYML_CATALOG_ENDPOINT}, else the file {@code
   * .flowyml/catalog.db} under the working directory, which is made if it is not there.
   */
  public static ArtifactCatalog open() {
    return open(BackendChoice.forWorkingDirectory().open());
  }

  /**
   * Opens a SQLite file, and makes it if it is not there; a FlowyML file is taken over in place.
   */
  public static ArtifactCatalog open(Path file) {
    return open(LocalCatalogBackend.open(file));
  }

  /** A catalog in memory, gone when it is closed: for tests. */
  public static ArtifactCatalog inMemory() {
    return open(LocalCatalogBackend.inMemory());
  }

  /** A catalog on any backend, in its default project, acting as the user of this process. */
  public static ArtifactCatalog open(CatalogBackend backend) {
    return new ArtifactCatalog(
        backend, new Scope(backend.defaultProject(), System.getProperty("user.name", "unknown")));
  }

  /** The same backend seen from another project; closing either closes both. */
  public ArtifactCatalog project(String project) {
    return new ArtifactCatalog(
        backend, new Scope(Rules.project(project), scope.actor(), scope.asOf()));
  }

  /** The same project, with changes recorded as made by someone else. */
  public ArtifactCatalog actor(String actor) {
    return new ArtifactCatalog(
        backend, new Scope(scope.project(), Rules.actor(actor), scope.asOf()));
  }

  /**
   * The same project as it was: every read answers what the catalog knew then, tags, metadata,
   * aliases, parents, deletions and restores included. What FlowyML wrote counts from when the
   * catalog learned of it, what was purged since shows as a tombstone. Every change through this
   * view is refused with {@code invalid_argument}.
   *
   * <p>Reads fail with {@code not_found} where the project's history begins later, saying when, and
   * with {@code invalid_argument} where the event has not happened yet.
   */
  public ArtifactCatalog asOf(AsOf asOf) {
    return new ArtifactCatalog(
        backend, new Scope(scope.project(), scope.actor(), Rules.asOf(asOf)));
  }

  /** The same project as it was at a time; in the future that is as it is. */
  public ArtifactCatalog asOf(Instant time) {
    return asOf(new AsOf.Time(time));
  }

  /** The same project as it was after the event of that number. */
  public ArtifactCatalog asOf(long seq) {
    return asOf(new AsOf.Seq(seq));
  }

  public String project() {
    return scope.project();
  }

  /** Which past state this view reads; {@code null} for the present one. */
  public @Nullable AsOf asOf() {
    return scope.asOf();
  }

  /** What is behind this catalog. */
  public CatalogBackend backend() {
    return backend;
  }

  /**
   * Registers an artifact, with its tags, aliases, parents and event, in one transaction. With an
   * id that is registered already and the same identity nothing happens and the artifact is
   * answered, so a call may be repeated.
   *
   * <p>Fails with {@code id_exists}, {@code version_exists}, {@code unknown_parent}, {@code
   * deleted} (restore it instead), {@code duplicate_content} (where the caller refuses duplicates),
   * {@code invalid_argument} or {@code limit_exceeded}.
   */
  public Artifact register(Registration registration) {
    return register(registration, bytes -> {});
  }

  /**
   * As {@link #register(Registration)}, for content that takes long to hash.
   *
   * @param hashed is told now and then how many bytes of the content were hashed so far
   */
  public Artifact register(Registration registration, LongConsumer hashed) {
    var outcome = backend.register(writing(), List.of(prepared(registration, hashed))).getFirst();
    var artifact = outcome.orThrow();
    if (isNewDuplicate(registration, outcome, artifact)) {
      warnOfDuplicate(artifact);
    }
    return artifact;
  }

  /**
   * Registers many artifacts, each whole or not at all, in their order; a later one may name an
   * earlier one as its parent. Where storage fails after a part was written, what was not is
   * refused with that failure.
   *
   * @return one outcome for each, in their order
   */
  public List<Outcome> registerAll(Collection<Registration> registrations) {
    var present = writing();
    var items = registrations.toArray(Registration[]::new);
    var outcomes = new @Nullable Outcome[items.length];
    var checked = new @Nullable Registration[items.length];
    IntConsumer prepare =
        i -> {
          try {
            checked[i] = prepared(items[i], bytes -> {});
          } catch (CatalogException e) {
            outcomes[i] = Outcome.refused(e);
          }
        };
    // Content may be made by the caller's own code, which is run by the caller's thread alone.
    var all = IntStream.range(0, items.length).boxed().toList();
    all.stream().filter(i -> hasContentToRead(items[i])).forEach(prepare::accept);
    all.parallelStream().filter(i -> !hasContentToRead(items[i])).forEach(prepare::accept);
    var prepared = new ArrayList<Registration>(items.length);
    var positions = new ArrayList<Integer>(items.length);
    for (int i = 0; i < items.length; i++) {
      var registration = checked[i];
      if (registration != null) {
        prepared.add(registration);
        positions.add(i);
      }
    }
    var done = backend.register(present, prepared);
    var duplicates = new ArrayList<Artifact>();
    for (int i = 0; i < done.size(); i++) {
      var outcome = done.get(i);
      outcomes[positions.get(i)] = outcome;
      var artifact = outcome.artifact();
      if (artifact != null && isNewDuplicate(prepared.get(i), outcome, artifact)) {
        duplicates.add(artifact);
      }
    }
    if (!duplicates.isEmpty()) {
      warnOfDuplicate(duplicates.getFirst());
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} of the {1} artifacts registered have the same content as older ones",
          duplicates.size(),
          done.size());
    }
    return List.of(outcomes);
  }

  private static boolean hasContentToRead(Registration registration) {
    return registration.content() != null && !(registration.content() instanceof Content.Digest);
  }

  private static Registration prepared(Registration registration, LongConsumer hashed) {
    var checked = Rules.registration(registration);
    var content = checked.content();
    if (content == null || content instanceof Content.Digest) {
      return checked;
    }
    var digested = checked.content(ContentHash.of(content, hashed));
    if (content instanceof Content.Files files && digested.uri() == null) {
      return Rules.registration(
          digested.uri(files.path().toAbsolutePath().normalize().toUri().toString()));
    }
    return digested;
  }

  private static boolean isNewDuplicate(Registration asked, Outcome outcome, Artifact artifact) {
    return outcome.status() == Outcome.Status.CREATED
        && asked.onDuplicate() == OnDuplicate.KEEP
        && artifact.duplicateOf() != null;
  }

  private static void warnOfDuplicate(Artifact artifact) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0}:{1} ({2}) has the same content as {3}, which is older",
        artifact.name(),
        artifact.version(),
        artifact.id(),
        artifact.duplicateOf());
  }

  /** The artifact a reference means; fails with {@code not_found} or {@code deleted}. */
  public Artifact get(String reference) {
    return References.living(backend, scope, reference);
  }

  /** The living artifact a reference means; empty where there is none or it was deleted. */
  public Optional<Artifact> find(String reference) {
    return backend.find(scope, Rules.reference(reference)).filter(a -> !a.isDeleted());
  }

  /** The id of the exact version that a reference means now; fails as {@link #get} does. */
  public String resolve(String reference) {
    return get(reference).id();
  }

  /** The oldest living artifact with this content hash; empty where there is none. */
  public Optional<Artifact> findByHash(String contentHash) {
    return backend.findByHash(scope, contentHash);
  }

  /** Everything, newest first, 100 a page. */
  public Page<Artifact> list() {
    return list(ListFilter.all());
  }

  /** What passes a filter, newest first; an empty page where nothing does. */
  public Page<Artifact> list(ListFilter filter) {
    return backend.list(scope, Rules.filter(filter));
  }

  /** The first 50 artifacts that a query finds, newest first; an empty page where it finds none. */
  public Page<Artifact> search(String query) {
    return search(query, Limits.DEFAULT_SEARCH_PAGE, null);
  }

  /**
   * One page of what a query finds. Fails with {@code query_syntax} where it does not parse.
   *
   * @param query words, "phrases" and {@code key:value}, see the query language
   * @param limit 1 to 1,000
   * @param cursor {@link Page#nextCursor()} of the page before, or {@code null} for the first
   */
  public Page<Artifact> search(String query, int limit, @Nullable String cursor) {
    return backendSearch(query, Rules.limit(limit), ClockedCursor.parse(cursor));
  }

  private Page<Artifact> backendSearch(String query, int limit, ClockedCursor from) {
    var now = from.clock();
    var parsed = QueryParser.parse(query, now);
    var page = backend.search(scope, new Search(parsed, limit, from.cursor()));
    var next = page.nextCursor();
    boolean clocked = next != null && !parsed.equals(QueryParser.parse(query, now.plusSeconds(1)));
    return clocked ? new Page<>(page.items(), from.with(next)) : page;
  }

  /**
   * What an answer without artifacts may have meant: the artifact that the whole text refers to, as
   * {@code fraud_detector:3} does; empty where it refers to none.
   */
  public Optional<Artifact> meant(String query) {
    var reference = query.strip();
    return reference.isEmpty() ? Optional.empty() : find(reference);
  }

  /**
   * The 20 most frequent values of some fields among what a query finds.
   *
   * @param query blank for all artifacts
   * @param fields as they stand left of an operator in a query: {@code type}, {@code f1_score},
   *     {@code tag.name}, {@code metadata.owner}; {@code tag.*} for the keys of tags, {@code
   *     created} for days
   */
  public Facets facets(String query, Collection<String> fields) {
    return facets(query, fields, Limits.FACET_VALUES);
  }

  /**
   * The most frequent values of some fields among what a query finds.
   *
   * @param values to show of each field, 1 to 1,000; numbers beyond so many are told in ranges
   */
  public Facets facets(String query, Collection<String> fields, int values) {
    var parsed = QueryParser.parse(query, Instant.now());
    return backend.facets(
        scope, new FacetQuery(parsed.where(), Rules.facetFields(fields), Rules.limit(values)));
  }

  /** How the first page of a search is answered: the query as understood, and what is read. */
  public Explanation explain(String query) {
    return backend.explain(
        scope,
        new Search(QueryParser.parse(query, Instant.now()), Limits.DEFAULT_SEARCH_PAGE, null));
  }

  /** Sets one tag; a String, Boolean or Number. */
  public Artifact tag(String reference, String key, Object value) {
    return tag(reference, Collections.singletonMap(key, value));
  }

  /** Sets tags, and keeps the others; what was there before stays in the history. */
  public Artifact tag(String reference, Map<String, ?> tags) {
    return tag(reference, tags, List.of());
  }

  /** Sets tags and removes others, in one change; removing one that is not there is no error. */
  public Artifact tag(String reference, Map<String, ?> set, Collection<String> removed) {
    return change(
            new Change.SetTags(
                Rules.reference(reference), Rules.tags(set), Rules.removedTags(removed)))
        .artifact();
  }

  /** Removes tags; one that is not there is no error. */
  public Artifact untag(String reference, String... keys) {
    return change(
            new Change.SetTags(
                Rules.reference(reference), Map.of(), Rules.removedTags(Arrays.asList(keys))))
        .artifact();
  }

  /**
   * Sets and removes tags of everything that a query finds when the call begins, in batches; each
   * artifact is changed whole or not at all.
   *
   * @param dryRun change nothing, only tell what would be
   */
  public BulkReport tagWhere(
      String query, Map<String, ?> set, Collection<String> removed, boolean dryRun) {
    var tags = Rules.tags(set);
    var keys = Rules.removedTags(removed);
    return bulk(query, dryRun, id -> new Change.SetTags(id, tags, keys));
  }

  /**
   * Deletes everything that a query finds when the call begins; see {@link #delete(String,
   * boolean)}.
   */
  public BulkReport deleteWhere(String query, boolean force, boolean dryRun) {
    return bulk(query, dryRun, id -> new Change.Delete(id, force));
  }

  private BulkReport bulk(
      String query, boolean dryRun, java.util.function.Function<String, Change> toChange) {
    var present = writing();
    var ids = new ArrayList<String>();
    @Nullable String cursor = null;
    do {
      var page = search(query, Limits.PAGE, cursor);
      page.forEach(a -> ids.add(a.id()));
      cursor = page.nextCursor();
    } while (cursor != null);
    long changed = 0;
    var refused = new ArrayList<CatalogException>();
    for (int from = 0; !dryRun && from < ids.size(); from += BULK_BATCH) {
      var batch = ids.subList(from, Math.min(ids.size(), from + BULK_BATCH));
      try {
        for (var result : backend.change(present, batch.stream().map(toChange).toList())) {
          switch (result) {
            case CatalogBackend.Result.Done done -> changed += done.changed().changed() ? 1 : 0;
            case CatalogBackend.Result.Refused no -> refused.add(no.error());
          }
        }
      } catch (CatalogException e) {
        if (changed == 0) {
          throw e;
        }
        // what was changed before stays so, and the report must say so
        refused.add(e);
        break;
      }
    }
    return new BulkReport(ids, changed, refused, dryRun);
  }

  /**
   * Changes the metadata by a JSON merge patch: a {@code null} removes a key, an object merges into
   * an object, anything else replaces.
   */
  public Artifact setMetadata(String reference, Map<String, ? extends @Nullable Object> patch) {
    return change(new Change.PatchMetadata(Rules.reference(reference), Rules.metadata(patch)))
        .artifact();
  }

  /**
   * Adds parents. Fails with {@code unknown_parent} naming all that are missing, and with {@code
   * cycle} naming the path.
   */
  public Artifact addParents(String reference, Collection<String> parents) {
    return change(new Change.AddParents(Rules.reference(reference), Rules.parents(parents)))
        .artifact();
  }

  /**
   * Points an alias of the artifact's name at it.
   *
   * @param alias {@code [A-Za-z][A-Za-z0-9._-]{0,63}}, not {@code latest}
   * @return what the alias pointed at before; empty where it is new
   */
  public Optional<Artifact> promote(String reference, String alias) {
    return promoted(reference, alias, new Change.Expected.Any());
  }

  /**
   * Points an alias at the artifact only if it points at what the caller expects. Fails with {@code
   * alias_moved}, saying where it points, who moved it and when.
   *
   * @param expectedCurrent a reference, or {@code null} for no such alias
   */
  public Optional<Artifact> promote(
      String reference, String alias, @Nullable String expectedCurrent) {
    return promoted(
        reference,
        alias,
        expectedCurrent == null
            ? new Change.Expected.None()
            : new Change.Expected.Artifact(Rules.reference(expectedCurrent)));
  }

  private Optional<Artifact> promoted(String reference, String alias, Change.Expected expected) {
    return Optional.ofNullable(
        change(new Change.MoveAlias(Rules.reference(reference), Rules.alias(alias), expected))
            .previous());
  }

  /**
   * Takes an alias away.
   *
   * @param alias {@code name@alias}
   * @return what it pointed at; fails with {@code not_found} where there is no such alias
   */
  public Artifact demote(String alias) {
    return change(new Change.DropAlias(Rules.aliasReference(alias))).artifact();
  }

  /**
   * The versions of a name, newest first, tombstones included; fails where the name was never used.
   */
  public Page<Artifact> versions(String name) {
    return versions(name, Limits.DEFAULT_PAGE, null);
  }

  public Page<Artifact> versions(String name, int limit, @Nullable String cursor) {
    var page = backend.versions(scope, Rules.reference(name), Rules.limit(limit), cursor);
    if (page.items().isEmpty() && cursor == null) {
      throw References.notFound(backend, scope, name);
    }
    return page;
  }

  /** What happened to one artifact, oldest first; tombstones have a history too. */
  public Page<Event> history(String reference) {
    return history(
        new HistoryOf.OneArtifact(Rules.reference(reference)), Limits.DEFAULT_PAGE, null);
  }

  /** What happened to an artifact, a name, an alias or the project, oldest first. */
  public Page<Event> history(HistoryOf of, int limit, @Nullable String cursor) {
    return backend.history(scope, of, Rules.limit(limit), cursor);
  }

  /** How two artifacts differ, two versions of a name for instance; both must live. */
  public Difference diff(String from, String to) {
    return Difference.between(get(from), get(to));
  }

  /**
   * How what a reference meant at one time differs from what it meant at another: of an id what
   * changed meanwhile, of {@code name@alias} what came in the place of what was there.
   */
  public Difference diff(String reference, AsOf from, AsOf to) {
    return Difference.between(asOf(from).get(reference), asOf(to).get(reference));
  }

  /** An artifact with its parents and children, one step each way. */
  public Lineage getLineage(String reference) {
    var artifact = get(reference);
    return References.lineage(backend, scope, artifact);
  }

  /** What an artifact was made from, at any depth. */
  public LineageGraph upstream(String reference) {
    return upstream(reference, Integer.MAX_VALUE, Limits.GRAPH_NODES);
  }

  /**
   * What an artifact was made from.
   *
   * @param depth steps to follow, at least 1
   * @param limit nodes to answer, 1 to 10,000; the graph says when it was cut
   */
  public LineageGraph upstream(String reference, int depth, int limit) {
    return graph(reference, Direction.UPSTREAM, depth, limit);
  }

  /** What was made from an artifact, at any depth: what must be recalled if it is bad. */
  public LineageGraph downstream(String reference) {
    return downstream(reference, Integer.MAX_VALUE, Limits.GRAPH_NODES);
  }

  public LineageGraph downstream(String reference, int depth, int limit) {
    return graph(reference, Direction.DOWNSTREAM, depth, limit);
  }

  private LineageGraph graph(String reference, Direction direction, int depth, int limit) {
    return backend.graph(
        scope, Rules.reference(reference), direction, Rules.depth(depth), Rules.graphLimit(limit));
  }

  /**
   * A shortest way from one artifact to another, along edges from parent to child, whichever of the
   * two is the ancestor; empty where neither was made from the other.
   */
  public List<Artifact> path(String from, String to) {
    var down = backend.path(scope, Rules.reference(from), Rules.reference(to));
    return down.isEmpty() ? backend.path(scope, Rules.reference(to), Rules.reference(from)) : down;
  }

  /** Deletes an artifact; fails with {@code in_use} where an alias or a living child needs it. */
  public Artifact delete(String reference) {
    return delete(reference, false);
  }

  /**
   * Deletes an artifact: a tombstone stays, {@link #restore} undoes it.
   *
   * @param force also where aliases (which are dropped) or living children need it
   * @return the tombstone
   */
  public Artifact delete(String reference, boolean force) {
    return change(new Change.Delete(Rules.reference(reference), force)).artifact();
  }

  /** Brings a deleted artifact back, with those of its aliases that are still free. */
  public Artifact restore(String reference) {
    return change(new Change.Restore(Rules.reference(reference))).artifact();
  }

  /**
   * Erases tags, metadata, uri, source and history values of artifacts that were deleted;
   * tombstone, lineage and version number stay. It cannot be undone.
   *
   * @param olderThan how long ago they were deleted at least; zero for all
   */
  public PurgeReport purge(Duration olderThan, boolean dryRun) {
    return backend.purge(writing(), olderThan, dryRun);
  }

  /** How much the project holds. */
  public Stats stats() {
    return backend.stats(scope);
  }

  /** Writes the project as JSON Lines: ids, versions, history and tombstones, nothing lost. */
  public void export(Appendable out) {
    backend.export(scope, out);
  }

  /**
   * Writes what happened after an event as JSON Lines, each event with what it left behind, for
   * {@link #importLines} to do again in another catalog.
   *
   * @param after number of the last event that is left out; 0 for none
   * @param limit events to write at most, 1 to 1,000; large ones are fewer
   */
  public void exportEvents(long after, int limit, Appendable out) {
    backend.exportEvents(scope, Rules.event(after), Rules.limit(limit), out);
  }

  /**
   * Moves this project into another catalog: ids, versions, tombstones and history. Into an empty
   * project it comes as it is, {@code seq} and times included. Into any other the events that it
   * does not have yet are done again in their order, as events of now that keep when and by whom
   * they were done first ({@code moved} in {@link Event#changes}).
   *
   * <p>What was moved before is not sent again, so a push that broke off is gone on with by another
   * one. Where anything conflicts (an id with another identity, a version that another artifact
   * has, an alias that points at what this project does not know of), nothing is moved, and the
   * report has all conflicts.
   *
   * @param progress is told now and then how many lines or events are done
   */
  public PushReport pushTo(ArtifactCatalog target, LongConsumer progress) {
    target.writing();
    return new Push(this, target, progress).run();
  }

  /**
   * What {@link #pushTo} would do. Changes nothing.
   *
   * @param each is told of every event that would be moved, in their order
   */
  public PushReport tryPushTo(ArtifactCatalog target, Consumer<Event> each) {
    target.writing();
    return new Push(this, target, done -> {}).tried(each);
  }

  /**
   * Reads JSON Lines that {@link #export} or {@link #exportEvents} wrote, or plain records of which
   * only {@code name} and {@code artifact_type} are needed.
   *
   * @param outcomes is told of each record as it is done
   */
  public void importLines(BufferedReader lines, Consumer<Outcome> outcomes) {
    backend.importLines(writing(), lines, outcomes);
  }

  /** Copies the whole catalog into a new file, one consistent state, while others write. */
  public void backup(Path target) {
    writing();
    backend.backup(target);
  }

  /** The scope to change things in; a view of the past has none. */
  private Scope writing() {
    if (scope.asOf() != null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "the catalog is seen as of %s, and the past cannot be changed; use a view of the present"
              .formatted(scope.asOf().asText()));
    }
    return scope;
  }

  private Changed change(Change change) {
    return switch (backend.change(writing(), List.of(change)).getFirst()) {
      case CatalogBackend.Result.Done done -> done.changed();
      case CatalogBackend.Result.Refused refused -> throw refused.error();
    };
  }

  /**
   * Makes many changes in their order, each whole or not at all.
   *
   * @return one result for each, in their order
   */
  public List<CatalogBackend.Result> changeAll(Collection<Change> changes) {
    var present = writing();
    var results = new CatalogBackend.@Nullable Result[changes.size()];
    var checked = new ArrayList<Change>();
    var positions = new ArrayList<Integer>();
    int position = 0;
    for (var change : changes) {
      try {
        checked.add(Rules.change(change));
        positions.add(position);
      } catch (CatalogException e) {
        results[position] = new CatalogBackend.Result.Refused(e);
      }
      position++;
    }
    var done = backend.change(present, checked);
    for (int i = 0; i < done.size(); i++) {
      results[positions.get(i)] = done.get(i);
    }
    return List.of(results);
  }

  /** Waits for calls under way, then closes the file or the connections; views share them. */
  @Override
  public void close() {
    backend.close();
  }
}
