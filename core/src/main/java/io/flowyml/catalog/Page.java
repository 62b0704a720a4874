package io.flowyml.catalog;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some of the answers, and where the next ones begin.
 *
 * @param <T> what is answered
 * @param items of this page, in their order
 * @param nextCursor hand it to the same call for the next page; {@code null} on the last one
 * @since 0.1
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) implements Iterable<T> {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * The first item.
   *
   * @return the first of {@link #items}
   * @throws CatalogException {@code not_found} when the page is empty
   */
  public T first() {
    if (items.isEmpty()) {
      throw new CatalogException(
          ErrorCode.NOT_FOUND, "nothing matches, so there is no first artifact");
    }
    return items.getFirst();
  }

  @Override
  public Iterator<T> iterator() {
    return items.iterator();
  }

  /**
   * The items of this page; those of the next ones are not read.
   *
   * @return the items in their order
   */
  public Stream<T> stream() {
    return items.stream();
  }
}
