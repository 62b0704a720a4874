package io.flowyml.catalog.internal.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for lately, within so many bytes: in two halves, so that where the newer one is
 * full, the older one is dropped, and what is still asked for moves on.
 */
final class RecentMap<K, V> {
  private final long half;
  private volatile Map<K, Weighed<V>> newer = new ConcurrentHashMap<>();
  private volatile Map<K, Weighed<V>> older = Map.of();
  private long bytes;

  private static final class Weighed<V> {
    final V value;
    final long bytes;

    Weighed(V value, long bytes) {
      this.value = value;
      this.bytes = bytes;
    }
  }

  RecentMap(long mostBytes) {
    half = mostBytes / 2;
  }

  @Nullable V get(K key) {
    var found = newer.get(key);
    if (found == null) {
      found = older.get(key);
      if (found != null) {
        moveOn(key, found);
      }
    }
    return found == null ? null : found.value;
  }

  /** Keeps a value, unless it would displace too many others. */
  void put(K key, V value, long weight) {
    if (weight <= half / 100) {
      add(key, new Weighed<>(value, weight));
    }
  }

  /** What was dropped meanwhile stays dropped: nobody could have told it that it changed. */
  private synchronized void moveOn(K key, Weighed<V> found) {
    if (older.get(key) == found) {
      add(key, found);
    }
  }

  private synchronized void add(K key, Weighed<V> added) {
    if (bytes + added.bytes > half) {
      older = newer;
      newer = new ConcurrentHashMap<>();
      bytes = 0;
    }
    var before = newer.put(key, added);
    bytes += added.bytes - (before == null ? 0 : before.bytes);
  }
}
