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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
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
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
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
   */
  public static LocalCatalogBackend open(Path path) {
    var file = CatalogFile.at(path);
    var database =
        SqliteDatabase.file(file.url(), "SQLite file " + file.path(), file.readOnlyReason());
    try {
      if (file.readOnlyReason() != null) {
        refuseUnprepared(database, file);
        return new LocalCatalogBackend(database, null);
      }
      logAhead(database, file.path());
      Schema.migrate(database, FlowymlTable::install);
      Adoption.run(database, (done, total) -> {});
      return new LocalCatalogBackend(database, new FlowymlTable());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** A catalog that is gone when it is closed. */
  public static LocalCatalogBackend inMemory() {
    var database = SqliteDatabase.inMemory();
    Schema.migrate(database, session -> {});
    return new LocalCatalogBackend(database, null);
  }

  private static void refuseUnprepared(Database database, CatalogFile file) {
    if (database.read(Schema::version) != Schema.VERSION) {
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
  private static void logAhead(SqliteDatabase database, Path path) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
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
                          Schema.version(session),
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
    try {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      var partial = path.resolveSibling(path.getFileName() + ".partial");
      Files.deleteIfExists(partial);
      ((SqliteDatabase) database).copyTo(partial);
      try (var written = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(partial, path);
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE, "the backup " + path + " cannot be written: " + e, e);
    }
  }
}
