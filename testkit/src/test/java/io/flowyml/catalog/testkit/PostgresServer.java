package io.flowyml.catalog.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL server of this JVM, and databases on it. Its version is that of the binaries on the
 * class path.
 */
final class PostgresServer {
  private static final PostgresServer SHARED = new PostgresServer();

  private final EmbeddedPostgres server;
  private int databases;

  private PostgresServer() {
    try {
      // These tests are about what the catalog makes of a database, not about its disk.
      server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("max_connections", "200")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  static PostgresServer shared() {
    return SHARED;
  }

  /** The URL of a new database without a table. */
  synchronized String newDatabase() {
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
   * a new one. Emptying takes a third of the time that making one and its tables takes.
   */
  synchronized String emptyDatabase() {
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
          DO $$ BEGIN EXECUTE (SELECT 'TRUNCATE ' || string_agg(tablename, ', ') FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> 'schema_version'); END $$\
          """);
    }
  }

  String url(String database) {
    return "postgresql://postgres@localhost:%d/%s".formatted(server.getPort(), database);
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
