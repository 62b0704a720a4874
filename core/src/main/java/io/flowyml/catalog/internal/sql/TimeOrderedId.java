package io.flowyml.catalog.internal.sql;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids in the order of their making: UUIDs of version 7. */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Milliseconds and, below them, 12 bits that count within one. */
  private static final AtomicLong LAST = new AtomicLong();

  private TimeOrderedId() {}

  public static String next() {
    long now = System.currentTimeMillis() << 12;
    long tick = LAST.updateAndGet(last -> Math.max(last + 1, now));
    long high = ((tick >>> 12) << 16) | 0x7000 | (tick & 0xfff);
    long low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
