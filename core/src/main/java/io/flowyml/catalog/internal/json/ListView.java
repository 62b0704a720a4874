package io.flowyml.catalog.internal.json;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array as the list of its elements, without copying it. {@code byte[]} and {@code char[]} are
 * not lists of numbers to anyone who holds them, so they have no view.
 */
final class ListView extends AbstractList<@Nullable Object> {
  private final Object array;

  private ListView(Object array) {
    this.array = array;
  }

  /** The value's elements; {@code null} when it is neither a list nor such an array. */
  static @Nullable List<?> of(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    var element = value.getClass().getComponentType();
    return element == null || element == byte.class || element == char.class
        ? null
        : new ListView(value);
  }

  @Override
  public @Nullable Object get(int index) {
    return Array.get(array, index);
  }

  @Override
  public int size() {
    return Array.getLength(array);
  }
}
