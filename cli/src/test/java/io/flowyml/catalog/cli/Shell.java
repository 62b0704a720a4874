package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.internal.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs the command line in this process, on a catalog of its own. */
final class Shell {
  private final Path catalog;
  private final Map<String, String> environment = new HashMap<>();
  private String stdin = "";
  private boolean terminal;
  private @Nullable UnaryOperator<String> asking;
  private int width = Integer.MAX_VALUE;

  Shell(Path catalog) {
    this.catalog = catalog;
  }

  record Result(int code, String out, String err) {
    Result succeeds() {
      assertThat(code).as("exit code, with stderr: %s", err).isZero();
      return this;
    }

    Result failsWith(int expected, String errorCode) {
      assertThat(code).as("exit code, with stderr: %s", err).isEqualTo(expected);
      assertThat(err).startsWith("error: ").contains("(" + errorCode + ")");
      return this;
    }

    Map<String, Object> json() {
      return Json.parseObject(out, "the answer");
    }

    @SuppressWarnings("unchecked") // the shape that pages have
    List<Map<String, Object>> items() {
      return (List<Map<String, Object>>) json().get("items");
    }

    List<String> lines() {
      return out.lines().toList();
    }
  }

  /** The next commands read this. */
  Shell stdin(String text) {
    stdin = text;
    return this;
  }

  /** From now on a person answers when a secret is asked for. */
  Shell asking(UnaryOperator<String> answer) {
    asking = answer;
    return this;
  }

  /** From now on a person watches, on a terminal of so many columns. */
  Shell terminal(int columns) {
    terminal = true;
    width = columns;
    return this;
  }

  Shell width(int columns) {
    width = columns;
    return this;
  }

  Shell environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A command on the catalog of this shell. */
  Result run(String... arguments) {
    var all = new ArrayList<>(List.of("--catalog", catalog.toString()));
    all.addAll(List.of(arguments));
    return runPlain(all.toArray(String[]::new));
  }

  /** A command as it stands. */
  Result runPlain(String... arguments) {
    var out = new ByteArrayOutputStream();
    return into(out, out, false, arguments);
  }

  /** A command whose stdout is a stream of the caller's. */
  Result into(OutputStream stream, boolean pipe, String... arguments) {
    return into(stream, new ByteArrayOutputStream(), pipe, arguments);
  }

  private Result into(
      OutputStream stream, ByteArrayOutputStream read, boolean pipe, String... arguments) {
    var err = new ByteArrayOutputStream();
    var process =
        new Terminal(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            stream,
            err,
            terminal,
            terminal,
            pipe,
            environment,
            asking,
            () -> width);
    int code = Main.run(arguments, process);
    return new Result(
        code, read.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
