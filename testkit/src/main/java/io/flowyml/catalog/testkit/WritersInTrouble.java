package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Four threads that register artifacts of known ids, each until it is acknowledged, and read them,
 * while what they write to breaks.
 *
 * @since 0.1
 */
public final class WritersInTrouble {
  private static final int EACH = 60;

  /** A thread is done a moment after it told so. */
  private static final long LOOK_MILLIS = 20;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final ArtifactCatalog catalog;
  private final List<ErrorCode> errors = new ArrayList<>();
  private final List<Future<Integer>> threads = new ArrayList<>();
  private final long begun = System.nanoTime();
  private volatile @Nullable CatalogException last;
  private final AtomicInteger acknowledged = new AtomicInteger();

  /**
   * @param catalog one in which nothing is called {@code m}
   */
  public WritersInTrouble(ArtifactCatalog catalog) {
    this.catalog = catalog;
  }

  public void start(ExecutorService pool) {
    for (int t = 0; t < 4; t++) {
      int thread = t;
      threads.add(pool.submit(() -> register(thread)));
    }
  }

  private int register(int thread) {
    try {
      return registerAll(thread);
    } finally {
      told();
    }
  }

  private synchronized void told() {
    notifyAll();
  }

  private int registerAll(int thread) {
    for (int i = 0; i < EACH; i++) {
      var id = "t" + thread + "-" + i;
      while (!done(id)) {
        if (System.nanoTime() - begun > LONGEST_NANOS) {
          throw new AssertionError("the catalog does not recover: " + last, last);
        }
      }
    }
    return EACH;
  }

  private boolean done(String id) {
    try {
      catalog.register(Registration.artifact("m", "Model").id(id));
      acknowledged.incrementAndGet();
      told();
      return catalog.get(id).id().equals(id);
    } catch (CatalogException e) {
      last = e;
      synchronized (errors) {
        errors.add(e.code());
      }
      return false;
    }
  }

  public boolean isRunning() {
    return threads.stream().anyMatch(thread -> !thread.isDone());
  }

  /** Waits until so many more registrations were acknowledged, or all. */
  public synchronized void goOn(int registrations) throws InterruptedException {
    int enough = acknowledged.get() + registrations;
    while (isRunning() && acknowledged.get() < enough) {
      wait(LOOK_MILLIS);
    }
  }

  /** Waits for the threads; their ids are there, under the versions 1 to N. */
  public void assertNothingLost() throws Exception {
    for (var thread : threads) {
      assertThat(thread.get()).isEqualTo(EACH);
    }
    assertThat(catalog.versions("m", 1_000, null).items())
        .extracting(Artifact::version)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, threads.size() * EACH).mapToObj(Integer::toString).toList());
    assertThat(errors).isSubsetOf(ErrorCode.UNREACHABLE, ErrorCode.TIMEOUT, ErrorCode.OVERLOADED);
  }
}
