package io.flowyml.catalog.local;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.sql.SqliteDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a catalog's path before SQLite opens it.
 *
 * @param logsAhead whether its header says that it has a write-ahead log: then SQLite uses one, or
 *     does not open it
 */
record CatalogFile(Path path, @Nullable String readOnlyReason, boolean logsAhead) {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** The bytes of the header that say which versions of the format may write and read the file. */
  private static final int WRITE_VERSION = 18;

  private static final int READ_VERSION = 19;
  private static final int WITH_LOG = 2;

  /** File systems of other machines: SQLite's log needs memory that all its users share. */
  private static final Set<String> REMOTE =
      Set.of(
          "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs");

  /** Looks at a path, and makes its folder where neither is there. */
  static CatalogFile at(Path given) {
    var path = given.toAbsolutePath().normalize();
    try {
      if (Files.isDirectory(path)) {
        throw new CatalogException(
            ErrorCode.INVALID_ARGUMENT,
            path + " is a folder; name a file in it, such as catalog.db");
      }
      boolean exists = Files.exists(path);
      if (!exists && path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      var head = exists ? head(path) : new byte[0];
      var reason = readOnlyReason(path, exists);
      if (reason != null && !exists) {
        throw new CatalogException(
            ErrorCode.READ_ONLY, "no catalog can be made at " + path + ": " + reason);
      }
      refuseRemote(path, reason);
      return new CatalogFile(path, reason, logsAhead(head));
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          "catalog " + path + " cannot be opened: " + e + "; check the path and its permissions",
          e);
    }
  }

  private static byte[] head(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      var head = in.readNBytes(READ_VERSION + 1);
      if (head.length > 0 && !Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC)) {
        throw new CatalogException(
            ErrorCode.CORRUPT,
            path
                + " is not a SQLite file, or its beginning is damaged; name another file, or"
                + " restore a backup");
      }
      return head;
    }
  }

  private static boolean logsAhead(byte[] head) {
    return head.length > READ_VERSION
        && head[WRITE_VERSION] == WITH_LOG
        && head[READ_VERSION] == WITH_LOG;
  }

  private static @Nullable String readOnlyReason(Path path, boolean exists) throws IOException {
    var folder = path.getParent();
    if (exists && Files.getFileStore(path).isReadOnly()) {
      return "the disk is mounted read-only";
    }
    if (exists && !Files.isWritable(path)) {
      return "the file is not writable";
    }
    return folder != null && !Files.isWritable(folder)
        ? "its folder " + folder + " is not writable, and the log lies beside the file"
        : null;
  }

  private static void refuseRemote(Path path, @Nullable String readOnlyReason) throws IOException {
    var folder = path.getParent();
    if (folder == null || readOnlyReason != null) {
      return;
    }
    var type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
    if (REMOTE.contains(type)) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          "%s lies on a network file system (%s), where SQLite cannot keep several writers apart; use a local disk, or a server"
              .formatted(path, type));
    }
  }

  /**
   * Refuses a disk on which SQLite cannot keep a log, before the file is switched to one: SQLite
   * answers that it was, and then neither it nor FlowyML could open the file again.
   */
  void tryLog() {
    var scratch = beside("." + UUID.randomUUID() + ".probe");
    try {
      SqliteDatabase.tryLog(scratch, path.toString());
    } finally {
      for (var suffix : List.of("", "-wal", "-shm", "-journal")) {
        var left = scratch.resolveSibling(scratch.getFileName() + suffix).toFile();
        if (left.exists() && !left.delete()) {
          left.deleteOnExit();
        }
      }
    }
  }

  /** The name under which SQLite opens the file: a URI, since a path may hold {@code ?}. */
  String url() {
    var uri = path.toUri().toString().replaceFirst("^file:/+", "file:/");
    if (readOnlyReason == null) {
      return uri;
    }
    if (isImmutable()) {
      return uri + "?immutable=1";
    }
    if (!Files.exists(beside("-shm"))) {
      throw new CatalogException(
          ErrorCode.READ_ONLY,
          "%s has a log that must be written back before it can be read, and cannot be written: %s; copy both files to where they can"
              .formatted(path, readOnlyReason));
    }
    return uri + "?mode=ro";
  }

  /**
   * Whether nobody has the file open for writing, as far as can be seen: then SQLite reads it
   * without the locks and the log that it could not make. It would not notice a later writer.
   */
  private boolean isImmutable() {
    var log = beside("-wal");
    return !hasLog(log) && !(Files.exists(log) && Files.exists(beside("-shm")));
  }

  /** To be asked before each read: fails where an immutable file was changed after all. */
  Runnable unchanged() {
    if (readOnlyReason == null || !isImmutable()) {
      return () -> {};
    }
    var then = stamp();
    return () -> {
      if (!then.equals(stamp()) || !isImmutable()) {
        throw new CatalogException(
            ErrorCode.STORAGE,
            path + " was written by others since it was opened for reading; open it again");
      }
    };
  }

  private List<Object> stamp() {
    try {
      return List.of(Files.getLastModifiedTime(path), Files.size(path));
    } catch (IOException e) {
      throw new CatalogException(ErrorCode.STORAGE, path + " cannot be read: " + e, e);
    }
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private static boolean hasLog(Path log) {
    try {
      return Files.exists(log) && Files.size(log) > 0;
    } catch (IOException e) {
      throw new CatalogException(ErrorCode.STORAGE, log + " cannot be read: " + e, e);
    }
  }
}
