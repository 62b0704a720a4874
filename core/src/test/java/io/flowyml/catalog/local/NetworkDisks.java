package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that lie on other machines, or where processes share no memory; in truth folders shown by
 * interop/network_disk.py. Run by interop/run-disks, which may mount them.
 */
@Timeout(60)
class NetworkDisks {
  private Path folder;
  private Path disk;
  private Process server;

  @BeforeEach
  void makeFolders(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
    disk = Files.createDirectory(temporary.resolve("disk"));
  }

  private void mount(String type, String... options) throws IOException {
    var script = Path.of("..", "interop", "network_disk.py").toAbsolutePath().toString();
    var command = new ArrayList<>(List.of("python3", script, type));
    command.addAll(List.of(folder.toString(), disk.toString()));
    command.addAll(List.of(options));
    server = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said = new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8);
    assertThat(new BufferedReader(said).readLine()).isEqualTo("ready");
  }

  @AfterEach
  void unmount() throws Exception {
    var umount = new ProcessBuilder("umount", "--lazy", disk.toString()).inheritIO().start();
    assertThat(umount.waitFor()).isZero();
    assertThat(server.waitFor()).isZero();
  }

  private CatalogException refused() {
    var file = disk.resolve("catalog.db");
    var error =
        catchThrowableOfType(CatalogException.class, () -> ArtifactCatalog.open(file).close());
    assertThat(error).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(ErrorCode.STORAGE);
    assertThat(error).hasMessageContaining(file.toString()).hasMessageContaining("local disk");
    return error;
  }

  private void assertHolds(String... names) throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly(names);
    }
  }

  @Test
  void networkDisk_isRefusedByItsType_andNothingIsMadeThere() throws Exception {
    mount("sshfs");
    assertThat(refused()).hasMessageContaining("a network file system (fuse.sshfs)");
    assertHolds();
  }

  @Test
  void catalogOnANetworkDisk_isNotWritten() throws Exception {
    ArtifactCatalog.open(folder.resolve("catalog.db")).close();
    var before = Files.readAllBytes(folder.resolve("catalog.db"));
    mount("sshfs");
    refused();
    assertThat(folder.resolve("catalog.db")).hasBinaryContent(before);
  }

  @Test
  void readOnlyNetworkDisk_isRead() throws Exception {
    try (var catalog = ArtifactCatalog.open(folder.resolve("catalog.db"))) {
      catalog.register(artifact("m", "Model").id("a").tag("team", "fraud"));
    }
    mount("sshfs", "ro");
    try (var catalog = ArtifactCatalog.open(disk.resolve("catalog.db"))) {
      assertThat(catalog.search("team:fraud").first().id()).isEqualTo("a");
      var error =
          catchThrowableOfType(CatalogException.class, () -> catalog.tag("a", "team", "other"));
      assertThat(error.code()).isEqualTo(ErrorCode.READ_ONLY);
    }
  }

  @Test
  void diskWithoutSharedMemory_isRefused_andNothingIsMadeThere() throws Exception {
    mount("odd", "unshared");
    assertThat(refused()).hasMessageContaining("cannot share memory");
    assertThat(folder.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void fileOfFlowymlWithoutSharedMemory_staysUsableForFlowyml() throws Exception {
    FlowymlRows.make(folder.resolve("catalog.db"), 3);
    mount("odd", "unshared");
    refused();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + disk.resolve("catalog.db"));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE artifacts SET name = 'other'");
      assertThat(statement.executeQuery("SELECT name FROM artifacts").getString(1))
          .isEqualTo("other");
    }
    assertHolds("catalog.db");
  }

  @Test
  void catalogWithALogWithoutSharedMemory_isRefusedAndLeftAsItIs() throws Exception {
    ArtifactCatalog.open(folder.resolve("catalog.db")).close();
    var before = Files.readAllBytes(folder.resolve("catalog.db"));
    mount("odd", "unshared");
    refused();
    assertThat(folder.resolve("catalog.db")).hasBinaryContent(before);
  }
}
