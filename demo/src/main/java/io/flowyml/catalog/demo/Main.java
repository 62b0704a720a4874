package io.flowyml.catalog.demo;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The command {@code demo}: one run of the pipeline against a catalog, told to the user. */
public final class Main {
  private static final DateTimeFormatter RUN =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path directory;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Main(Path directory, Map<String, String> environment, PrintStream out, PrintStream err) {
    this.directory = directory;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Runs the demo in the working directory and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new Main(Path.of(""), System.getenv(), System.out, System.err).run(args));
  }

  /**
   * @return 0, or the exit code of the error's class
   */
  int run(String... args) {
    try {
      var options = Options.of(args);
      if (options.help()) {
        out.print(Options.HELP);
      } else {
        demonstrate(options);
      }
      return 0;
    } catch (CatalogException e) {
      return failed(String.valueOf(e.getMessage()), e.code());
    } catch (IOException e) {
      return failed("the files of the demo cannot be written or read: " + e, ErrorCode.STORAGE);
    } finally {
      out.flush();
    }
  }

  private void demonstrate(Options options) throws IOException {
    var choice =
        options.catalog() == null
            ? BackendChoice.in(directory, environment)
            : BackendChoice.explicit(options.catalog(), directory, environment);
    try (var warnings = CatalogWarnings.collect();
        var opened = ArtifactCatalog.open(choice.open())) {
      var catalog = options.project() == null ? opened : opened.project(options.project());
      catalog = options.actor() == null ? catalog : catalog.actor(options.actor());
      var folder = newFolder();
      var outcome = new WinePipeline(catalog, folder, folder.getFileName().toString()).run();
      new Printout(out, catalog, outcome, directory.toAbsolutePath().normalize())
          .print(choice.location(), warnings.messages(), command(), options.forOtherCommands());
      for (var warning : warnings.messages()) {
        if (outcome.products().stream().noneMatch(p -> warning.contains(p.artifact().id()))) {
          err.println("warning: " + warning);
        }
      }
    }
  }

  /** A folder that is this run's alone, named by the time; its name is the run's. */
  private Path newFolder() throws IOException {
    var parent = directory.toAbsolutePath().normalize().resolve(".flowyml").resolve("demo");
    Files.createDirectories(parent);
    var name = RUN.format(Instant.now());
    for (int attempt = 1; ; attempt++) {
      try {
        return Files.createDirectory(parent.resolve(attempt == 1 ? name : name + "-" + attempt));
      } catch (FileAlreadyExistsException e) {
        // Another run of the same second has it.
      }
    }
  }

  /** How the user calls the command line: the launcher says it; without one it is on the path. */
  private static String command() {
    return Options.quoted(System.getProperty("flowyml.catalog.command", "flowyml-catalog"));
  }

  private int failed(String message, ErrorCode code) {
    err.println("error: " + message + " (" + code.code() + ")");
    return code.exitCode();
  }
}
