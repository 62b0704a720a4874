package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The numbered schema files, applied in their order; the database keeps the newest number. */
public final class Schema {
  /** The newest schema that this program knows. */
  public static final int VERSION = 1;

  private Schema() {}

  /**
   * Brings a database to the newest schema. Two processes may do so at once: the second waits, and
   * finds the work done.
   *
   * @param first what else belongs into the transaction that makes the tables
   */
  public static void migrate(Database database, Consumer<Session> first) {
    if (version(database) == VERSION) {
      return;
    }
    database.write(
        session -> {
          var dialect = session.dialect();
          dialect.lockSchema(session);
          int version = version(session, database.describe());
          for (int next = version + 1; next <= VERSION; next++) {
            session.script(resource(dialect.schemaFolder() + next + ".sql"));
            dialect.setSchemaVersion(session, next);
          }
          if (version == 0) {
            first.accept(session);
          }
          return true;
        });
  }

  /** The schema's number; fails with {@code schema_too_new} where this program is older. */
  public static int version(Database database) {
    return database.read(session -> version(session, database.describe()));
  }

  static int version(Session session, String where) {
    int version = session.dialect().schemaVersion(session);
    if (version > VERSION) {
      throw new CatalogException(
          ErrorCode.SCHEMA_TOO_NEW,
          "%s has schema %d, this program knows up to %d; use a newer flowyml-catalog"
              .formatted(where, version, VERSION));
    }
    return version;
  }

  private static String resource(String name) {
    try (var in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
