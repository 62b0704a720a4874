package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Registration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Durable registrations: one by one, from eight threads, and in bulk. */
final class Writes {
  private static final int THREADS = 8;
  private static final int SINGLE = 4_000;
  private static final int BULK_STEP = 10_000;

  private Writes() {}

  static void run(Path file) throws InterruptedException, ExecutionException {
    var corpus = new Corpus("w" + System.nanoTime() % 1_000_000, true);
    try (var catalog = ArtifactCatalog.open(file)) {
      bulk(catalog, corpus, 2 * BULK_STEP, "registerAll, first (cold)");
      bulk(catalog, corpus, 5 * BULK_STEP, "registerAll");
      single(catalog, corpus.next(SINGLE / 4));
      var nanos = single(catalog, corpus.next(SINGLE));
      long total = Arrays.stream(nanos).sum();
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "%-42s %8.0f /s   p50 %.3f ms   p99 %.3f ms%n",
          "register, one by one",
          SINGLE * 1e9 / total,
          nanos[SINGLE / 2] / 1e6,
          nanos[SINGLE * 99 / 100] / 1e6);
      threads(catalog);
    }
  }

  /** Loads a file until it has so many artifacts; goes on where an earlier loading ended. */
  static void load(Path file, int count) {
    var corpus = new Corpus("a", true);
    try (var catalog = ArtifactCatalog.open(file)) {
      int there = Math.toIntExact(catalog.stats().artifacts());
      corpus.next(there);
      bulk(catalog, corpus, count - there, "registerAll, %d to %d".formatted(there, count));
    }
  }

  private static void bulk(ArtifactCatalog catalog, Corpus corpus, int count, String name) {
    long nanos = 0;
    for (int done = 0; done < count; done += BULK_STEP) {
      var batch = corpus.next(Math.min(BULK_STEP, count - done));
      long start = System.nanoTime();
      catalog.registerAll(batch).forEach(outcome -> outcome.orThrow());
      nanos += System.nanoTime() - start;
    }
    System.out.printf(Locale.ROOT, "%-42s %8.0f /s%n", name, count * 1e9 / nanos);
  }

  private static long[] single(ArtifactCatalog catalog, List<Registration> items) {
    var nanos = new long[items.size()];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      catalog.register(items.get(i));
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static void threads(ArtifactCatalog catalog)
      throws InterruptedException, ExecutionException {
    var tasks = new ArrayList<Callable<long[]>>();
    for (int t = 0; t < THREADS; t++) {
      var items = new Corpus("t" + t + "-" + System.nanoTime() % 1_000_000, false).next(SINGLE);
      tasks.add(() -> single(catalog, items));
    }
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      long start = System.nanoTime();
      for (var future : pool.invokeAll(tasks)) {
        future.get();
      }
      long nanos = System.nanoTime() - start;
      System.out.printf(
          Locale.ROOT,
          "%-42s %8.0f /s%n",
          "register, " + THREADS + " threads",
          THREADS * SINGLE * 1e9 / nanos);
    }
  }
}
