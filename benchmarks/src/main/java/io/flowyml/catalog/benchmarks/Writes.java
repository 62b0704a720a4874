package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Registration;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Durable registrations: one by one, from eight threads, and in bulk. */
final class Writes {
  private static final int THREADS = 8;
  private static final int SINGLE = 12_000;
  private static final int BULK_STEP = 10_000;
  private static final int ROUNDS = 6;

  private Writes() {}

  /**
   * @param copy of the file, as it is before the writes; {@code null} to do without bare statements
   */
  static void run(Path file, @Nullable Path copy)
      throws InterruptedException, ExecutionException, SQLException {
    var corpus = new Corpus("w" + System.nanoTime() % 1_000_000, true);
    try (var catalog = ArtifactCatalog.open(file)) {
      bulk(catalog, corpus, 2 * BULK_STEP, "registerAll, first (cold)");
      if (copy == null) {
        bulk(catalog, corpus, 5 * BULK_STEP, "registerAll");
      } else {
        besideBare(catalog, corpus, file, copy);
      }
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

  /** By turns a batch, and the rows that it wrote by bare statements into the copy. */
  private static void besideBare(ArtifactCatalog catalog, Corpus corpus, Path file, Path copy)
      throws SQLException {
    long ours = 0;
    long bare = 0;
    try (var statements = new Bare(file, copy)) {
      statements.catchUp();
      for (int round = 0; round < ROUNDS; round++) {
        var batch = corpus.next(BULK_STEP);
        long start = System.nanoTime();
        catalog.registerAll(batch).forEach(outcome -> outcome.orThrow());
        ours += System.nanoTime() - start;
        bare += statements.catchUp();
      }
    }
    double count = ROUNDS * BULK_STEP * 1e9;
    System.out.printf(Locale.ROOT, "%-42s %8.0f /s%n", "registerAll", count / ours);
    System.out.printf(
        Locale.ROOT,
        "%-42s %8.0f /s   registerAll has %.2f of it%n",
        "registerAll, bare statements",
        count / bare,
        (double) bare / ours);
  }

  /** Opens a file that FlowyML made, which takes its rows over. */
  static void adopt(Path file) {
    long start = System.nanoTime();
    try (var catalog = ArtifactCatalog.open(file)) {
      long nanos = System.nanoTime() - start;
      long artifacts = catalog.stats().artifacts();
      System.out.printf(
          Locale.ROOT,
          "%-42s %8.1f s   %d artifacts, %.0f /s%n",
          "adoption",
          nanos / 1e9,
          artifacts,
          artifacts * 1e9 / nanos);
    }
  }

  /**
   * Loads a catalog until it has so many artifacts; goes on where an earlier loading ended.
   *
   * @param place a file, or {@code postgresql://...}
   */
  static void load(String place, int count) {
    var corpus = new Corpus(Corpus.LOADED, true);
    try (var catalog = Main.open(place)) {
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
