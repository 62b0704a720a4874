package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.ProblemJson;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What is said beside the answer, on stderr: errors, warnings, notes; each appears at once. */
final class Messages {
  private final Lines err;
  private boolean json;
  private @Nullable CatalogException first;

  Messages(Lines err) {
    this.err = err;
  }

  /** From now on errors are problem objects, one a line, for the reader of {@code -o json}. */
  void errorsAsJson() {
    json = true;
  }

  void error(CatalogException e) {
    if (first == null) {
      first = e;
    }
    if (json) {
      say(Json.write(ProblemJson.toMap(e)));
    } else {
      say("error: " + withCode(Text.printable(String.valueOf(e.getMessage())), e.code().code()));
    }
  }

  /** The code stands at the end of the first line; a query's error has a caret below it. */
  private static String withCode(String message, String code) {
    int end = message.indexOf('\n');
    return end < 0
        ? message + " (" + code + ")"
        : message.substring(0, end) + " (" + code + ")" + message.substring(end);
  }

  /** The exit code for the errors so far: the class of the first, 0 where there was none. */
  int exitCode() {
    return first == null ? 0 : first.code().exitCode();
  }

  void warning(String message) {
    say("warning: " + Text.printable(message));
  }

  /** Something good to know, neither wrong nor part of the answer. */
  void note(String message) {
    say(Text.printable(message));
  }

  /** A failure that no error code stands for, with all that helps to find it. */
  void defect(Throwable e) {
    say("error: this is a defect of flowyml-catalog: " + e);
    var trace = new PrintWriter(err);
    e.printStackTrace(trace);
    trace.flush();
  }

  /** Draws over the line that was drawn last. */
  void redraw(String line) {
    err.write("\r" + line + "\u001b[K");
    err.flush();
  }

  private void say(String text) {
    try {
      err.line(text);
      err.flush();
    } catch (Lines.Failed e) {
      // stderr is closed, so nobody can be told; the exit code still tells
    }
  }
}
