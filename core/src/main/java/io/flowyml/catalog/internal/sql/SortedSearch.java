package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.SortKey;
import io.flowyml.catalog.query.SortOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The first documents of a set in an order. Where the set is small, its values are looked up and
 * sorted. Where it is not, the dictionary is walked in the order of the values, each met with the
 * set, until the page is full; should that take longer than looking up the values, these are looked
 * up after all.
 */
final class SortedSearch {
  /** Sets up to this size are looked up at once. */
  private static final int FEW = 600;

  /** Looking up a document's values costs about as much as so many steps of a walk. */
  private static final int STEPS_PER_LOOK = 3;

  private final Session session;
  private final SortWalks walks;
  private final SortValues values;
  private final List<SortKey> keys;
  private final Comparator<SortPosition> order;
  private final @Nullable SortPosition after;
  private final int limit;

  /** What has its place from memory, in order: it comes between what is found. */
  private final List<SortPosition> inMemory;

  private final List<SortPosition> page = new ArrayList<>();
  private int nextInMemory;

  /**
   * @param inMemory positions of what the index does not have, in any order
   * @param after where the page begins, not part of it; {@code null} for the first
   */
  SortedSearch(
      Session session,
      SortWalks walks,
      SortValues values,
      List<SortKey> keys,
      List<SortPosition> inMemory,
      @Nullable SortPosition after,
      int limit) {
    this.session = session;
    this.walks = walks;
    this.values = values;
    this.keys = keys;
    this.order = SortPosition.order(keys);
    this.after = after;
    this.limit = limit;
    this.inMemory =
        inMemory.stream()
            .filter(position -> after == null || order.compare(position, after) > 0)
            .sorted(order)
            .toList();
  }

  /** The page from a set, of which it keeps no part. */
  List<SortPosition> from(DocBits docs) {
    place(docs, List.of(), after != null);
    while (page.size() < limit && nextInMemory < inMemory.size()) {
      page.add(inMemory.get(nextInMemory++));
    }
    return page;
  }

  /** Answers whether there is room for more. */
  private boolean add(SortPosition position) {
    while (page.size() < limit
        && nextInMemory < inMemory.size()
        && order.compare(inMemory.get(nextInMemory), position) < 0) {
      page.add(inMemory.get(nextInMemory++));
    }
    if (page.size() < limit) {
      page.add(position);
    }
    return page.size() < limit;
  }

  /**
   * Places documents that the first keys cannot tell apart.
   *
   * @param prefix their values for those keys
   * @param resumed whether the page begins among them
   * @return whether there is room for more
   */
  private boolean place(DocBits docs, List<@Nullable FieldValue> prefix, boolean resumed) {
    int depth = prefix.size();
    if (depth == keys.size()) {
      return placeNewestFirst(docs, prefix, resumed);
    }
    var key = keys.get(depth);
    long count = docs.count();
    var walk = count <= FEW ? null : walks.of(key);
    return walk == null ? lookUp(docs, prefix) : walk(walk, key, docs, prefix, resumed);
  }

  private boolean placeNewestFirst(
      DocBits docs, List<@Nullable FieldValue> prefix, boolean resumed) {
    long below = resumed && after != null ? after.doc() : Long.MAX_VALUE;
    var newest = new ArrayList<Long>();
    docs.newestFirst(
        doc -> {
          if (doc < below && newest.size() < limit) {
            newest.add(doc);
          }
        });
    for (long doc : newest) {
      if (!add(new SortPosition(prefix, doc))) {
        return false;
      }
    }
    return true;
  }

  private boolean walk(
      SortWalk walk,
      SortKey key,
      DocBits docs,
      List<@Nullable FieldValue> prefix,
      boolean resumed) {
    var start = resumed && after != null ? after.values().get(prefix.size()) : null;
    boolean pastValues = resumed && start == null;
    var without = walk.without(docs);
    if (!pastValues) {
      var having = docs.copy();
      having.removeAll(without);
      if (!placeInOrder(walk, key, having, prefix, start)) {
        return false;
      }
    }
    return without.isEmpty() || place(without, with(prefix, null), pastValues);
  }

  /** Places documents that all have a value of the key, from a value on. */
  private boolean placeInOrder(
      SortWalk walk,
      SortKey key,
      DocBits having,
      List<@Nullable FieldValue> prefix,
      @Nullable FieldValue start) {
    long left = having.count();
    long budget = STEPS_PER_LOOK * left;
    var seen = new DocBits(having.top());
    walk.from(walk.isSingleValued() ? start : null);
    while (left > 0) {
      var group = walk.next(having);
      if (group == null) {
        return true;
      }
      var found = group.docs();
      found.removeAll(seen);
      seen.addAll(found);
      left -= found.count();
      int place = start == null ? 1 : SortOrder.compare(group.value(), start, key.descending());
      if (place >= 0
          && !found.isEmpty()
          && !place(found, with(prefix, group.value()), start != null && place == 0)) {
        return false;
      }
      if (walk.steps() > budget) {
        having.removeAll(seen);
        return lookUp(having, prefix);
      }
    }
    return true;
  }

  private static List<@Nullable FieldValue> with(
      List<@Nullable FieldValue> prefix, @Nullable FieldValue value) {
    var longer = new ArrayList<@Nullable FieldValue>(prefix);
    longer.add(value);
    return longer;
  }

  /** Sorts documents by their values, of which no more are kept than a page takes. */
  private boolean lookUp(DocBits docs, List<@Nullable FieldValue> prefix) {
    var first = new PriorityQueue<SortPosition>(order.reversed());
    values.each(
        session,
        docs,
        prefix,
        position -> {
          if (after == null || order.compare(position, after) > 0) {
            first.add(position);
            if (first.size() > limit) {
              first.remove();
            }
          }
        });
    for (var position : first.stream().sorted(order).toList()) {
      if (!add(position)) {
        return false;
      }
    }
    return true;
  }
}
