package io.flowyml.catalog.query;

import io.flowyml.catalog.Artifact;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The order of answers, told of records in memory; every storage answers in the same.
 *
 * @since 0.1
 */
public final class SortOrder {
  private SortOrder() {}

  /**
   * Artifacts by the keys, equal ones newest first.
   *
   * @param keys the first that tells two apart decides
   * @param creation where an artifact stands in creation order, no two at the same place
   * @return an order without equals
   */
  public static Comparator<Artifact> of(List<SortKey> keys, ToLongFunction<Artifact> creation) {
    var newestFirst = Comparator.comparingLong(creation).reversed();
    return (a, b) -> {
      for (var key : keys) {
        int order = compare(value(key, a), value(key, b), key.descending());
        if (order != 0) {
          return order;
        }
      }
      return newestFirst.compare(a, b);
    };
  }

  /**
   * The value by which a key places an artifact; {@code null} puts it last.
   *
   * @param key what is looked at
   * @param artifact whose values
   * @return the smallest, descending the largest
   */
  public static @Nullable FieldValue value(SortKey key, Artifact artifact) {
    FieldValue first = null;
    for (var value : Evaluation.values(key.field(), artifact)) {
      if (value.comparable() && (first == null || compare(value, first, key.descending()) < 0)) {
        first = value;
      }
    }
    return first;
  }

  /**
   * Orders what {@link #value} answers: numbers, then folded texts, then nothing, both ways.
   *
   * @param a one value, or none
   * @param b the other
   * @param descending whether the largest comes first
   * @return as a comparator
   */
  public static int compare(@Nullable FieldValue a, @Nullable FieldValue b, boolean descending) {
    if (a == null || b == null) {
      return Boolean.compare(a == null, b == null);
    }
    var x = a.number();
    var y = b.number();
    if ((x == null) != (y == null)) {
      return x == null ? 1 : -1;
    }
    int order =
        x != null && y != null
            ? Double.compare(x, y)
            : CaseFolding.ORDER.compare(CaseFolding.fold(a.text()), CaseFolding.fold(b.text()));
    return descending ? -order : order;
  }
}
