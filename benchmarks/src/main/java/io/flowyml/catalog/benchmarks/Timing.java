package io.flowyml.catalog.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Wall times of one call, repeated. */
record Timing(String name, double p50, double p99, int answers) {
  /** Something to time. */
  interface Call {
    /** Answers how many results it got. */
    int run(int instance);
  }

  private static final long WARM_NANOS = 1_500_000_000L;
  private static final int WARM_CALLS = 20_000;

  /**
   * Runs a call warm, then times each of many.
   *
   * @param warmUp calls at least; more until a while has passed, since compilers take their time
   */
  static Timing of(String name, int warmUp, int runs, Call call) {
    int answers = 0;
    long began = System.nanoTime();
    for (int i = 0; i < warmUp || (i < WARM_CALLS && System.nanoTime() - began < WARM_NANOS); i++) {
      answers = call.run(i);
    }
    var nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      answers = call.run(i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return new Timing(name, nanos[runs / 2] / 1e6, nanos[runs * 99 / 100] / 1e6, answers);
  }

  static void head() {
    System.out.printf(Locale.ROOT, "%-42s %10s %10s %8s%n", "", "p50 ms", "p99 ms", "answers");
  }

  void print() {
    System.out.printf(Locale.ROOT, "%-42s %10.3f %10.3f %8d%n", name, p50, p99, answers);
    System.out.flush();
  }
}
