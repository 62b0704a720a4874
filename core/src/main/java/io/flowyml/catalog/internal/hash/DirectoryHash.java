package io.flowyml.catalog.internal.hash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The digest of what {@code find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
 * sha256sum} prints in a directory: its input is a line for each regular file, in the order of the
 * bytes of their names,
 *
 * <pre>{@code
 * 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d  ./labels.csv
 * \2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  ./odd\nname
 * }</pre>
 *
 * with backslashes, newlines and carriage returns escaped in the marked lines, as {@code sha256sum}
 * does since coreutils 9.0. As {@code find} does, it passes over links, pipes, sockets and devices;
 * but a link out of the directory is refused, since a reader of the directory sees what it leads
 * to.
 */
final class DirectoryHash {
  private final Path root;
  private final Digesting digesting;

  DirectoryHash(Path root, Digesting digesting) {
    this.root = root;
    this.digesting = digesting;
  }

  /** The hex digest; the files' bytes are counted by {@code digesting}. */
  String hex() throws IOException {
    var files = new ArrayList<DirectoryFiles.Entry>();
    DirectoryFiles.visit(root, files::add);
    if (files.isEmpty()) {
      throw FileFailure.noFiles(root);
    }
    files.sort(Comparator.naturalOrder());
    var listing = Sha256.start();
    for (var file : files) {
      digesting.file(file.path(), file.stamp());
      listing.update(line(digesting.takeHex(), file.name()));
    }
    checkUnchanged(files);
    return Sha256.hex(listing);
  }

  /** A file that was added, removed or written again while others were read makes a mixture. */
  private void checkUnchanged(List<DirectoryFiles.Entry> files) throws IOException {
    var left = new int[] {files.size()};
    DirectoryFiles.visit(
        root,
        now -> {
          var at = Collections.binarySearch(files, now);
          if (at < 0 || !files.get(at).stamp().equals(now.stamp())) {
            throw FileFailure.changed(now.path());
          }
          left[0]--;
        });
    if (left[0] != 0) {
      throw FileFailure.changed(root);
    }
  }

  private static byte[] line(String hex, byte[] name) {
    var line = new StringBuilder(hex).append("  ");
    // A character a byte, as long as the line is put together.
    var plain = new String(name, StandardCharsets.ISO_8859_1);
    var escaped = plain.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    if (!escaped.equals(plain)) {
      line.insert(0, '\\');
    }
    return line.append(escaped).append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
