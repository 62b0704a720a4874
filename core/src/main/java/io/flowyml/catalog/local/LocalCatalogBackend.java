package io.flowyml.catalog.local;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.flowyml.Adoption;
import io.flowyml.catalog.internal.flowyml.FlowymlDiagnosis;
import io.flowyml.catalog.internal.flowyml.FlowymlTable;
import io.flowyml.catalog.internal.sql.Database;
import io.flowyml.catalog.internal.sql.Diagnosis;
import io.flowyml.catalog.internal.sql.Mirror;
import io.flowyml.catalog.internal.sql.Schema;
import io.flowyml.catalog.internal.sql.Session;
import io.flowyml.catalog.internal.sql.SqlCatalogBackend;
import io.flowyml.catalog.internal.sql.SqliteDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in a SQLite file, which FlowyML's Python backend may use at the same time, or in
 * memory. Any number of threads and processes of one machine share a file.
 *
 * @since 0.1
 */
public final class LocalCatalogBackend extends SqlCatalogBackend {
  /** How long a call waits for another process; FlowyML's own limit is 5 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private LocalCatalogBackend(Database database, @Nullable Mirror mirror) {
    super(database, mirror);
  }

  /**
   * Opens a file, and makes it and its folder where they are not there. A file that FlowyML made is
   * taken over in place. Media that cannot be written are opened for reading.
   *
   * <p>Fails with {@code corrupt} where the file is not a catalog, {@code schema_too_new}, {@code
   * timeout} where another process holds it too long, or {@code storage}.
   *
   * @param path of the file
   * @return the backend, to be closed
   */
  public static LocalCatalogBackend open(Path path) {
    return open(path, PATIENCE);
  }

  static LocalCatalogBackend open(Path path, Duration patience) {
    var file = CatalogFile.at(path);
    boolean writable = file.readOnlyReason() == null;
    if (writable && !file.logsAhead()) {
      file.tryLog();
    }
    var database =
        SqliteDatabase.file(
            file.url(), "SQLite file " + file.path(), file.readOnlyReason(), patience);
    try {
      database.beforeReading(file.unchanged());
      refuseForeign(database);
      if (!writable) {
        refuseUnprepared(database, file);
        return new LocalCatalogBackend(database, null);
      }
      if (!file.logsAhead()) {
        logAhead(database, file.path(), patience);
      }
      Schema.migrate(database, FlowymlTable::install);
      var table = new FlowymlTable();
      if (!database.read(FlowymlTable::isInstalled)) {
        database.write(session -> installBeside(session, table));
      }
      Adoption.run(database, (done, total) -> {});
      return new LocalCatalogBackend(database, table);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Refuses a database that neither the catalog nor FlowyML made, before it is changed. */
  private static void refuseForeign(Database database) {
    var tables =
        database.read(
            session ->
                FlowymlTable.isTheirs(session)
                    ? List.of()
                    : session.list(
                        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
                        r -> r.getString(1)));
    if (!tables.isEmpty() && !tables.containsAll(List.of("artifact", "event", "project"))) {
      throw new CatalogException(
          ErrorCode.CORRUPT,
          "%s is of another program: it has the table %s; name another file"
              .formatted(database.describe(), tables.getFirst()));
    }
  }

  /** Gives FlowyML's table to a copy of a catalog in memory, which had none. */
  private static boolean installBeside(Session session, FlowymlTable table) {
    if (!FlowymlTable.isInstalled(session)) {
      FlowymlTable.install(session);
      table.showAll(session);
    }
    return true;
  }

  /**
   * A catalog that is gone when it is closed.
   *
   * @return an empty one, gone when it is closed
   */
  public static LocalCatalogBackend inMemory() {
    var database = SqliteDatabase.inMemory();
    Schema.migrate(database, session -> {});
    return new LocalCatalogBackend(database, null);
  }

  private static void refuseUnprepared(Database database, CatalogFile file) {
    if (Schema.version(database) != Schema.VERSION) {
      throw new CatalogException(
          ErrorCode.READ_ONLY,
          "%s has to be prepared for this version first, and cannot be written: %s; copy it to where it can"
              .formatted(file.path(), file.readOnlyReason()));
    }
  }

  /**
   * Switches the file to a write-ahead log, so that readers never wait and a commit is one write to
   * the disk. The switch needs the file alone for a moment, and SQLite does not wait for that.
   */
  private static void logAhead(SqliteDatabase database, Path path, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        var mode = database.journalMode("wal");
        if (!mode.equals("wal")) {
          throw new CatalogException(
              ErrorCode.STORAGE,
              "%s cannot have a write-ahead log (SQLite answers \"%s\"), as on network file systems; use a local disk"
                  .formatted(path, mode));
        }
        return;
      } catch (CatalogException e) {
        if (e.code() != ErrorCode.TIMEOUT || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /**
   * Examines the file: whether SQLite finds it sound, whether the tables agree with each other, and
   * what FlowyML wrote that had to be corrected. Reads everything, changes nothing.
   */
  @Override
  public List<Finding> diagnose() {
    return database.read(
        session -> {
          var findings = new ArrayList<Finding>();
          findings.add(new Finding(false, database.describe()));
          var reason = database.readOnlyReason();
          if (reason != null) {
            findings.add(new Finding(true, "it can only be read: " + reason));
          }
          findings.add(
              new Finding(
                  false,
                  "schema %d, journal mode %s, SQLite %s"
                      .formatted(
                          Schema.VERSION,
                          session.first("PRAGMA journal_mode", r -> r.getString(1)),
                          session.first("SELECT sqlite_version()", r -> r.getString(1)))));
          for (var line : session.list("PRAGMA integrity_check", r -> r.getString(1))) {
            findings.add(
                line.equals("ok")
                    ? new Finding(false, "SQLite finds the file sound")
                    : new Finding(true, line + "; restore the file from a backup"));
          }
          Diagnosis.contradictions(session)
              .forEach(line -> findings.add(new Finding(true, line + "; restore from a backup")));
          findings.add(
              new Finding(
                  false, Diagnosis.unindexed(session) + " changes wait to be indexed for search"));
          if (FlowymlTable.isInstalled(session)) {
            diagnoseFlowyml(session, findings);
          }
          return findings;
        });
  }

  private static void diagnoseFlowyml(Session session, List<Finding> findings) {
    findings.add(
        new Finding(
            false, FlowymlDiagnosis.waiting(session) + " writes of FlowyML wait to be taken in"));
    for (var problem : FlowymlDiagnosis.problems(session)) {
      findings.add(
          new Finding(
              true,
              "artifact %s, which FlowyML wrote: %s %s; correct it in FlowyML's table"
                  .formatted(problem.id(), problem.column(), problem.problem())));
    }
    FlowymlDiagnosis.disagreements(session)
        .forEach(line -> findings.add(new Finding(true, line + "; restore from a backup")));
  }

  @Override
  public void backup(Path target) {
    var path = target.toAbsolutePath().normalize();
    if (Files.exists(path)) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, path + " exists already; name a file that does not");
    }
    takeInNews();
    var partial = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ".partial");
    try {
      Files.createDirectories(partial.getParent());
      ((SqliteDatabase) database).copyTo(partial);
      try (var written = new RandomAccessFile(partial.toFile(), "rw")) {
        written.getFD().sync();
      }
      Files.move(partial, path);
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          "the backup " + path + " cannot be written: " + e,
          withoutRemains(partial, e));
    } catch (RuntimeException e) {
      throw withoutRemains(partial, e);
    }
  }

  /** The failure, once what the copy left is removed. */
  private static <E extends Exception> E withoutRemains(Path partial, E cause) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }
}
