package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Calls with many items, each of which may be refused without the others. */
final class Batches {
  private Batches() {}

  /**
   * Does work that each time takes some of the items left. Where it fails later than the first
   * time, what was done before is written: the items left are refused then.
   */
  static <I, O> List<O> inTurn(
      List<I> items, Function<List<I>, List<O>> work, Function<CatalogException, O> refused) {
    var all = new ArrayList<O>(items.size());
    while (all.size() < items.size()) {
      try {
        all.addAll(work.apply(items.subList(all.size(), items.size())));
      } catch (CatalogException e) {
        if (all.isEmpty()) {
          throw e;
        }
        all.addAll(Collections.nCopies(items.size() - all.size(), refused.apply(e)));
      }
    }
    return all;
  }

  /**
   * Runs items that each may be refused; a refusal that came after a write undoes the transaction.
   */
  static <I, O> List<O> each(
      Transaction transaction,
      List<I> items,
      Function<I, O> work,
      Function<CatalogException, O> refused) {
    var all = new ArrayList<O>(items.size());
    for (var item : items) {
      long before = transaction.session().writes();
      try {
        all.add(work.apply(item));
      } catch (CatalogException e) {
        if (transaction.session().writes() != before || !WriteQueue.isRefusal(e)) {
          throw e;
        }
        all.add(refused.apply(e));
      }
    }
    return all;
  }
}
