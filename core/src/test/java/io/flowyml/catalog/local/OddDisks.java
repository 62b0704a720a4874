package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Registration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full or cannot be written, each a small file system in memory. Run by
 * interop/run-disks, which may mount them, and must keep to permissions even where it is root.
 */
@Timeout(60)
class OddDisks {
  private static final String TEXT = "x".repeat(500);

  private Path disk;
  private Path file;

  @BeforeEach
  void mount(@TempDir Path folder) throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    file = disk.resolve("catalog.db");
    run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString());
  }

  private void remount(String options) throws Exception {
    run("mount", "-o", "remount," + options, disk.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
  }

  private static CatalogException refused(ErrorCode code, ThrowingCallable call) {
    var error = catchThrowableOfType(CatalogException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    return error;
  }

  private static void assertFull(ThrowingCallable call) {
    assertThat(refused(ErrorCode.STORAGE, call)).hasMessageContaining("no room left");
  }

  private void fillUp() throws IOException {
    var bytes = new byte[4096];
    try (var out = Files.newOutputStream(disk.resolve("filler"))) {
      while (true) {
        out.write(bytes);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static Registration big(String id) {
    return artifact("m", "Model").id(id).metadata("x", "x".repeat(5_000));
  }

  @Test
  void fullDisk_refusesWholly_readsGoOn_andWritesDoOnceThereIsRoom() throws Exception {
    try (var catalog = ArtifactCatalog.open(file)) {
      var acknowledged = new ArrayList<String>();
      assertFull(
          () -> {
            while (true) {
              acknowledged.add(catalog.register(big("id" + acknowledged.size())).id());
            }
          });
      assertThat(acknowledged).hasSizeGreaterThan(10);
      assertFull(() -> catalog.register(big("more")));
      assertFull(() -> catalog.registerAll(List.of(big("more"))));
      assertFull(() -> catalog.setMetadata("id0", Map.of("y", "y".repeat(5_000))));
      assertThat(catalog.versions("m", 1_000, null))
          .extracting(Artifact::id)
          .containsExactlyElementsOf(acknowledged.reversed());
      assertThat(catalog.search("m").items()).isNotEmpty();
      assertThat(ClosingTest.problems(catalog)).isEmpty();
      remount("size=8m");
      assertThat(catalog.register(big("later")).version())
          .isEqualTo(Integer.toString(acknowledged.size() + 1));
    }
    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(catalog.find("more")).isEmpty();
      assertThat(ClosingTest.problems(catalog)).isEmpty();
    }
  }

  @Test
  void batchThatFillsTheDisk_saysOfEachItemWhetherItIsThere() throws Exception {
    remount("size=7m");
    try (var catalog = ArtifactCatalog.open(file)) {
      var items =
          IntStream.range(0, 6_000)
              .mapToObj(i -> artifact("m" + i % 3, "Model").id("i" + i).metadata("x", TEXT))
              .toList();
      var outcomes = catalog.registerAll(items);
      assertThat(outcomes).hasSize(6_000);
      assertThat(outcomes.getLast().error().code()).isEqualTo(ErrorCode.STORAGE);
      for (int i = 0; i < items.size(); i++) {
        boolean created = outcomes.get(i).status() == Outcome.Status.CREATED;
        assertThat(catalog.find("i" + i).isPresent()).as("item %d", i).isEqualTo(created);
      }
      assertThat(outcomes.getFirst().status()).isEqualTo(Outcome.Status.CREATED);
      assertThat(ClosingTest.problems(catalog)).isEmpty();
    }
  }

  @Test
  void newCatalogOnAFullDisk_isRefused_andMadeOnceThereIsRoom() throws Exception {
    fillUp();
    assertFull(() -> ArtifactCatalog.open(file).close());
    Files.delete(disk.resolve("filler"));
    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(catalog.register(big("first")).version()).isEqualTo("1");
    }
  }

  @Test
  void backupToAFullDisk_leavesNothingThere(@TempDir Path elsewhere) throws Exception {
    fillUp();
    try (var catalog = ArtifactCatalog.open(elsewhere.resolve("catalog.db"))) {
      catalog.register(big("a"));
      var backup = disk.resolve("backup.db");
      assertThat(refused(ErrorCode.STORAGE, () -> catalog.backup(backup)))
          .hasMessageContaining("no room left")
          .hasMessageContaining(backup.toString());
      try (var names = Files.list(disk)) {
        assertThat(names).containsExactly(disk.resolve("filler"));
      }
      assertThat(ClosingTest.problems(catalog)).isEmpty();
    }
  }

  @Test
  void takeoverThatFillsTheDisk_losesNothing_andGoesOnOnceThereIsRoom() throws Exception {
    FlowymlRows.make(file, 9_000);
    assertFull(() -> ArtifactCatalog.open(file).close());
    remount("size=16m");
    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(catalog.stats().artifacts()).isEqualTo(9_000);
      assertThat(catalog.get("id9000").version()).isEqualTo("9000");
      assertThat(ClosingTest.problems(catalog)).isEmpty();
    }
  }

  @Test
  void readOnlyDisk_isReadAndNotWritten() throws Exception {
    try (var catalog = ArtifactCatalog.open(file)) {
      catalog.register(big("a").tag("team", "fraud"));
    }
    remount("ro");
    try (var catalog = ArtifactCatalog.open(file)) {
      assertReadOnly(catalog, "mounted read-only");
      catalog.backup(disk.resolveSibling("backup.db"));
    }
    try (var copy = ArtifactCatalog.open(disk.resolveSibling("backup.db"))) {
      assertThat(copy.register(big("b")).version()).isEqualTo("2");
    }
    assertThat(
            refused(
                ErrorCode.READ_ONLY, () -> ArtifactCatalog.open(disk.resolve("new.db")).close()))
        .hasMessageContaining("new.db");
  }

  private static void assertReadOnly(ArtifactCatalog catalog, String reason) {
    assertThat(catalog.get("a").tags()).containsEntry("team", "fraud");
    assertThat(catalog.search("team:fraud").items()).hasSize(1);
    assertThat(catalog.history("a").items()).hasSize(1);
    for (ThrowingCallable write :
        List.<ThrowingCallable>of(
            () -> catalog.register(big("b")),
            () -> catalog.registerAll(List.of(big("b"))),
            () -> catalog.tag("a", "k", 1),
            () -> catalog.delete("a"))) {
      assertThat(refused(ErrorCode.READ_ONLY, write)).hasMessageContaining(reason);
    }
    assertThat(ClosingTest.problems(catalog)).singleElement().asString().contains(reason);
  }

  @Test
  void fileOfFlowymlOnAReadOnlyDisk_isRefusedWithWhatToDo() throws Exception {
    FlowymlRows.make(file, 3);
    remount("ro");
    assertThat(refused(ErrorCode.READ_ONLY, () -> ArtifactCatalog.open(file).close()))
        .hasMessageContaining("copy it");
  }

  @Test
  void readOnlyDiskWithALogLeftOver_isRefusedWithWhatToDo() throws Exception {
    try (var writer = Worker.registering(file, "m", "id", 1_000_000)) {
      writer.awaitReady().go();
      assertThat(writer.line()).isEqualTo("id0 1");
      writer.kill();
    }
    assertThat(Files.size(disk.resolve("catalog.db-wal"))).isPositive();
    remount("ro");
    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(catalog.get("id0").version()).isEqualTo("1");
    }
    remount("rw");
    Files.delete(disk.resolve("catalog.db-shm"));
    remount("ro");
    assertThat(refused(ErrorCode.READ_ONLY, () -> ArtifactCatalog.open(file).close()))
        .hasMessageContaining("log");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void fileWithoutPermissionToWrite_isReadAndNotWritten() throws Exception {
    try (var catalog = ArtifactCatalog.open(file)) {
      catalog.register(big("a").tag("team", "fraud"));
    }
    permit(file, "r--r--r--");
    try (var catalog = ArtifactCatalog.open(file)) {
      assertReadOnly(catalog, "the file is not writable");
    }
    permit(file, "---------");
    assertThat(refused(ErrorCode.STORAGE, () -> ArtifactCatalog.open(file).close()))
        .hasMessageContaining("permissions");
  }

  @Test
  void fileThatOthersWrite_isNotReadAsIfNobodyDid() throws Exception {
    try (var owner = ArtifactCatalog.open(file)) {
      owner.register(big("a"));
    }
    permit(file, "r--r--r--");
    try (var reader = ArtifactCatalog.open(file)) {
      assertThat(reader.list().items()).hasSize(1);
      permit(file, "rw-r--r--");
      try (var owner = ArtifactCatalog.open(file)) {
        owner.register(big("b"));
        permit(file, "r--r--r--");
        assertThat(refused(ErrorCode.STORAGE, reader::list))
            .hasMessageContaining("written by others");
        try (var second = ArtifactCatalog.open(file)) {
          assertThat(second.list().items()).hasSize(2);
          owner.register(big("c"));
          assertThat(second.list().items()).hasSize(3);
        }
      }
      assertThat(refused(ErrorCode.STORAGE, reader::list)).hasMessageContaining("open it again");
    }
  }

  @Test
  void folderWithoutPermissionToWrite_isReadAndNotWritten() throws Exception {
    var folder = Files.createDirectory(disk.resolve("folder"));
    var inside = folder.resolve("catalog.db");
    try (var catalog = ArtifactCatalog.open(inside)) {
      catalog.register(big("a").tag("team", "fraud"));
    }
    permit(folder, "r-xr-xr-x");
    try (var catalog = ArtifactCatalog.open(inside)) {
      assertReadOnly(catalog, "is not writable");
      assertThat(refused(ErrorCode.STORAGE, () -> catalog.backup(folder.resolve("backup.db"))))
          .hasMessageContaining("backup.db");
    }
    assertThat(
            refused(
                ErrorCode.READ_ONLY, () -> ArtifactCatalog.open(folder.resolve("new.db")).close()))
        .hasMessageContaining("is not writable");
    assertThat(
            refused(
                ErrorCode.STORAGE,
                () -> ArtifactCatalog.open(folder.resolve("deeper/new.db")).close()))
        .hasMessageContaining("new.db");
    permit(folder, "rwxr-xr-x");
  }

  @Test
  void contentThatMayNotBeRead_isRefusedByItsName() throws Exception {
    try (var catalog = ArtifactCatalog.open(file)) {
      var folder = Files.createDirectory(disk.resolve("content"));
      var content = Files.writeString(folder.resolve("secret"), "content");
      permit(content, "---------");
      for (var path : List.of(content, folder)) {
        assertThat(
                refused(
                    ErrorCode.STORAGE,
                    () -> catalog.register(artifact("m", "Model").content(path))))
            .hasMessageContaining("secret may not be read");
      }
      permit(folder, "---------");
      refused(ErrorCode.STORAGE, () -> catalog.register(artifact("m", "Model").content(folder)));
      permit(folder, "rwxr-xr-x");
      assertThat(catalog.stats().seq()).isZero();
    }
  }
}
