package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each key may ask: a bucket that fills at a steady rate and holds what one second
 * brings.
 */
final class Rates {
  private final int perSecond;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  Rates(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  /** Takes one token of a key; fails with {@code rate_limited} where none is left. */
  void take(String key) {
    if (!buckets.computeIfAbsent(key, k -> new Bucket(perSecond, nanos.getAsLong())).take()) {
      throw new CatalogException(
          ErrorCode.RATE_LIMITED,
          "this key asks more than %d times a second; ask again in a second".formatted(perSecond),
          Map.of("limit", perSecond, "retry_after", 1),
          null);
    }
  }

  private final class Bucket {
    private double tokens;
    private long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }

    synchronized boolean take() {
      long now = nanos.getAsLong();
      double filled = perSecond * ((double) (now - at) / TimeUnit.SECONDS.toNanos(1));
      tokens = Math.min(perSecond, tokens + filled);
      at = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
