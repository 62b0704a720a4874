package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.sql.SqliteDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk when a call returns, and what a copy of it holds. */
@Timeout(60)
class BackupTest {
  private Path folder;
  private Path file;

  @BeforeEach
  void name(@TempDir Path temporary) {
    folder = temporary;
    file = temporary.resolve("catalog.db");
  }

  private Path copied(String name, String... suffixes) throws Exception {
    for (var suffix : suffixes) {
      Files.copy(folder.resolve("catalog.db" + suffix), folder.resolve(name + suffix));
    }
    return folder.resolve(name);
  }

  @Test
  void whatRegisterReturned_isInTheFileAndItsLog_andNotInTheFileAlone() throws Exception {
    ArtifactCatalog.open(file).close();
    try (var catalog = ArtifactCatalog.open(file)) {
      var id = catalog.register(artifact("m", "Model")).id();
      // as after a loss of power: nobody closed anything
      try (var both = ArtifactCatalog.open(copied("both.db", "", "-wal"))) {
        assertThat(both.get(id).version()).isEqualTo("1");
        assertThat(ClosingTest.problems(both)).isEmpty();
      }
      try (var alone = ArtifactCatalog.open(copied("alone.db", ""))) {
        assertThat(alone.find(id)).isEmpty();
      }
    }
  }

  @Test
  void everyCommit_waitsForTheDisk() {
    ArtifactCatalog.open(file).close();
    try (var database =
        SqliteDatabase.file(file.toUri().toString(), "the file", null, Duration.ofSeconds(1))) {
      Long synchronous = database.write(session -> session.number("PRAGMA synchronous"));
      assertThat(synchronous).as("2 is FULL").isEqualTo(2);
      String mode =
          database.write(session -> session.first("PRAGMA journal_mode", r -> r.getString(1)));
      assertThat(mode).isEqualTo("wal");
    }
  }

  @Test
  void backupWhileOthersWrite_isOneStateOfThem() throws Exception {
    var stop = new AtomicBoolean();
    try (var catalog = ArtifactCatalog.open(file);
        var threads = Executors.newFixedThreadPool(2)) {
      catalog.register(artifact("m", "Model").tag("a", 0).tag("b", 0));
      var writers =
          IntStream.range(0, 2)
              .mapToObj(
                  t ->
                      threads.submit(
                          () -> {
                            while (!stop.get()) {
                              catalog.register(artifact("m", "Model").tag("a", t).tag("b", t));
                            }
                          }))
              .toList();
      try {
        for (int i = 0; i < 5; i++) {
          var backup = folder.resolve("backup" + i + ".db");
          catalog.backup(backup);
          assertWhole(backup);
        }
      } finally {
        stop.set(true);
      }
      for (var writer : writers) {
        writer.get();
      }
    }
  }

  private static void assertWhole(Path backup) {
    try (var copy = ArtifactCatalog.open(backup)) {
      long artifacts = copy.stats().artifacts();
      assertThat(artifacts).isPositive().isEqualTo(copy.stats().seq());
      assertThat(copy.get("m").version()).isEqualTo(Long.toString(artifacts));
      assertThat(copy.list().items())
          .allSatisfy(a -> assertThat(a.tags().get("a")).isEqualTo(a.tags().get("b")));
      assertThat(ClosingTest.problems(copy)).isEmpty();
    }
  }

  @Test
  void backupOverAnotherFile_isRefused() throws Exception {
    var other = Files.writeString(folder.resolve("other"), "precious");
    try (var catalog = ArtifactCatalog.open(file)) {
      for (var target : List.of(other, file, folder)) {
        var error = catchThrowableOfType(CatalogException.class, () -> catalog.backup(target));
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(error).hasMessageContaining("exists already");
      }
    }
    assertThat(other).hasContent("precious");
  }

  @Test
  void backupOfACatalogInMemory_isACatalogThatFlowymlReads() {
    var backup = folder.resolve("deeper/backup.db");
    try (var catalog = ArtifactCatalog.inMemory()) {
      catalog.register(artifact("m", "Model").id("a"));
      catalog.register(artifact("m", "Model").id("gone"));
      catalog.delete("gone");
      catalog.backup(backup);
    }
    try (var copy = ArtifactCatalog.open(backup)) {
      assertThat(copy.list().items()).extracting(Artifact::id).containsExactly("a");
      assertThat(ClosingTest.problems(copy)).isEmpty();
    }
  }
}
