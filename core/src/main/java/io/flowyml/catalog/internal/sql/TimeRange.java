package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;
import java.time.Duration;

/**
 * Times of registration that a comparison keeps, in microseconds.
 *
 * @param from the first, {@link Long#MIN_VALUE} for any
 * @param to the first after it, {@link Long#MAX_VALUE} for none
 */
record TimeRange(long from, long to) {
  private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;

  static TimeRange of(Query.Compare compare) {
    if (!(compare.operand() instanceof Operand.Period period)) {
      throw new IllegalStateException("created is compared with a time only");
    }
    long from = Clock.micros(period.from());
    long to = Clock.micros(period.to());
    return switch (compare.op()) {
      case MATCH, EXACT -> new TimeRange(from, to);
      case GREATER -> new TimeRange(to, Long.MAX_VALUE);
      case GREATER_OR_EQUAL -> new TimeRange(from, Long.MAX_VALUE);
      case LESS -> new TimeRange(Long.MIN_VALUE, from);
      case LESS_OR_EQUAL -> new TimeRange(Long.MIN_VALUE, to);
      case NOT_MATCH -> throw new IllegalStateException("planned as an exclusion");
    };
  }

  boolean isEmpty() {
    return from >= to;
  }

  /** The days that are whole in it; it ends before it begins where it lies within a day. */
  TimeRange wholeDays() {
    return new TimeRange(
        from == Long.MIN_VALUE ? from : Math.ceilDiv(from, DAY) * DAY,
        to == Long.MAX_VALUE ? to : Math.floorDiv(to, DAY) * DAY);
  }

  /** The day that it begins on. */
  TimeRange day() {
    long midnight = Math.floorDiv(from, DAY) * DAY;
    return new TimeRange(midnight, midnight + DAY);
  }
}
