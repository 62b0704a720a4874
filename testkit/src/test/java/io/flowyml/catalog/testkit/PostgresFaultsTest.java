package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.spi.Scope;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What becomes of a catalog whose PostgreSQL is not as it should be. */
class PostgresFaultsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static Registration model(String id) {
    return Registration.artifact("m", "Model").id(id);
  }

  private static CatalogException failed(ErrorCode code, ThrowingCallable call) {
    var error = catchThrowableOfType(CatalogException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    return error;
  }

  private static <T> List<T> inThreads(int threads, Callable<T> task) throws Exception {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var results = new ArrayList<T>();
      for (var future : pool.invokeAll(IntStream.range(0, threads).mapToObj(t -> task).toList())) {
        results.add(future.get());
      }
      return results;
    }
  }

  @Test
  void serversOpeningAnEmptyDatabaseAtOnce_allSucceed() throws Exception {
    var url = SERVER.newDatabase();
    var made =
        inThreads(
            6,
            () -> {
              try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url))) {
                return catalog.register(Registration.artifact("m", "Model")).version();
              }
            });
    assertThat(made).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
  }

  @Test
  void newerSchema_isRefused() {
    var url = SERVER.newDatabase();
    PostgresCatalogBackend.open(url).close();
    SERVER.run(url, "INSERT INTO schema_version VALUES (99)");
    assertThat(failed(ErrorCode.SCHEMA_TOO_NEW, () -> PostgresCatalogBackend.open(url)))
        .hasMessageContaining(url)
        .hasMessageContaining("99");
  }

  @Test
  void schemaThatBecomesNewer_isNotWrittenTo() {
    var url = SERVER.newDatabase();
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url))) {
      catalog.register(model("a"));
      SERVER.run(url, "INSERT INTO schema_version VALUES (99)");
      failed(ErrorCode.SCHEMA_TOO_NEW, () -> catalog.register(model("b")));
      SERVER.run(url, "DELETE FROM schema_version WHERE version = 99");
      assertThat(catalog.find("b")).isEmpty();
    }
  }

  @Test
  void nobodyThere_isToldWithTheAddressAndWithoutThePassword() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var url = "postgresql://ann:secret@localhost:%d/catalog".formatted(free);
    assertThat(failed(ErrorCode.UNREACHABLE, () -> PostgresCatalogBackend.open(url)))
        .hasMessageContaining("postgresql://ann@localhost:%d/catalog".formatted(free))
        .hasMessageNotContaining("secret");
  }

  @Test
  void missingDatabase_isNamed() {
    assertThat(
            failed(
                ErrorCode.STORAGE, () -> PostgresCatalogBackend.open(SERVER.url("no_such_thing"))))
        .hasMessageContaining("no_such_thing")
        .hasMessageContaining("createdb");
  }

  @Test
  void otherEncoding_isRefused() {
    SERVER.run(
        SERVER.url("postgres"),
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    assertThat(failed(ErrorCode.STORAGE, () -> PostgresCatalogBackend.open(SERVER.url("latin"))))
        .hasMessageContaining("LATIN1")
        .hasMessageContaining("UTF8");
  }

  @Test
  void backup_namesTheToolForIt() {
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(SERVER.newDatabase()))) {
      assertThat(failed(ErrorCode.INVALID_ARGUMENT, () -> catalog.backup(Path.of("x"))))
          .hasMessageContaining("pg_dump");
    }
  }

  @Test
  void textsThatPostgresCannotHold_areNotFound() {
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(SERVER.newDatabase()))) {
      catalog.register(model("a"));
      for (var text : List.of("a\0", "a\ud800", "m@\0", "m:\0")) {
        assertThat(catalog.backend().find(new Scope("default", "ann"), text)).isEmpty();
      }
    }
  }

  @Test
  void versionsLongerThanAnIndexEntry_areKept() {
    var version = "v".repeat(20_000);
    var line = "{\"name\":\"m\",\"artifact_type\":\"Model\",\"version\":\"%s\"}".formatted(version);
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(SERVER.newDatabase()))) {
      for (int i = 0; i < 2; i++) {
        Contract.imported(catalog, line);
      }
      assertThat(catalog.get("m:" + version).version()).isEqualTo(version);
      assertThat(catalog.get("m").version()).isEqualTo("1");
      assertThat(catalog.get("m").declaredVersion()).isEqualTo(version);
    }
  }

  @Test
  void projectHeldByAnother_isWaitedForNoLongerThanAsked() throws SQLException {
    var url = SERVER.newDatabase();
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url + "?patience=1"));
        var holder = SERVER.connect(url.replaceFirst(".*/", ""))) {
      catalog.register(model("a"));
      holder.setAutoCommit(false);
      holder.createStatement().execute("SELECT 1 FROM project FOR UPDATE");
      failed(ErrorCode.TIMEOUT, () -> catalog.register(model("b")));
      assertThat(catalog.project("other").register(model("b")).version()).isEqualTo("1");
      holder.rollback();
      assertThat(catalog.register(model("b")).version()).isEqualTo("2");
    }
  }

  @Test
  void allConnectionsInUse_isToldAsOverload() throws Exception {
    var url = SERVER.newDatabase();
    var reading = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    try (var catalog =
            ArtifactCatalog.open(PostgresCatalogBackend.open(url + "?patience=1&connections=2"));
        var pool = Executors.newSingleThreadExecutor()) {
      catalog.register(model("a"));
      var export =
          pool.submit(
              () -> {
                catalog.export(new Slow(reading, done));
                return true;
              });
      reading.await();
      assertThat(failed(ErrorCode.OVERLOADED, () -> catalog.get("a")))
          .hasMessageContaining("connections");
      done.countDown();
      assertThat(export.get()).isTrue();
      assertThat(catalog.get("a").name()).isEqualTo("m");
    }
  }

  /** Takes no second line before it is told to. */
  private record Slow(CountDownLatch begun, CountDownLatch mayGoOn) implements Appendable {
    @Override
    public Appendable append(CharSequence text) {
      begun.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) {
      return append(text);
    }

    @Override
    public Appendable append(char c) {
      return this;
    }
  }

  @Test
  void primaryThatTurnsReplica_isReadOnlyUntilTheNextOneIsThere() {
    var url = SERVER.newDatabase();
    var database = url.replaceFirst(".*/", "");
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url))) {
      catalog.register(model("a"));
      SERVER.run(
          SERVER.url("postgres"),
          "ALTER DATABASE %s SET default_transaction_read_only = on".formatted(database));
      SERVER.run(url, "SET default_transaction_read_only = off; " + TERMINATE);
      failed(ErrorCode.READ_ONLY, () -> catalog.register(model("b")));
      assertThat(catalog.get("a").version()).isEqualTo("1");
      SERVER.run(
          SERVER.url("postgres"),
          "ALTER DATABASE %s RESET default_transaction_read_only".formatted(database));
      assertThat(catalog.register(model("b")).version()).isEqualTo("2");
    }
  }

  private static final String TERMINATE =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()\
      """;

  @Test
  void connectionsTerminatedInALoop_loseNothingAcknowledged() throws Exception {
    var url = SERVER.newDatabase();
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url + "?patience=2"));
        var pool = Executors.newFixedThreadPool(4)) {
      var load = new WritersInTrouble(catalog);
      load.start(pool);
      while (load.isRunning()) {
        load.goOn(10);
        SERVER.run(url, TERMINATE);
      }
      load.assertNothingLost();
      assertThat(Examined.problems(catalog.backend())).isEmpty();
    }
  }
}
