package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Facets;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Numbers in about ten ranges of equal width, whose bounds are round. */
final class NumberRanges {
  private static final int ABOUT = 10;
  private static final List<Integer> ROUND = List.of(1, 2, 5, 10);

  private NumberRanges() {}

  /**
   * @param counts how often each finite number occurs; two of them at least
   */
  static List<Facets.Range> of(Map<Double, Long> counts) {
    var smallest = counts.keySet().stream().min(Double::compare).orElseThrow();
    var greatest = counts.keySet().stream().max(Double::compare).orElseThrow();
    var bounds = bounds(new BigDecimal(smallest), new BigDecimal(greatest));
    var sums = new long[bounds.length - 1];
    counts.forEach(
        (number, count) -> {
          int at = Arrays.binarySearch(bounds, number);
          int range = at >= 0 ? at : -at - 2;
          sums[Math.clamp(range, 0, sums.length - 1)] += count;
        });
    var ranges = new ArrayList<Facets.Range>(sums.length);
    for (int i = 0; i < sums.length; i++) {
      ranges.add(new Facets.Range(bounds[i], bounds[i + 1], sums[i]));
    }
    return ranges;
  }

  private static double[] bounds(BigDecimal smallest, BigDecimal greatest) {
    var step = step(greatest.subtract(smallest));
    var first = smallest.divide(step, 0, RoundingMode.FLOOR);
    int n = greatest.divide(step, 0, RoundingMode.FLOOR).subtract(first).intValueExact() + 1;
    var bounds = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      bounds[i] = first.add(BigDecimal.valueOf(i)).multiply(step).doubleValue();
    }
    return bounds;
  }

  /** A tenth of a width, rounded up to 1, 2 or 5 times a power of ten. */
  private static BigDecimal step(BigDecimal width) {
    var tenth = width.divide(BigDecimal.valueOf(ABOUT), MathContext.DECIMAL64);
    var power = BigDecimal.ONE.scaleByPowerOfTen(tenth.precision() - tenth.scale() - 1);
    for (int digit : ROUND) {
      var step = power.multiply(BigDecimal.valueOf(digit));
      if (step.compareTo(tenth) >= 0) {
        return step;
      }
    }
    throw new IllegalStateException("ten times a power is the next one");
  }
}
