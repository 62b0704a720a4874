package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.ListFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Catalogs that are closed, before, while and after they are used, and threads that are stopped.
 */
@Timeout(60)
class ClosingTest {
  private static final int THREADS = 6;

  private Path file;

  @BeforeEach
  void name(@TempDir Path folder) {
    file = folder.resolve("catalog.db");
  }

  private ArtifactCatalog open(boolean inMemory) {
    return inMemory ? ArtifactCatalog.inMemory() : ArtifactCatalog.open(file);
  }

  private static void assertClosed(Runnable call) {
    var error = catchThrowableOfType(CatalogException.class, call::run);
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.STORAGE);
    assertThat(error).hasMessageContaining("was closed; open it again");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyCallAfterwards_isRefused(boolean inMemory) {
    var catalog = open(inMemory);
    catalog.register(artifact("m", "Model").id("m"));
    var view = catalog.project("other");
    catalog.close();
    List<Runnable> calls =
        List.of(
            () -> catalog.register(artifact("m", "Model")),
            () -> catalog.registerAll(List.of(artifact("m", "Model"))),
            () -> catalog.get("m"),
            () -> catalog.find("m"),
            () -> catalog.findByHash("0"),
            () -> catalog.list(),
            () -> catalog.search("m"),
            () -> catalog.versions("m"),
            () -> catalog.history("m"),
            () -> catalog.getLineage("m"),
            () -> catalog.upstream("m"),
            () -> catalog.path("m", "m"),
            () -> catalog.tag("m", "k", 1),
            () -> catalog.untag("m", "k"),
            () -> catalog.promote("m", "a"),
            () -> catalog.delete("m"),
            () -> catalog.restore("m"),
            () -> catalog.purge(Duration.ZERO, false),
            () -> catalog.stats(),
            () -> catalog.export(new StringBuilder()),
            () -> catalog.backup(file.resolveSibling("backup.db")),
            () -> view.list());
    calls.forEach(ClosingTest::assertClosed);
    assertThat(file.resolveSibling("backup.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingTwice_isNoError(boolean inMemory) {
    var catalog = open(inMemory);
    catalog.close();
    catalog.close();
    assertClosed(catalog::list);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsUnderWay_endWhole_andLaterOnesAreRefused(boolean inMemory) throws Exception {
    var catalog = open(inMemory);
    var begun = new CountDownLatch(THREADS);
    var done = new ArrayList<Future<List<String>>>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (int t = 0; t < THREADS; t++) {
        boolean writes = t % 2 == 0;
        done.add(threads.submit(untilClosed(catalog, writes, begun)));
      }
      begun.await();
      catalog.close();
    }
    var acknowledged = new ArrayList<String>();
    for (var each : done) {
      acknowledged.addAll(each.get());
    }
    assertThat(acknowledged).isNotEmpty();
    if (!inMemory) {
      try (var again = ArtifactCatalog.open(file)) {
        assertThat(again.stats().artifacts()).isEqualTo(acknowledged.size());
        acknowledged.forEach(again::get);
        assertThat(problems(again)).isEmpty();
      }
    }
  }

  /** Uses a catalog until it is closed; answers what was registered. */
  private static Callable<List<String>> untilClosed(
      ArtifactCatalog catalog, boolean writes, CountDownLatch begun) {
    return () -> {
      var acknowledged = new ArrayList<String>();
      try {
        while (true) {
          if (writes) {
            acknowledged.add(catalog.register(artifact("m", "Model").tag("a", 1)).id());
          } else {
            assertThat(catalog.list()).allSatisfy(a -> assertThat(a.tags()).hasSize(1));
          }
          begun.countDown();
        }
      } catch (CatalogException e) {
        assertThat(e).hasMessageContaining("was closed");
        return acknowledged;
      }
    };
  }

  @Test
  void lastCloser_leavesTheFileWithoutALog() {
    ArtifactCatalog.open(file).close();
    assertThat(file.resolveSibling("catalog.db-wal")).doesNotExist();
    assertThat(file).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interruptedThread_finishesItsCall_andStaysInterrupted(boolean inMemory) {
    try (var catalog = open(inMemory)) {
      Thread.currentThread().interrupt();
      var made = catalog.register(artifact("m", "Model").content(new byte[] {1}));
      catalog.tag("m", "k", 1);
      assertThat(catalog.list(ListFilter.all()))
          .extracting(Artifact::id)
          .containsExactly(made.id());
      assertThat(catalog.search("k:1").items()).hasSize(1);
      catalog.backup(file.resolveSibling("backup.db"));
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    try (var copy = ArtifactCatalog.open(file.resolveSibling("backup.db"))) {
      assertThat(copy.get("m").tags()).containsEntry("k", 1L);
    }
  }

  @Test
  void interruptedThread_stopsHashing_andNothingIsRegistered() throws Exception {
    var content = Files.writeString(file.resolveSibling("content"), "content");
    try (var catalog = open(false)) {
      Thread.currentThread().interrupt();
      var error =
          catchThrowableOfType(
              CatalogException.class,
              () -> catalog.register(artifact("m", "Model").content(content)));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(error.code()).isEqualTo(ErrorCode.STORAGE);
      assertThat(error).hasMessageContaining("the thread was interrupted");
      assertThat(catalog.list().items()).isEmpty();
    }
  }

  @Test
  void interruptedThreads_disturbNoOther() throws Exception {
    try (var catalog = open(false);
        var threads = Executors.newFixedThreadPool(THREADS)) {
      var done =
          IntStream.range(0, THREADS)
              .mapToObj(
                  t ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < 30; i++) {
                              if (t % 2 == 0) {
                                Thread.currentThread().interrupt();
                              }
                              catalog.register(artifact("m", "Model").id(t + "-" + i));
                            }
                          }))
              .toList();
      for (var each : done) {
        each.get();
      }
      assertThat(catalog.versions("m", 1_000, null).items()).hasSize(THREADS * 30);
      assertThat(problems(catalog)).isEmpty();
    }
  }

  static List<String> problems(ArtifactCatalog catalog) {
    return ((LocalCatalogBackend) catalog.backend())
        .diagnose().stream().filter(Finding::problem).map(Finding::text).toList();
  }
}
