package io.flowyml.catalog.internal.hash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Where a symbolic link leads, also when nothing is there. */
final class LinkTarget {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private LinkTarget() {}

  /**
   * Follows a link and all links on its way as the system would.
   *
   * @return the absolute path at its end, without links; {@code null} when the links run in a
   *     circle
   */
  static @Nullable Path of(Path link) throws IOException {
    var absolute = link.toAbsolutePath();
    var parent = absolute.getParent();
    var current = (parent == null ? absolute : parent).toRealPath();
    var ahead = new ArrayDeque<Path>();
    ahead.push(absolute.getFileName());
    var links = 0;
    while (!ahead.isEmpty()) {
      var step = ahead.pop();
      switch (step.toString()) {
        case "", "." -> {}
        case ".." -> {
          var up = current.getParent();
          current = up == null ? current : up;
        }
        default -> {
          var next = current.resolve(step);
          if (!Files.isSymbolicLink(next)) {
            current = next;
          } else if (++links > MOST_LINKS) {
            return null;
          } else {
            var target = Files.readSymbolicLink(next);
            var root = target.getRoot();
            current = root == null ? current : root;
            for (var i = target.getNameCount() - 1; i >= 0; i--) {
              ahead.push(target.getName(i));
            }
          }
        }
      }
    }
    return current;
  }
}
