package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;

import io.flowyml.catalog.ArtifactCatalog;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another Java process at work on a file. It says by lines how far it is, and waits for lines. */
final class Worker implements AutoCloseable {
  private static final String READY = "ready";

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;

  private Worker(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Opens the file at the first {@link #go}, then registers artifacts of one name. */
  static Worker registering(Path file, String name, String prefix, int count) throws IOException {
    return start("register", file.toString(), name, prefix, Integer.toString(count));
  }

  /** Runs statements, then keeps what locks they took until the first {@link #go}. */
  static Worker holding(Path file, String... statements) throws IOException {
    return start("hold", file.toString(), String.join(";", statements)).awaitReady();
  }

  private static Worker start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Worker.class.getName());
    command.addAll(List.of(arguments));
    return new Worker(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  Worker awaitReady() throws IOException {
    var line = line();
    if (!READY.equals(line)) {
      throw new AssertionError("the process said " + line);
    }
    return this;
  }

  void go() throws IOException {
    in.write("go\n");
    in.flush();
  }

  /** What it says next; {@code null} when it has ended. */
  @Nullable String line() throws IOException {
    return out.readLine();
  }

  /** What it says until it ends. */
  List<String> rest() throws IOException, InterruptedException {
    var lines = out.lines().toList();
    if (process.waitFor() != 0) {
      throw new AssertionError("the process ended with " + process.exitValue() + ": " + lines);
    }
    return lines;
  }

  /** {@code kill -9}; answers what it had said before. */
  List<String> kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // of the process, which would close the streams
    process.waitFor();
    return out.lines().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    var file = Path.of(arguments[1]);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    switch (arguments[0]) {
      case "register" -> {
        say(READY);
        lines.readLine();
        register(file, arguments[2], arguments[3], Integer.parseInt(arguments[4]));
      }
      case "hold" -> {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            var statement = connection.createStatement()) {
          for (var sql : arguments[2].split(";")) {
            statement.execute(sql);
          }
          say(READY);
          lines.readLine();
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void register(Path file, String name, String prefix, int count) {
    try (var catalog = ArtifactCatalog.open(file)) {
      for (int i = 0; i < count; i++) {
        var made = catalog.register(artifact(name, "Model").id(prefix + i).tag("by", prefix));
        say(made.id() + " " + made.version());
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
