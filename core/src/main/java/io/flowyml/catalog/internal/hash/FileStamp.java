package io.flowyml.catalog.internal.hash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells that a path still has the same bytes: the kind, the size, the time of the last change
 * to the nanosecond, and which file it is (device and inode; {@code null} where the file system has
 * no such thing).
 */
record FileStamp(
    boolean regular,
    boolean directory,
    boolean link,
    long size,
    FileTime changed,
    @Nullable Object key) {

  /** Of the file that the path leads to. */
  static FileStamp following(Path path) throws IOException {
    return of(Files.readAttributes(path, BasicFileAttributes.class));
  }

  /** Of the directory entry itself. */
  static FileStamp ofEntry(Path path) throws IOException {
    return of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  private static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(
        attributes.isRegularFile(),
        attributes.isDirectory(),
        attributes.isSymbolicLink(),
        attributes.size(),
        attributes.lastModifiedTime(),
        attributes.fileKey());
  }
}
