package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path may lead to instead of a catalog. */
@Timeout(60)
class OpeningTest {
  private Path folder;
  private Path file;

  @BeforeEach
  void name(@TempDir Path temporary) {
    folder = temporary;
    file = temporary.resolve("catalog.db");
  }

  private static CatalogException refused(Path path, ErrorCode code) {
    var error =
        catchThrowableOfType(
            CatalogException.class,
            () -> {
              try (var catalog = ArtifactCatalog.open(path)) {
                throw new AssertionError("opened with " + catalog.stats());
              }
            });
    assertThat(error).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(error).hasMessageContaining(path.toString());
    return error;
  }

  private void execute(String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void fill() {
    try (var catalog = ArtifactCatalog.open(file)) {
      catalog.registerAll(
          IntStream.range(0, 500)
              .mapToObj(i -> artifact("m" + i % 5, "Model").id("m" + i).tag("i", i))
              .toList());
    }
  }

  @Test
  void foldersThatAreMissing_areMade() {
    file = folder.resolve("a/b/.flowyml/catalog.db");
    fill();
    assertThat(file).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.db",
        "what?.db",
        "100%.db",
        "a%20b.db",
        "a#b.db",
        "a&b=c.db",
        "日本語 é😀.db",
        "'\".db",
        "file:x.db",
        ":memory:",
        "a;b.db",
        "a?mode=memory",
        "x?cache=shared&vfs=none"
      })
  void oddFileNames_areJustNames(String name) throws IOException {
    file = Files.createDirectory(folder.resolve("in " + name)).resolve(name);
    fill();
    assertThat(file).isNotEmptyFile();
    try (var catalog = ArtifactCatalog.open(file);
        var names = Files.list(file.getParent())) {
      assertThat(catalog.get("m7").name()).isEqualTo("m2");
      assertThat(names.map(p -> p.getFileName().toString())).allMatch(n -> n.startsWith(name));
    }
  }

  @RepeatedTest(10)
  void readersOfTheFirstRegistration_seeNothingOrAllOfIt() throws Exception {
    try (var catalog = ArtifactCatalog.open(file);
        var threads = Executors.newFixedThreadPool(7)) {
      var readers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 6; i++) {
        readers.add(
            threads.submit(
                () -> {
                  int seen = 0;
                  while (seen == 0) {
                    seen = catalog.list().items().size();
                  }
                  return seen;
                }));
      }
      threads.submit(() -> catalog.register(artifact("m", "Model"))).get();
      for (var reader : readers) {
        assertThat(reader.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void linkToACatalog_opensIt() throws IOException {
    fill();
    var link = Files.createSymbolicLink(folder.resolve("link.db"), file);
    try (var catalog = ArtifactCatalog.open(link);
        var direct = ArtifactCatalog.open(file)) {
      catalog.register(artifact("m", "Model").id("by-link"));
      assertThat(direct.get("by-link").id()).isEqualTo("by-link");
    }
  }

  @Test
  void linkLoop_isAStorageErrorNamingIt() throws IOException {
    var link = folder.resolve("link.db");
    Files.createSymbolicLink(link, folder.resolve("other.db"));
    Files.createSymbolicLink(folder.resolve("other.db"), link);
    refused(link, ErrorCode.STORAGE);
  }

  @Test
  void folder_isRefused() {
    assertThat(refused(folder, ErrorCode.INVALID_ARGUMENT)).hasMessageContaining("is a folder");
  }

  @Test
  void fileWhereAFolderIsNeeded_isAStorageErrorNamingIt() throws IOException {
    var text = Files.writeString(folder.resolve("text"), "text");
    refused(text.resolve("catalog.db"), ErrorCode.STORAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "id,name\n1,raw\n", "SQLite format 2", "SQLite format 3"})
  void anotherFile_isRefusedAndLeftAsItIs(String text) throws IOException {
    Files.writeString(file, text);
    assertThat(refused(file, ErrorCode.CORRUPT)).hasMessageContaining("is not a SQLite file");
    assertThat(file).hasContent(text);
    assertOnlyTheFile();
  }

  @Test
  void headerWithNothingSoundBehind_isRefusedAndLeftAsItIs() throws IOException {
    var bytes = ("SQLite format 3\0" + "x".repeat(5000)).getBytes(StandardCharsets.US_ASCII);
    Files.write(file, bytes);
    refused(file, ErrorCode.CORRUPT);
    assertThat(file).hasBinaryContent(bytes);
  }

  private void assertOnlyTheFile() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void emptyFile_becomesACatalog() throws IOException {
    Files.createFile(file);
    fill();
    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(catalog.stats().artifacts()).isEqualTo(500);
    }
  }

  @Test
  void databaseOfAnotherProgram_isRefusedAndLeftAsItIs() throws Exception {
    execute("CREATE TABLE places (id INTEGER PRIMARY KEY, url TEXT)");
    var before = Files.readAllBytes(file);
    assertThat(refused(file, ErrorCode.CORRUPT)).hasMessageContaining("places");
    assertThat(file).hasBinaryContent(before);
    execute("PRAGMA user_version = 1");
    assertThat(refused(file, ErrorCode.CORRUPT)).hasMessageContaining("places");
    execute("PRAGMA user_version = 75");
    assertThat(refused(file, ErrorCode.CORRUPT)).hasMessageContaining("places");
  }

  @Test
  void tableArtifactsOfAnotherProgram_isRefusedAndLeftAsItIs() throws Exception {
    execute("CREATE TABLE artifacts (id INTEGER PRIMARY KEY, price REAL)");
    var before = Files.readAllBytes(file);
    assertThat(refused(file, ErrorCode.CORRUPT)).hasMessageContaining("artifacts");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void newerSchema_isRefusedWithWhatToDo_andLeftAsItIs() throws Exception {
    fill();
    execute("PRAGMA user_version = 7");
    assertThat(refused(file, ErrorCode.SCHEMA_TOO_NEW))
        .hasMessageContaining("schema 7")
        .hasMessageContaining("use a newer flowyml-catalog");
    execute("PRAGMA user_version = 1");
    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(catalog.stats().artifacts()).isEqualTo(500);
    }
  }

  @Test
  void schemaThatBecameNewerMeanwhile_isNotWrittenTo() throws Exception {
    fill();
    try (var catalog = ArtifactCatalog.open(file)) {
      execute("PRAGMA user_version = 7");
      var error =
          catchThrowableOfType(
              CatalogException.class, () -> catalog.register(artifact("m", "Model")));
      assertThat(error).isNotNull();
      assertThat(error.code()).isEqualTo(ErrorCode.SCHEMA_TOO_NEW);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 18, 20, 60, 99, 100, 512, 4095, 4096, 4097, 8192, 40_000})
  void truncatedFile_isRefusedOrFoundDamaged(int size) throws Exception {
    fill();
    var whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, size));
    refused(file, ErrorCode.CORRUPT);
    assertThat(Files.size(file)).isEqualTo(size);
  }

  @Test
  void processesOpeningANewFileAtOnce_allSucceed() throws Exception {
    var workers = new ArrayList<Worker>();
    try {
      for (int i = 0; i < 4; i++) {
        workers.add(Worker.registering(file, "m", "p" + i + "-", 5));
      }
      for (var worker : workers) {
        worker.awaitReady();
      }
      for (var worker : workers) {
        worker.go();
      }
      var said = new ArrayList<String>();
      for (var worker : workers) {
        said.addAll(worker.rest());
      }
      assertThat(said.stream().map(line -> line.replaceFirst(".* ", "")).map(Integer::valueOf))
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    } finally {
      workers.forEach(Worker::close);
    }
    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(ClosingTest.problems(catalog)).isEmpty();
    }
  }

  @Test
  void threadsOpeningANewFileAtOnce_allSucceed() throws Exception {
    try (var threads = java.util.concurrent.Executors.newFixedThreadPool(8)) {
      var opened =
          IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> ArtifactCatalog.open(file)))
              .toList();
      var versions = new ArrayList<String>();
      for (var each : opened) {
        try (var catalog = each.get()) {
          versions.add(catalog.register(artifact("m", "Model")).version());
        }
      }
      assertThat(versions).isEqualTo(List.of("1", "2", "3", "4", "5", "6", "7", "8"));
    }
  }
}
