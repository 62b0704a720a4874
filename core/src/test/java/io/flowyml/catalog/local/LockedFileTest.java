package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the file's lock: calls wait, but not for ever. */
@Timeout(60)
class LockedFileTest {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** Far above the patience, far below what would be an unbounded wait. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  private Path file;

  @BeforeEach
  void name(@TempDir Path folder) {
    file = folder.resolve("catalog.db");
  }

  private ArtifactCatalog open() {
    return ArtifactCatalog.open(LocalCatalogBackend.open(file, PATIENCE));
  }

  private void assertTimesOut(ThrowingCallable call) {
    // also sooner than the patience, in the group of one that has waited for long
    long started = System.nanoTime();
    var error = catchThrowableOfType(CatalogException.class, call);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(BOUND);
    assertThat(error).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(error)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("locked by another process for over 0.2 s");
  }

  @Test
  void writes_timeOutWholly_andReadsGoOn() throws Exception {
    try (var catalog = open()) {
      catalog.register(artifact("m", "Model").id("m"));
      try (var other = Worker.holding(file, "BEGIN IMMEDIATE")) {
        assertTimesOut(() -> catalog.register(artifact("m", "Model")));
        assertTimesOut(() -> catalog.registerAll(List.of(artifact("m", "Model"))));
        assertTimesOut(() -> catalog.tag("m", "k", 1));
        assertTimesOut(() -> catalog.delete("m"));
        assertThat(catalog.get("m").tags()).isEmpty();
        catalog.backup(file.resolveSibling("backup.db"));
        try (var second = open()) {
          assertThat(second.list().items()).hasSize(1);
        }
        other.go();
        other.rest();
      }
      assertThat(catalog.register(artifact("m", "Model")).version()).isEqualTo("2");
      assertThat(ClosingTest.problems(catalog)).isEmpty();
    }
  }

  @Test
  void threadsThatWaitTogether_timeOutTogether() throws Exception {
    try (var catalog = open();
        var other = Worker.holding(file, "BEGIN IMMEDIATE");
        var threads = Executors.newFixedThreadPool(8)) {
      long started = System.nanoTime();
      var calls =
          IntStream.range(0, 8)
              .mapToObj(
                  t ->
                      threads.submit(
                          () -> assertTimesOut(() -> catalog.register(artifact("m", "Model")))))
              .toList();
      for (var call : calls) {
        call.get();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(BOUND);
      other.go();
      other.rest();
      assertThat(catalog.stats().artifacts()).isZero();
    }
  }

  @Test
  void fileOfOneProcessAlone_timesOutForReadsToo() throws Exception {
    open().close();
    try (var other =
        Worker.holding(
            file, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "DELETE FROM event")) {
      assertTimesOut(() -> open().close());
      other.go();
      other.rest();
    }
    try (var catalog = open()) {
      assertThat(catalog.list().items()).isEmpty();
    }
  }

  @Test
  void fileOfFlowyml_isLeftAsItIsUntilItIsFree() throws Exception {
    FlowymlRows.make(file, 1);
    var before = Files.readAllBytes(file);
    try (var other = Worker.holding(file, "BEGIN EXCLUSIVE")) {
      assertTimesOut(() -> open().close());
      assertThat(file).hasBinaryContent(before);
      other.go();
      other.rest();
    }
    try (var catalog = open()) {
      assertThat(catalog.get("id1").name()).isEqualTo("n");
    }
  }

  @Test
  void waitThatIsShorterThanThePatience_succeeds() throws Exception {
    open().close();
    try (var other = Worker.holding(file, "BEGIN IMMEDIATE");
        var catalog = ArtifactCatalog.open(file);
        var threads = Executors.newSingleThreadExecutor()) {
      var call = threads.submit(() -> catalog.register(artifact("m", "Model")));
      other.go();
      other.rest();
      assertThat(call.get().version()).isEqualTo("1");
    }
  }
}
