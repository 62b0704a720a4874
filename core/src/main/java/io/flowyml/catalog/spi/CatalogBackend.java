package io.flowyml.catalog.spi;

import io.flowyml.catalog.Artifact;
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
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where catalogs are kept. Every verb is atomic, safe to call from many threads, and fails with
 * {@link io.flowyml.catalog.CatalogException} only. Arguments were checked against the strict rules
 * by the facade; what only the stored state can tell (versions, cycles, duplicates) is checked
 * here.
 *
 * @since 0.1
 */
public interface CatalogBackend extends AutoCloseable {

  /**
   * Registers items in their order, each whole or not at all; a later one may name an earlier one
   * as its parent.
   *
   * @param scope on whose behalf
   * @param items their content is {@link io.flowyml.catalog.Content.Digest} or absent
   * @return an outcome for each item, in order
   */
  List<Outcome> register(Scope scope, List<Registration> items);

  /**
   * Makes changes in their order, each whole or not at all.
   *
   * @param scope on whose behalf
   * @param changes each sees what those before it did
   * @return one result for each, in order
   */
  List<Result> change(Scope scope, List<Change> changes);

  /** A {@link Changed} or the error that refused it. */
  sealed interface Result {
    /**
     * It was made.
     *
     * @param changed what it left behind
     */
    record Done(Changed changed) implements Result {}

    /**
     * Nothing was changed.
     *
     * @param error why
     */
    record Refused(io.flowyml.catalog.CatalogException error) implements Result {}
  }

  /**
   * What a reference means.
   *
   * @param scope on whose behalf
   * @param reference id, {@code name@alias}, {@code name:version} or {@code name}
   * @return the artifact, tombstones included; empty where nothing is called so
   */
  Optional<Artifact> find(Scope scope, String reference);

  /**
   * The oldest living artifact with that content hash.
   *
   * @param scope on whose behalf
   * @param contentHash the whole hash
   * @return empty where there is none
   */
  Optional<Artifact> findByHash(Scope scope, String contentHash);

  /**
   * Living artifacts that pass a filter, newest first.
   *
   * @param scope on whose behalf
   * @param filter with limit and cursor
   * @return an empty page where nothing passes
   */
  Page<Artifact> list(Scope scope, ListFilter filter);

  /**
   * Living artifacts that match, newest first or as the query sorts.
   *
   * @param scope on whose behalf
   * @param search the query with limit and cursor
   * @return an empty page where nothing matches
   */
  Page<Artifact> search(Scope scope, Search search);

  /**
   * What values the artifacts that a query finds have, and how many have each.
   *
   * @param scope on whose behalf
   * @param query which facets of which artifacts
   * @return a facet for each field, in order
   */
  Facets facets(Scope scope, FacetQuery query);

  /**
   * How a search is answered, without its answers.
   *
   * @param scope on whose behalf
   * @param search is run
   * @return the plan, for people to read
   */
  Explanation explain(Scope scope, Search search);

  /**
   * The versions of a name, newest first, tombstones included.
   *
   * @param scope on whose behalf
   * @param name what they are called
   * @param limit 1 to 1,000
   * @param cursor where the page begins, {@code null} for the first
   * @return an empty page where the name was never used
   */
  Page<Artifact> versions(Scope scope, String name, int limit, @Nullable String cursor);

  /**
   * Events, oldest first.
   *
   * @param scope on whose behalf
   * @param of whose history
   * @param limit 1 to 1,000
   * @param cursor where the page begins, {@code null} for the first
   * @return one page
   * @throws io.flowyml.catalog.CatalogException {@code not_found} where there is no such thing
   */
  Page<Event> history(Scope scope, HistoryOf of, int limit, @Nullable String cursor);

  /**
   * What an artifact was made from or what was made of it.
   *
   * @param scope on whose behalf
   * @param reference tombstones included
   * @param direction which way edges are followed
   * @param depth steps to follow; {@link Integer#MAX_VALUE} for all
   * @param limit nodes to answer
   * @return a graph that says when it was cut
   * @throws io.flowyml.catalog.CatalogException {@code not_found} where nothing is called so
   */
  LineageGraph graph(Scope scope, String reference, Direction direction, int depth, int limit);

  /** Which way edges are followed. */
  enum Direction {
    /** To what it was made from. */
    UPSTREAM,
    /** To what was made of it. */
    DOWNSTREAM
  }

  /**
   * A shortest path along edges from an ancestor to a descendant.
   *
   * @param scope on whose behalf
   * @param ancestor a reference, tombstones included
   * @param descendant a reference, tombstones included
   * @return both ends included; empty where there is no path
   * @throws io.flowyml.catalog.CatalogException {@code not_found} where nothing is called so
   */
  List<Artifact> path(Scope scope, String ancestor, String descendant);

  /**
   * How much the project holds.
   *
   * @param scope on whose behalf
   * @return zeros for a project without artifacts
   */
  Stats stats(Scope scope);

  /**
   * Erases what deleted artifacts left, but for tombstone and version number.
   *
   * @param scope on whose behalf
   * @param olderThan how long ago they were deleted at least
   * @param dryRun change nothing, only tell what would be
   * @return what was erased
   */
  PurgeReport purge(Scope scope, Duration olderThan, boolean dryRun);

  /**
   * Writes the project as JSON Lines, one consistent state.
   *
   * @param scope on whose behalf; the present only
   * @param out takes the text
   */
  void export(Scope scope, Appendable out);

  /**
   * Writes what happened after an event as JSON Lines, each event with what it left behind, for
   * {@link #importLines} to do again elsewhere.
   *
   * @param scope on whose behalf; the present only
   * @param after number of the last event that is left out; 0 for none
   * @param limit events to write at most; large ones are fewer
   * @param out takes the text
   */
  void exportEvents(Scope scope, long after, int limit, Appendable out);

  /**
   * Reads JSON Lines: an export, what {@link #exportEvents} wrote, or plain records of which only
   * name and type are needed.
   *
   * <p>Events are done again in their order, as events of now that keep their first time and actor,
   * each whole or not at all; what was done here before is passed over, and the first that
   * conflicts with what is here ends it. Their outcomes are without an artifact.
   *
   * <p>An export that comes into an empty project is brought back as it was, whole or not at all.
   * Into any other project each record is registered by the tolerant rules, whole or not at all.
   *
   * @param scope on whose behalf
   * @param lines one object a line
   * @param outcomes takes one for each record line, in their order, once it is durable
   */
  void importLines(
      Scope scope, BufferedReader lines, java.util.function.Consumer<Outcome> outcomes);

  /**
   * Copies the whole catalog into a new file while others write.
   *
   * @param target a file that is not there yet
   * @throws io.flowyml.catalog.CatalogException {@code invalid_argument} where it is there already
   */
  void backup(Path target);

  /**
   * The project that is meant where nobody names one.
   *
   * @return its name
   */
  default String defaultProject() {
    return "default";
  }

  /**
   * What it is and where, for messages: {@code SQLite file /data/catalog.db}.
   *
   * @return without a password
   */
  String describe();

  /** Waits for calls under way, then lets go of files and connections. */
  @Override
  void close();
}
