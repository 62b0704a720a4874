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
   *
   * @return the catalog, to be closed
   * @throws CatalogException {@code invalid_argument} where the configuration is malformed; for a
   *     file as {@link #open(Path)}; an endpoint is asked at the first call
   */
  public static ArtifactCatalog open() {
    return open(BackendChoice.forWorkingDirectory().open());
  }

  /**
   * Opens a SQLite file, and makes it if it is not there; a FlowyML file is taken over in place.
   *
   * @param file in a folder that exists or can be made; where nothing can be written there it is
   *     read, and every change fails with {@code read_only}
   * @return the catalog, to be closed
   * @throws CatalogException {@code storage} or {@code read_only} where the file cannot be used,
   *     {@code corrupt} where it is no SQLite file, {@code schema_too_new} where a newer version of
   *     this library wrote it, {@code invalid_argument} where it is a folder
   */
  public static ArtifactCatalog open(Path file) {
    return open(LocalCatalogBackend.open(file));
  }

  /**
   * A catalog in memory, gone when it is closed: for tests.
   *
   * @return an empty catalog
   */
  public static ArtifactCatalog inMemory() {
    return open(LocalCatalogBackend.inMemory());
  }

  /**
   * A catalog on any backend, in its default project, acting as the user of this process.
   *
   * @param backend is closed with the catalog
   * @return the catalog, to be closed
   */
  public static ArtifactCatalog open(CatalogBackend backend) {
    return new ArtifactCatalog(
        backend, new Scope(backend.defaultProject(), System.getProperty("user.name", "unknown")));
  }

  /**
   * The same backend seen from another project; closing either closes both.
   *
   * @param project 1 to 64 of {@code A-Z a-z 0-9 . _ -}; it comes into being with its first
   *     artifact
   * @return a view of that project
   * @throws CatalogException {@code invalid_argument} for a name that is none
   */
  public ArtifactCatalog project(String project) {
    return new ArtifactCatalog(
        backend, new Scope(Rules.project(project), scope.actor(), scope.asOf()));
  }

  /**
   * The same project, with changes recorded as made by someone else.
   *
   * @param actor 1 to 512 characters without control characters; a server records the key's name
   * @return a view of the same project
   * @throws CatalogException {@code invalid_argument} or {@code limit_exceeded}
   */
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
   *
   * @param asOf an event or a time
   * @return a view of the past
   */
  public ArtifactCatalog asOf(AsOf asOf) {
    return new ArtifactCatalog(
        backend, new Scope(scope.project(), scope.actor(), Rules.asOf(asOf)));
  }

  /**
   * The same project as it was at a time; in the future that is as it is. See {@link #asOf(AsOf)}.
   *
   * @param time compared with the times of events, to the microsecond
   * @return a view of the past
   */
  public ArtifactCatalog asOf(Instant time) {
    return asOf(new AsOf.Time(time));
  }

  /**
   * The same project as it was after the event of that number. See {@link #asOf(AsOf)}.
   *
   * @param seq 0 for before the first event
   * @return a view of the past
   */
  public ArtifactCatalog asOf(long seq) {
    return asOf(new AsOf.Seq(seq));
  }

  /**
   * The project that this view is of.
   *
   * @return its name, {@code default} where none was chosen
   */
  public String project() {
    return scope.project();
  }

  /**
   * Which past state this view reads.
   *
   * @return {@code null} for the present one
   */
  public @Nullable AsOf asOf() {
    return scope.asOf();
  }

  /**
   * What is behind this catalog.
   *
   * @return the backend, for callers that need what the facade does not have; it checks less
   */
  public CatalogBackend backend() {
    return backend;
  }

  /**
   * Registers an artifact, with its tags, aliases, parents and event, in one transaction. With an
   * id that is registered already and the same identity nothing happens and the artifact is
   * answered, so a call may be repeated.
   *
   * @param registration within {@link Limits}
   * @return the artifact as it is registered now; {@link Artifact#duplicateOf} says whether an
   *     older one has the same content
   * @throws CatalogException {@code id_exists}, {@code version_exists}, {@code unknown_parent},
   *     {@code deleted} (restore it instead), {@code duplicate_content} (where the caller refuses
   *     duplicates), {@code cycle}, {@code invalid_argument} or {@code limit_exceeded}
   */
  public Artifact register(Registration registration) {
    return register(registration, bytes -> {});
  }

  /**
   * As {@link #register(Registration)}, for content that takes long to hash.
   *
   * @param registration within {@link Limits}
   * @param hashed is told now and then how many bytes of the content were hashed so far
   * @return the artifact as it is registered now
   * @throws CatalogException as {@link #register(Registration)}
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
   * @param registrations any number; all of them are held in memory
   * @return one outcome for each, in their order; what is refused is in it, not thrown
   * @throws CatalogException where nothing at all could be written
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

  /**
   * The artifact a reference means.
   *
   * @param reference id, {@code name@alias}, {@code name:version} or {@code name}
   * @return a living artifact
   * @throws CatalogException {@code not_found} where it means nothing, {@code deleted} where it
   *     means a tombstone
   */
  public Artifact get(String reference) {
    return References.living(backend, scope, reference);
  }

  /**
   * The living artifact a reference means.
   *
   * @param reference as for {@link #get}
   * @return empty where there is none or it was deleted
   * @throws CatalogException {@code invalid_argument} where the reference can mean nothing
   */
  public Optional<Artifact> find(String reference) {
    return backend.find(scope, Rules.reference(reference)).filter(a -> !a.isDeleted());
  }

  /**
   * The id of the exact version that a reference means now.
   *
   * @param reference as for {@link #get}
   * @return the id of a living artifact
   * @throws CatalogException as {@link #get}
   */
  public String resolve(String reference) {
    return get(reference).id();
  }

  /**
   * The oldest living artifact with a content hash.
   *
   * @param contentHash the whole hash, as {@link Artifact#contentHash} has it
   * @return empty where there is none
   */
  public Optional<Artifact> findByHash(String contentHash) {
    return backend.findByHash(scope, contentHash);
  }

  /**
   * Everything, newest first, 100 a page.
   *
   * @return the first page
   */
  public Page<Artifact> list() {
    return list(ListFilter.all());
  }

  /**
   * What passes a filter, newest first.
   *
   * @param filter exact values, with the page's size and cursor
   * @return an empty page where nothing passes
   * @throws CatalogException {@code invalid_argument} or {@code limit_exceeded} for a filter that
   *     is none, or a cursor of another call
   */
  public Page<Artifact> list(ListFilter filter) {
    return backend.list(scope, Rules.filter(filter));
  }

  /**
   * The first 50 artifacts that a query finds, newest first unless it sorts.
   *
   * @param query words, "phrases" and {@code key:value}, see the query language
   * @return an empty page where it finds none
   * @throws CatalogException {@code query_syntax} where it does not parse, saying where, {@code
   *     limit_exceeded} where it is longer than 8 KiB or has more than 256 terms
   */
  public Page<Artifact> search(String query) {
    return search(query, Limits.DEFAULT_SEARCH_PAGE, null);
  }

  /**
   * One page of what a query finds.
   *
   * @param query words, "phrases" and {@code key:value}, see the query language
   * @param limit 1 to 1,000
   * @param cursor {@link Page#nextCursor()} of the page before, or {@code null} for the first
   * @return an empty page where it finds none
   * @throws CatalogException as {@link #search(String)}, and {@code invalid_argument} for a limit
   *     out of range or a cursor of another query
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
   * {@code fraud_detector:3} does.
   *
   * @param query what was searched for
   * @return empty where it refers to none
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
   *     created} for days; at most 50
   * @return a facet for each field, in their order, without values where no match has any
   * @throws CatalogException {@code query_syntax} where the query does not parse, {@code
   *     invalid_argument} or {@code limit_exceeded} for fields that cannot be counted or are too
   *     many
   */
  public Facets facets(String query, Collection<String> fields) {
    return facets(query, fields, Limits.FACET_VALUES);
  }

  /**
   * The most frequent values of some fields among what a query finds.
   *
   * @param query blank for all artifacts
   * @param fields as for {@link #facets(String, Collection)}
   * @param values to show of each field, 1 to 1,000; numbers beyond so many are told in ranges
   * @return a facet for each field, in their order
   * @throws CatalogException as {@link #facets(String, Collection)}
   */
  public Facets facets(String query, Collection<String> fields, int values) {
    var parsed = QueryParser.parse(query, Instant.now());
    return backend.facets(
        scope, new FacetQuery(parsed.where(), Rules.facetFields(fields), Rules.limit(values)));
  }

  /**
   * How the first page of a search is answered: the query as understood, and what is read.
   *
   * @param query as for {@link #search(String)}; it is run
   * @return the plan, for people to read: its words may change
   * @throws CatalogException as {@link #search(String)}
   */
  public Explanation explain(String query) {
    return backend.explain(
        scope,
        new Search(QueryParser.parse(query, Instant.now()), Limits.DEFAULT_SEARCH_PAGE, null));
  }

  /**
   * Sets one tag.
   *
   * @param reference as for {@link #get}
   * @param key 1 to 128 characters
   * @param value a String, Boolean or Number, of at most 4 KiB
   * @return the artifact as it is now
   * @throws CatalogException as {@link #tag(String, Map, Collection)}
   */
  public Artifact tag(String reference, String key, Object value) {
    return tag(reference, Collections.singletonMap(key, value));
  }

  /**
   * Sets tags, and keeps the others; what was there before stays in the history.
   *
   * @param reference as for {@link #get}
   * @param tags key to String, Boolean or Number
   * @return the artifact as it is now
   * @throws CatalogException as {@link #tag(String, Map, Collection)}
   */
  public Artifact tag(String reference, Map<String, ?> tags) {
    return tag(reference, tags, List.of());
  }

  /**
   * Sets tags and removes others, in one change.
   *
   * @param reference as for {@link #get}
   * @param set key to String, Boolean or Number; setting what is there already is no change
   * @param removed keys; removing one that is not there is no error
   * @return the artifact as it is now
   * @throws CatalogException {@code not_found} or {@code deleted} for the reference, {@code
   *     invalid_argument} or {@code limit_exceeded} for a tag that is none, or more than 1,000
   */
  public Artifact tag(String reference, Map<String, ?> set, Collection<String> removed) {
    return change(
            new Change.SetTags(
                Rules.reference(reference), Rules.tags(set), Rules.removedTags(removed)))
        .artifact();
  }

  /**
   * Removes tags.
   *
   * @param reference as for {@link #get}
   * @param keys one that is not there is no error
   * @return the artifact as it is now
   * @throws CatalogException as {@link #tag(String, Map, Collection)}
   */
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
   * @param query as for {@link #search(String)}
   * @param set key to String, Boolean or Number
   * @param removed keys
   * @param dryRun change nothing, only tell what would be
   * @return what was found and changed; what was refused is in it, not thrown
   * @throws CatalogException {@code query_syntax}, {@code invalid_argument} or {@code
   *     limit_exceeded}; nothing was changed
   */
  public BulkReport tagWhere(
      String query, Map<String, ?> set, Collection<String> removed, boolean dryRun) {
    var tags = Rules.tags(set);
    var keys = Rules.removedTags(removed);
    return bulk(query, dryRun, id -> new Change.SetTags(id, tags, keys));
  }

  /**
   * Deletes everything that a query finds when the call begins, in batches; see {@link
   * #delete(String, boolean)}.
   *
   * @param query as for {@link #search(String)}
   * @param force also where aliases (which are dropped) or living children need it
   * @param dryRun change nothing, only tell what would be
   * @return what was found and deleted; what was refused is in it, not thrown
   * @throws CatalogException {@code query_syntax} or {@code limit_exceeded}; nothing was changed
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
   *
   * @param reference as for {@link #get}
   * @param patch JSON-like, nested 64 deep at most
   * @return the artifact as it is now
   * @throws CatalogException {@code not_found} or {@code deleted} for the reference, {@code
   *     invalid_argument} for what is not JSON-like, {@code limit_exceeded} where the metadata
   *     would be more than 1 MiB
   */
  public Artifact setMetadata(String reference, Map<String, ? extends @Nullable Object> patch) {
    return change(new Change.PatchMetadata(Rules.reference(reference), Rules.metadata(patch)))
        .artifact();
  }

  /**
   * Adds parents behind those it has; one that is there already is not added twice.
   *
   * @param reference as for {@link #get}
   * @param parents references, each resolved to an exact version now
   * @return the artifact as it is now
   * @throws CatalogException {@code unknown_parent} naming all that are missing, {@code cycle}
   *     naming the path, {@code deleted}, {@code not_found} for the reference, {@code
   *     limit_exceeded} beyond 10,000
   */
  public Artifact addParents(String reference, Collection<String> parents) {
    return change(new Change.AddParents(Rules.reference(reference), Rules.parents(parents)))
        .artifact();
  }

  /**
   * Points an alias of the artifact's name at it.
   *
   * @param reference as for {@link #get}
   * @param alias {@code [A-Za-z][A-Za-z0-9._-]{0,63}}, not {@code latest}
   * @return what the alias pointed at before; empty where it is new
   * @throws CatalogException {@code not_found} or {@code deleted} for the reference, {@code
   *     invalid_argument} for the alias
   */
  public Optional<Artifact> promote(String reference, String alias) {
    return promoted(reference, alias, new Change.Expected.Any());
  }

  /**
   * Points an alias at the artifact only if it points at what the caller expects.
   *
   * @param reference as for {@link #get}
   * @param alias {@code [A-Za-z][A-Za-z0-9._-]{0,63}}, not {@code latest}
   * @param expectedCurrent a reference, or {@code null} for no such alias
   * @return what the alias pointed at before; empty where it is new
   * @throws CatalogException {@code alias_moved}, saying where it points, who moved it and when;
   *     else as {@link #promote(String, String)}
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
   * @return what it pointed at
   * @throws CatalogException {@code not_found} where there is no such alias, {@code
   *     invalid_argument} where it is not of that form
   */
  public Artifact demote(String alias) {
    return change(new Change.DropAlias(Rules.aliasReference(alias))).artifact();
  }

  /**
   * The first 100 versions of a name, newest first, tombstones included.
   *
   * @param name not a reference: what the artifacts are called
   * @return never empty
   * @throws CatalogException {@code not_found} where the name was never used
   */
  public Page<Artifact> versions(String name) {
    return versions(name, Limits.DEFAULT_PAGE, null);
  }

  /**
   * One page of the versions of a name, newest first, tombstones included.
   *
   * @param name not a reference: what the artifacts are called
   * @param limit 1 to 1,000
   * @param cursor {@link Page#nextCursor()} of the page before, or {@code null} for the first
   * @return the first page is never empty
   * @throws CatalogException {@code not_found} where the name was never used, {@code
   *     invalid_argument} or {@code limit_exceeded} for limit or cursor
   */
  public Page<Artifact> versions(String name, int limit, @Nullable String cursor) {
    var page = backend.versions(scope, Rules.reference(name), Rules.limit(limit), cursor);
    if (page.items().isEmpty() && cursor == null) {
      throw References.notFound(backend, scope, name);
    }
    return page;
  }

  /**
   * What happened to one artifact, oldest first, 100 a page; tombstones have a history too.
   *
   * @param reference as for {@link #get}
   * @return the first page
   * @throws CatalogException {@code not_found} where the reference means nothing
   */
  public Page<Event> history(String reference) {
    return history(
        new HistoryOf.OneArtifact(Rules.reference(reference)), Limits.DEFAULT_PAGE, null);
  }

  /**
   * What happened to an artifact, a name, an alias or the project, oldest first.
   *
   * @param of whose history
   * @param limit 1 to 1,000
   * @param cursor {@link Page#nextCursor()} of the page before, or {@code null} for the first
   * @return the project's page is empty where nothing ever happened in it
   * @throws CatalogException {@code not_found} where there is no such artifact, name or alias,
   *     {@code invalid_argument} or {@code limit_exceeded} for limit or cursor
   */
  public Page<Event> history(HistoryOf of, int limit, @Nullable String cursor) {
    return backend.history(scope, of, Rules.limit(limit), cursor);
  }

  /**
   * How two artifacts differ, two versions of a name for instance.
   *
   * @param from as for {@link #get}
   * @param to as for {@link #get}
   * @return without changes where they are equal
   * @throws CatalogException as {@link #get}: both must live
   */
  public Difference diff(String from, String to) {
    return Difference.between(get(from), get(to));
  }

  /**
   * How what a reference meant at one time differs from what it meant at another: of an id what
   * changed meanwhile, of {@code name@alias} what came in the place of what was there.
   *
   * @param reference as for {@link #get}
   * @param from when it meant the one
   * @param to when it meant the other
   * @return without changes where they are equal
   * @throws CatalogException as {@link #get} and {@link #asOf(AsOf)}
   */
  public Difference diff(String reference, AsOf from, AsOf to) {
    return Difference.between(asOf(from).get(reference), asOf(to).get(reference));
  }

  /**
   * An artifact with its parents and children, one step each way.
   *
   * @param reference as for {@link #get}
   * @return with all parents and living children
   * @throws CatalogException as {@link #get}
   */
  public Lineage getLineage(String reference) {
    var artifact = get(reference);
    return References.lineage(backend, scope, artifact);
  }

  /**
   * What an artifact was made from, at any depth; at most 10,000 nodes.
   *
   * @param reference as for {@link #get}, or a tombstone
   * @return a graph that has at least the artifact itself
   * @throws CatalogException {@code not_found} where the reference means nothing
   */
  public LineageGraph upstream(String reference) {
    return upstream(reference, Integer.MAX_VALUE, Limits.GRAPH_NODES);
  }

  /**
   * What an artifact was made from.
   *
   * @param reference as for {@link #get}, or a tombstone
   * @param depth steps to follow, at least 1
   * @param limit nodes to answer, 1 to 10,000; the graph says when it was cut
   * @return a graph that has at least the artifact itself
   * @throws CatalogException {@code not_found} where the reference means nothing, {@code
   *     invalid_argument} or {@code limit_exceeded} for depth and limit
   */
  public LineageGraph upstream(String reference, int depth, int limit) {
    return graph(reference, Direction.UPSTREAM, depth, limit);
  }

  /**
   * What was made from an artifact, at any depth: what must be recalled if it is bad; at most
   * 10,000 nodes.
   *
   * @param reference as for {@link #get}, or a tombstone
   * @return a graph that has at least the artifact itself
   * @throws CatalogException {@code not_found} where the reference means nothing
   */
  public LineageGraph downstream(String reference) {
    return downstream(reference, Integer.MAX_VALUE, Limits.GRAPH_NODES);
  }

  /**
   * What was made from an artifact.
   *
   * @param reference as for {@link #get}, or a tombstone
   * @param depth steps to follow, at least 1
   * @param limit nodes to answer, 1 to 10,000; the graph says when it was cut
   * @return a graph that has at least the artifact itself
   * @throws CatalogException as {@link #upstream(String, int, int)}
   */
  public LineageGraph downstream(String reference, int depth, int limit) {
    return graph(reference, Direction.DOWNSTREAM, depth, limit);
  }

  private LineageGraph graph(String reference, Direction direction, int depth, int limit) {
    return backend.graph(
        scope, Rules.reference(reference), direction, Rules.depth(depth), Rules.graphLimit(limit));
  }

  /**
   * A shortest way from one artifact to another, along edges from parent to child, whichever of the
   * two is the ancestor.
   *
   * @param from as for {@link #get}, or a tombstone
   * @param to as for {@link #get}, or a tombstone
   * @return from the ancestor to the descendant; empty where neither was made from the other
   * @throws CatalogException {@code not_found} where a reference means nothing
   */
  public List<Artifact> path(String from, String to) {
    var down = backend.path(scope, Rules.reference(from), Rules.reference(to));
    return down.isEmpty() ? backend.path(scope, Rules.reference(to), Rules.reference(from)) : down;
  }

  /**
   * Deletes an artifact that nothing needs: a tombstone stays, {@link #restore} undoes it.
   *
   * @param reference as for {@link #get}
   * @return the tombstone
   * @throws CatalogException {@code in_use} where an alias or a living child needs it, naming them;
   *     else as {@link #get}
   */
  public Artifact delete(String reference) {
    return delete(reference, false);
  }

  /**
   * Deletes an artifact: a tombstone stays, {@link #restore} undoes it.
   *
   * @param reference as for {@link #get}
   * @param force also where aliases (which are dropped) or living children need it
   * @return the tombstone
   * @throws CatalogException as {@link #delete(String)}
   */
  public Artifact delete(String reference, boolean force) {
    return change(new Change.Delete(Rules.reference(reference), force)).artifact();
  }

  /**
   * Brings a deleted artifact back, with those of its aliases that are still free.
   *
   * @param reference the id, or {@code name:version}; one that lives stays as it is
   * @return the living artifact
   * @throws CatalogException {@code not_found} where there is none, {@code deleted} where it was
   *     purged
   */
  public Artifact restore(String reference) {
    return change(new Change.Restore(Rules.reference(reference))).artifact();
  }

  /**
   * Erases tags, metadata, uri, source and history values of artifacts that were deleted;
   * tombstone, lineage and version number stay. It cannot be undone.
   *
   * @param olderThan how long ago they were deleted at least; zero for all
   * @param dryRun change nothing, only tell what would be
   * @return what was erased
   */
  public PurgeReport purge(Duration olderThan, boolean dryRun) {
    return backend.purge(writing(), olderThan, dryRun);
  }

  /**
   * How much the project holds.
   *
   * @return zeros for a project without artifacts
   */
  public Stats stats() {
    return backend.stats(scope);
  }

  /**
   * Writes the project as JSON Lines: ids, versions, history and tombstones, nothing lost.
   *
   * @param out takes the text, while others may go on writing
   * @throws CatalogException {@code storage} where it cannot be written to
   */
  public void export(Appendable out) {
    backend.export(scope, out);
  }

  /**
   * Writes what happened after an event as JSON Lines, each event with what it left behind, for
   * {@link #importLines} to do again in another catalog.
   *
   * @param after number of the last event that is left out; 0 for none
   * @param limit events to write at most, 1 to 1,000; large ones are fewer
   * @param out takes the text
   * @throws CatalogException {@code invalid_argument} or {@code limit_exceeded} for number and
   *     limit
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
   * @param target the project to move it into
   * @param progress is told now and then how many lines or events are done
   * @return what was moved, or what conflicts
   * @throws CatalogException where a side cannot be read or written; what was moved before stays
   */
  public PushReport pushTo(ArtifactCatalog target, LongConsumer progress) {
    target.writing();
    return new Push(this, target, progress).run();
  }

  /**
   * What {@link #pushTo} would do. Changes nothing.
   *
   * @param target the project to move it into
   * @param each is told of every event that would be moved, in their order
   * @return what would be moved, or what conflicts
   * @throws CatalogException where a side cannot be read
   */
  public PushReport tryPushTo(ArtifactCatalog target, Consumer<Event> each) {
    target.writing();
    return new Push(this, target, done -> {}).tried(each);
  }

  /**
   * Reads JSON Lines that {@link #export} or {@link #exportEvents} wrote, or plain records of which
   * only {@code name} and {@code artifact_type} are needed.
   *
   * @param lines one object a line, of at most 8 MiB
   * @param outcomes is told of each record as it is done; what is refused is in it, not thrown
   * @throws CatalogException where the lines cannot be read or storage fails; what was told before
   *     stays
   */
  public void importLines(BufferedReader lines, Consumer<Outcome> outcomes) {
    backend.importLines(writing(), lines, outcomes);
  }

  /**
   * Copies the whole catalog into a new file, one consistent state, while others write.
   *
   * @param target a file that is not there yet
   * @throws CatalogException {@code invalid_argument} where it is there already or the backend has
   *     no file, {@code storage} where it cannot be written
   */
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
   * @param changes any number; all of them are held in memory
   * @return one result for each, in their order; what is refused is in it, not thrown
   * @throws CatalogException where storage fails
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
