package io.flowyml.catalog.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * What the launcher runs once after a build: it unpacks SQLite's native library to where {@code
 * org.sqlite.lib.path} points, which spares every start to do so, and runs the usual commands in
 * this one process, so that a JVM that records a start-up cache sees the classes they load.
 */
final class FirstStart {
  private FirstStart() {}

  /**
   * @param args the folder to prepare
   */
  public static void main(String[] args) throws IOException {
    unpackSqlite(Path.of(args[0]));
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      for (List<String> command : List.of(List.of("--help"), List.of("--version"))) {
        run(command);
      }
    } finally {
      System.setOut(out);
    }
  }

  /** Where SQLite has no library for this system, its own error will tell the user so. */
  private static void unpackSqlite(Path folder) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library != null) {
        Files.copy(library, folder.resolve(name));
      }
    }
  }

  private static void run(List<String> command) {
    int exit = Main.run(command.toArray(String[]::new));
    if (exit != 0) {
      throw new IllegalStateException("exit code " + exit + " of " + command);
    }
  }
}
