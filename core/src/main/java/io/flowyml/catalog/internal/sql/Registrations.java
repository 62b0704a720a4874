package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.spi.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Registrations of one call. Where others of the project wait behind them, what all of them need is
 * looked up together.
 */
final class Registrations implements WriteQueue.Ahead<List<Outcome>> {
  /** From so many items on, they are indexed together, while their records are at hand. */
  private static final int BULK = 100;

  /** So many of them are looked up together. */
  private static final int LOOK_AHEAD = 512;

  /** How many of them to register, and for how long, before what came so far is committed. */
  private static final int LARGEST_BULK = 4_096;

  private static final long LONGEST_BULK_NANOS = 600_000_000L;

  private final SqlCatalogBackend backend;
  private final Scope scope;
  private final List<Draft> drafts;

  private Registrations(SqlCatalogBackend backend, Scope scope, List<Draft> drafts) {
    this.backend = backend;
    this.scope = scope;
    this.drafts = drafts;
  }

  /** Registers items, each whole or not at all; many of them in transactions of a bounded time. */
  static List<Outcome> register(SqlCatalogBackend backend, Scope scope, List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    if (drafts.size() < BULK) {
      return backend.queue(scope.project()).submit(new Registrations(backend, scope, drafts));
    }
    return Batches.inTurn(
        drafts,
        rest ->
            backend.submit(
                scope.project(),
                (transaction, project) -> first(backend, transaction, project, scope, rest)),
        Outcome::refused);
  }

  @Override
  public List<Outcome> apply(Transaction transaction) {
    var project = transaction.project(scope.project());
    var lookups = transaction.lookups(project);
    var coming = coming(transaction);
    if (coming.size() > 1 || lookups.isAhead()) {
      lookups.ahead(coming);
    }
    var mirror = backend.mirrorOf(scope.project());
    var registrar = new Registrar(transaction, project, scope.actor(), mirror, lookups);
    var outcomes = Batches.each(transaction, drafts, registrar::register, Outcome::refused);
    if (SqlCatalogBackend.isTailLong(project)) {
      transaction.settle();
      backend.indexer().index(transaction, project);
    }
    return outcomes;
  }

  /** What is registered now, and what waits behind it up to other work. */
  private List<Draft> coming(Transaction transaction) {
    var coming = new ArrayList<>(drafts);
    for (var work : transaction.next()) {
      if (!(work instanceof Registrations next) || !next.scope.project().equals(scope.project())) {
        break;
      }
      coming.addAll(next.drafts);
    }
    return coming;
  }

  /**
   * Registers the first of many items, no more than a short transaction holds, and indexes them
   * once they are many, since each row of the index is then written once for all.
   */
  private static List<Outcome> first(
      SqlCatalogBackend backend,
      Transaction transaction,
      Transaction.Project project,
      Scope scope,
      List<Draft> drafts) {
    int most = Math.min(drafts.size(), LARGEST_BULK);
    var registrar =
        new Registrar(transaction, project, scope.actor(), backend.mirrorOf(scope.project()));
    var outcomes = new ArrayList<Outcome>(most);
    long started = System.nanoTime();
    while (outcomes.size() < most && System.nanoTime() - started < LONGEST_BULK_NANOS) {
      var next = drafts.subList(outcomes.size(), Math.min(most, outcomes.size() + LOOK_AHEAD));
      registrar.lookAhead(next);
      outcomes.addAll(Batches.each(transaction, next, registrar::register, Outcome::refused));
    }
    registrar.endAhead();
    if (outcomes.size() == drafts.size()
        || project.seq() - project.indexedSeq() >= Indexer.TOGETHER) {
      backend.indexer().index(transaction, project);
    }
    return outcomes;
  }
}
