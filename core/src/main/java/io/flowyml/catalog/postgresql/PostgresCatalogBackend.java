package io.flowyml.catalog.postgresql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.sql.Database;
import io.flowyml.catalog.internal.sql.Diagnosis;
import io.flowyml.catalog.internal.sql.PostgresDatabase;
import io.flowyml.catalog.internal.sql.Schema;
import io.flowyml.catalog.internal.sql.SqlCatalogBackend;
import io.flowyml.catalog.local.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in a PostgreSQL database, 15 or newer, which any number of programs on any number of
 * machines share. The driver ({@code org.postgresql:postgresql}) and the pool ({@code
 * com.zaxxer:HikariCP}) have to be on the class path; the library does not bring them.
 *
 * @since 0.1
 */
public final class PostgresCatalogBackend extends SqlCatalogBackend {
  private final PostgresUrl url;

  private PostgresCatalogBackend(Database database, PostgresUrl url) {
    super(database, null);
    this.url = url;
  }

  /**
   * Connects to a database, and makes the catalog's tables where they are not there. Of programs
   * that do so at the same time one makes them, and the others wait.
   *
   * <p>Fails with {@code invalid_argument} for a URL that is none, {@code unreachable}, {@code
   * schema_too_new}, or {@code storage} where the database refuses the user, or is too old.
   *
   * @param url {@code postgresql://user:password@host:5432/database?sslmode=verify-full}; the
   *     parameters are the driver's, and {@code connections}, the most to have open at once (12),
   *     and {@code patience}, the seconds that a call waits for one of them, or for another writer
   *     of its project (10)
   * @return the backend, to be closed
   */
  public static PostgresCatalogBackend open(String url) {
    return open(url, null);
  }

  /**
   * As {@link #open(String)}, with a password that is not in the URL.
   *
   * @param url as for {@link #open(String)}
   * @param password {@code null} for the URL's own, if it has one
   * @return the backend, to be closed
   */
  public static PostgresCatalogBackend open(String url, @Nullable String password) {
    var parsed = PostgresUrl.parse(url).withPassword(password);
    var database = connect(parsed);
    try {
      Schema.migrate(database, session -> {});
      return new PostgresCatalogBackend(database, parsed);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Database connect(PostgresUrl url) {
    try {
      return PostgresDatabase.open(
          url.jdbcUrl(), url.properties(), url.description(), url.connections(), url.patience());
    } catch (NoClassDefFoundError e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "a catalog on PostgreSQL needs org.postgresql:postgresql and com.zaxxer:HikariCP on the"
              + " class path; add them to your build",
          e);
    }
  }

  @Override
  public List<Finding> diagnose() {
    return database.read(
        session -> {
          session.run("SET LOCAL statement_timeout = 0");
          var findings = new ArrayList<Finding>();
          findings.add(new Finding(false, database.describe()));
          findings.add(
              new Finding(
                  false,
                  "schema %d, PostgreSQL %s"
                      .formatted(
                          Schema.VERSION,
                          session.first("SHOW server_version", r -> r.getString(1)))));
          Diagnosis.contradictions(session)
              .forEach(line -> findings.add(new Finding(true, line + "; restore from a backup")));
          findings.add(
              new Finding(
                  false, Diagnosis.unindexed(session) + " changes wait to be indexed for search"));
          return findings;
        });
  }

  @Override
  public void backup(Path target) {
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "%s is backed up by PostgreSQL's own tools while it is in use: pg_dump --format=custom --file=%s %s"
            .formatted(database.describe(), target, url.shown()));
  }
}
