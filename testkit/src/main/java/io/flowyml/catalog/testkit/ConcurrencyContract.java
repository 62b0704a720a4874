package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.spi.HistoryOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class ConcurrencyContract extends Contract {
  private static final int THREADS = 8;
  private static final int EACH = 40;

  /** Runs a task in as many threads, all begun at once; answers what each returned. */
  private static <T> List<T> inThreads(IntFunction<Callable<T>> tasks) throws Exception {
    var barrier = new CyclicBarrier(THREADS);
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var futures = new ArrayList<Future<T>>();
      for (int i = 0; i < THREADS; i++) {
        var task = tasks.apply(i);
        futures.add(
            pool.submit(
                () -> {
                  barrier.await();
                  return task.call();
                }));
      }
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(result(future));
      }
      return results;
    }
  }

  private static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    }
  }

  private static List<String> numbersTo(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  @Test
  void threadsRegisteringOneName_getTheVersionsWithoutGapOrRepeat() throws Exception {
    var versions =
        inThreads(
            t ->
                () -> {
                  var mine = new ArrayList<String>();
                  for (int i = 0; i < EACH; i++) {
                    mine.add(catalog.register(model("m").tag("thread", t)).version());
                  }
                  return mine;
                });
    assertThat(versions.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(numbersTo(THREADS * EACH));
    for (var mine : versions) {
      assertThat(mine.stream().map(Integer::valueOf)).isSorted();
    }
    assertThat(feed()).extracting(Event::seq).isSorted().doesNotHaveDuplicates();
    assertThat(feed()).hasSize(THREADS * EACH);
    assertThat(catalog.search("thread:3", 1_000, null).items()).hasSize(EACH);
  }

  @Test
  void threadsMovingOneAlias_leaveAMoveEach() throws Exception {
    IntStream.range(0, THREADS).forEach(t -> catalog.register(model("m").id("v" + t)));
    var previous =
        inThreads(
            t ->
                () -> {
                  var before = new ArrayList<String>();
                  for (int i = 0; i < EACH; i++) {
                    var artifact = catalog.register(model("m").id("v" + t + "-" + i));
                    catalog
                        .promote(artifact.id(), "production")
                        .map(Artifact::id)
                        .ifPresent(before::add);
                  }
                  return before;
                });
    var moves = history(new HistoryOf.Alias("m", "production"));
    assertThat(moves).hasSize(THREADS * EACH);
    assertThat(previous.stream().flatMap(List::stream))
        .hasSize(THREADS * EACH - 1)
        .doesNotHaveDuplicates();
    assertThat(catalog.resolve("m@production")).isEqualTo(moves.getLast().artifactId());
  }

  @Test
  void threadsWithTheSameExpectation_oneMovesTheAlias() throws Exception {
    catalog.register(model("m").id("start").alias("production"));
    IntStream.range(0, THREADS).forEach(t -> catalog.register(model("m").id("v" + t)));
    var won =
        inThreads(
            t ->
                () -> {
                  try {
                    catalog.promote("v" + t, "production", "start");
                    return true;
                  } catch (CatalogException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.ALIAS_MOVED);
                    return false;
                  }
                });
    assertThat(won).containsOnlyOnce(true);
    assertThat(history(new HistoryOf.Alias("m", "production"))).hasSize(2);
  }

  @Test
  void threadsRegisteringOneId_allGetTheOneArtifact() throws Exception {
    var artifacts = inThreads(t -> () -> catalog.register(model("m").id("same").uri("s3://x")));
    assertThat(new HashSet<>(artifacts)).hasSize(1);
    assertThat(feed()).hasSize(1);
  }

  @Test
  void threadsTaggingOneArtifact_loseNothing() throws Exception {
    catalog.register(model("m").id("m"));
    inThreads(
        t ->
            () -> {
              for (int i = 0; i < EACH; i++) {
                catalog.tag("m", "t" + t + "-" + i, i);
              }
              return t;
            });
    assertThat(catalog.get("m").tags()).hasSize(THREADS * EACH);
    assertThat(history("m")).hasSize(1 + THREADS * EACH);
  }

  @Test
  void threadsAddingParentsBothWays_makeNoCycle() throws Exception {
    IntStream.range(0, THREADS).forEach(t -> catalog.register(model("m").id("v" + t)));
    inThreads(
        t ->
            () -> {
              for (int other = 0; other < THREADS; other++) {
                try {
                  catalog.addParents("v" + t, List.of("v" + other));
                } catch (CatalogException e) {
                  assertThat(e.code()).isEqualTo(ErrorCode.CYCLE);
                }
              }
              return t;
            });
    for (int t = 0; t < THREADS; t++) {
      var id = "v" + t;
      assertThat(catalog.upstream(id).nodes())
          .filteredOn(n -> n.depth() != 0)
          .noneMatch(n -> n.id().equals(id));
    }
    long edges =
        IntStream.range(0, THREADS).mapToLong(t -> catalog.get("v" + t).parentIds().size()).sum();
    assertThat(edges).isEqualTo(THREADS * (THREADS - 1L) / 2);
  }

  @Test
  void readersMeanwhile_seeWholeArtifactsInOrder() throws Exception {
    inThreads(
        t ->
            () -> {
              for (int i = 0; i < EACH; i++) {
                if (t % 2 == 0) {
                  catalog.register(model("m").tag("a", t).tag("b", t).alias("t" + t));
                } else {
                  assertWhole(catalog.list(ListFilter.all().limit(20)));
                  assertWhole(catalog.search("type:Model", 20, null));
                }
              }
              return t;
            });
    assertThat(catalog.stats().artifacts()).isEqualTo(THREADS / 2 * EACH);
  }

  private static void assertWhole(Page<Artifact> page) {
    for (var artifact : page) {
      assertThat(artifact.tags().get("a")).isNotNull().isEqualTo(artifact.tags().get("b"));
    }
    assertThat(page.stream().map(a -> -Integer.parseInt(a.version()))).isSorted();
  }
}
