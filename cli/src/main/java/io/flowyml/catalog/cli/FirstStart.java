package io.flowyml.catalog.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * What the launcher runs once after a build: it unpacks SQLite's native library, which every start
 * would otherwise do, and runs the usual commands in this one process, so that a JVM that records a
 * start-up cache sees the classes they load.
 */
final class FirstStart {
  private FirstStart() {}

  /**
   * @param args the folder to prepare
   */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]);
    unpackSqlite(home);
    Path sample = Files.createTempDirectory(home, "sample");
    try {
      runUsualCommands(sample);
    } finally {
      delete(sample);
    }
  }

  /**
   * Where SQLite has no library for this system, nothing is unpacked and its own error tells the
   * user.
   */
  private static void unpackSqlite(Path home) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library != null) {
        Files.copy(library, home.resolve(name));
      }
    }
  }

  private static void runUsualCommands(Path sample) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      for (List<String> command : List.of(List.of("--help"), List.of("--version"))) {
        int exit = Main.run(command.toArray(String[]::new));
        if (exit != 0) {
          throw new IllegalStateException("exit code " + exit + " of " + command);
        }
      }
    } finally {
      System.setOut(out);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
