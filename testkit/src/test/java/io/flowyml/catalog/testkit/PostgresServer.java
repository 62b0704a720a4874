package io.flowyml.catalog.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/**
 * A PostgreSQL server of this JVM, and empty databases on it. Its version is that of the binaries
 * on the class path.
 */
final class PostgresServer {
  private static final PostgresServer SHARED = new PostgresServer();

  private final EmbeddedPostgres server;
  private int databases;

  private PostgresServer() {
    try {
      // The tests are about what the catalog makes of a database, not about its disk.
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
  synchronized String emptyDatabase() {
    var name = "catalog" + databases++;
    run("CREATE DATABASE " + name);
    return url(name);
  }

  private String url(String database) {
    return "postgresql://postgres@localhost:%d/%s".formatted(server.getPort(), database);
  }

  void run(String sql) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql + " failed", e);
    }
  }
}
