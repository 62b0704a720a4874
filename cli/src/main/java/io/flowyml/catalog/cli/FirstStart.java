package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * What the launcher runs once after a build: it unpacks SQLite's native library to where {@code
 * org.sqlite.lib.path} points, which spares every start to do so, and runs the usual commands in
 * this one process, so that a JVM that records a start-up cache sees the classes they load; a
 * server too, and a client of it.
 */
final class FirstStart {
  /** Stands for a file beside the catalog. */
  private static final String CONTENT = "CONTENT";

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--help"),
          List.of("--version"),
          List.of("get", "--help"),
          List.of("hash", CONTENT),
          List.of("register", "raw", "Dataset", CONTENT, "--tag", "rows=3", "--meta", "owner=ada"),
          List.of("register", "model", "Model", "--parent", "raw", "--alias", "production"),
          List.of("get", "model"),
          List.of("get", "model@production", "-o", "json"),
          List.of("list"),
          List.of("search", "rows:3", "-o", "json"),
          List.of("versions", "model"),
          List.of("history", "model"),
          List.of("tag", "model", "stage=staging"),
          List.of("promote", "model", "production"),
          List.of("lineage", "model"),
          List.of("lineage", "raw", "--down", "-o", "json"),
          List.of("stats"));

  private FirstStart() {}

  /**
   * @param args the folder to prepare
   */
  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    unpackSqlite(folder);
    var catalogs = Files.createTempDirectory(folder, "first-start");
    try {
      Files.writeString(catalogs.resolve(CONTENT), "rows");
      BackendChoice.in(catalogs, Map.of());
      COMMANDS.forEach(command -> run(command, catalogs, OutputStream.nullOutputStream()));
      serve(catalogs);
    } finally {
      delete(catalogs);
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

  /** Serves the catalog for a moment, and asks as a client of Java does. */
  private static void serve(Path folder) throws IOException {
    var out = new PipedOutputStream();
    try (var said =
        new BufferedReader(
            new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8))) {
      var serving =
          new Thread(() -> run(List.of("serve", "--port", "0", "-o", "json"), folder, out));
      serving.start();
      var endpoint = Json.parseObject(said.readLine(), "what serve says").get("endpoint");
      var backend = new RemoteCatalogBackend(URI.create(String.valueOf(endpoint)), null);
      try (var catalog = ArtifactCatalog.open(backend)) {
        catalog.get("model");
        catalog.search("rows:3");
        catalog.register(Registration.artifact("model", "Model").tag("rows", 3));
        catalog.stats();
      }
      serving.interrupt();
      serving.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(List<String> command, Path folder, OutputStream out) {
    var silent =
        new Terminal(
            InputStream.nullInputStream(),
            out,
            OutputStream.nullOutputStream(),
            false,
            false,
            false,
            Map.of(),
            null,
            () -> 80);
    var args = new String[command.size() + 2];
    args[0] = "--catalog";
    args[1] = folder.resolve("catalog.db").toString();
    for (int i = 0; i < command.size(); i++) {
      var argument = command.get(i);
      args[i + 2] = argument.equals(CONTENT) ? folder.resolve(CONTENT).toString() : argument;
    }
    int exit = Main.run(args, silent);
    if (exit != 0) {
      throw new IllegalStateException("exit code " + exit + " of " + command);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
