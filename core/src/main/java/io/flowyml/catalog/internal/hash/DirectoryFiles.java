package io.flowyml.catalog.internal.hash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The regular files below a directory, by the bytes of their names. */
final class DirectoryFiles {

  /** A file below the directory: {@code ./sub/name}. */
  static final class Entry implements Comparable<Entry> {
    private final byte[] name;
    private final Path path;
    private final FileStamp stamp;

    private Entry(byte[] name, Path path, FileStamp stamp) {
      this.name = name;
      this.path = path;
      this.stamp = stamp;
    }

    byte[] name() {
      return name;
    }

    Path path() {
      return path;
    }

    FileStamp stamp() {
      return stamp;
    }

    @Override
    public int compareTo(Entry other) {
      return Arrays.compareUnsigned(name, other.name);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && compareTo(entry) == 0;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(name);
    }
  }

  private record Directory(String prefix, Path path) {}

  private DirectoryFiles() {}

  /**
   * Visits the files in no order, without following links.
   *
   * @throws io.flowyml.catalog.CatalogException {@code INVALID_ARGUMENT} for a link out of the
   *     directory
   */
  static void visit(Path root, Consumer<Entry> visitor) throws IOException {
    var realRoot = root.toRealPath();
    var pending = new ArrayDeque<Directory>();
    pending.push(new Directory("./", root));
    while (!pending.isEmpty()) {
      var directory = pending.pop();
      for (var path : entries(directory.path())) {
        var stamp = FileStamp.ofEntry(path);
        if (stamp.directory()) {
          pending.push(new Directory(directory.prefix() + rawName(path) + "/", path));
        } else if (stamp.regular()) {
          var name = directory.prefix() + rawName(path);
          visitor.accept(new Entry(name.getBytes(StandardCharsets.ISO_8859_1), path, stamp));
        } else if (stamp.link()) {
          refuseLinkOut(path, root, realRoot);
        }
      }
    }
  }

  /** All at once, so that no directory stays open while those below it are read. */
  private static List<Path> entries(Path directory) throws IOException {
    var entries = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  /**
   * The bytes of a file's name, one a character. {@code Path.toString} loses those that are no text
   * in the locale's encoding; the path itself keeps them, and its URI shows them, percent-encoded.
   */
  private static String rawName(Path path) {
    var name = path.getFileName().toString();
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
    var uri = path.toUri().getRawPath();
    var end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
    var bytes = new ByteArrayOutputStream();
    for (var i = uri.lastIndexOf('/', end - 1) + 1; i < end; i++) {
      if (uri.charAt(i) == '%') {
        bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(uri.charAt(i));
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static void refuseLinkOut(Path link, Path root, Path realRoot) throws IOException {
    var end = LinkTarget.of(link);
    if (end != null && !end.startsWith(realRoot)) {
      throw FileFailure.leadsOut(link, root, end.toString());
    }
  }
}
