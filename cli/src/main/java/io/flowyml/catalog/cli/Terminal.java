package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run talks to. Only {@link #ofProcess} touches the process, so that tests run with streams
 * of their own.
 *
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param outIsPipe whether a reader that goes away is the usual reason for {@code out} to fail
 * @param asking asks the person at the keyboard for a secret, without showing it; {@code null}
 *     where there is nobody
 * @param width columns of a line; {@link Integer#MAX_VALUE} where nothing bounds it
 */
record Terminal(
    InputStream in,
    OutputStream out,
    OutputStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean outIsPipe,
    Map<String, String> environment,
    @Nullable UnaryOperator<String> asking,
    IntSupplier width) {

  /** The streams of this process. */
  static Terminal ofProcess() {
    var outTarget = target(1);
    var outIsTerminal = isTerminal(outTarget);
    var environment = System.getenv();
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        outIsTerminal,
        isTerminal(target(2)),
        outTarget.startsWith("pipe:") || outTarget.startsWith("socket:"),
        environment,
        isTerminal(target(0)) ? Terminal::ask : null,
        () -> width(environment, outIsTerminal));
  }

  /** The JDK has no console where the answers go elsewhere; nobody types a secret blindly. */
  @SuppressWarnings("SystemConsoleNull") // on Java 21 it is
  private static String ask(String prompt) {
    var console = System.console();
    if (console == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "a secret cannot be asked for while the output goes elsewhere; give it on stdin");
    }
    var typed = console.readPassword("%s", prompt);
    return typed == null ? "" : new String(typed);
  }

  /** Whether escape sequences for colours are wanted and understood. */
  boolean colours() {
    return outIsTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** What a file descriptor is open on: {@code /dev/pts/0}, {@code pipe:[4711]}, a path. */
  private static String target(int descriptor) {
    var link = Path.of("/proc/self/fd", Integer.toString(descriptor));
    if (!Files.isSymbolicLink(link)) {
      return asksTest(descriptor) ? "/dev/tty" : "";
    }
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed by whoever started us: nobody is watching
    }
  }

  /**
   * Where there is no {@code /proc}, as on macOS, {@code test -t} knows; {@code System.console}
   * does not.
   */
  private static boolean asksTest(int descriptor) {
    try {
      return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
              .inheritIO()
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // a system without such a program: plain text is right everywhere
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isTerminal(String target) {
    return target.startsWith("/dev/pts/")
        || target.startsWith("/dev/tty")
        || target.equals("/dev/console");
  }

  /** {@code COLUMNS} counts most; then what the terminal says; a file or pipe has no width. */
  private static int width(Map<String, String> environment, boolean outIsTerminal) {
    int columns = positive(environment.getOrDefault("COLUMNS", ""));
    if (columns == 0 && outIsTerminal) {
      columns = askTerminal();
      return columns == 0 ? 80 : columns;
    }
    return columns == 0 ? Integer.MAX_VALUE : columns;
  }

  /** {@code stty size} answers "rows columns"; 0 where it is not there or does not know. */
  private static int askTerminal() {
    try {
      var process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return positive(answer.substring(answer.indexOf(' ') + 1).trim());
    } catch (IOException e) {
      return 0; // no such program: the caller falls back to the usual 80
    }
  }

  private static int positive(String text) {
    if (text.isEmpty() || text.length() > 6) {
      return 0;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return 0;
      }
      number = number * 10 + (digit - '0');
    }
    return number;
  }
}
