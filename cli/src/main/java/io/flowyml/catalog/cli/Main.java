package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/** One run of the command line: arguments and streams in, an exit code out. */
public final class Main {
  /** The exit code of a defect of this program; whatever {@link ErrorCode} knows has another. */
  private static final int DEFECT = 1;

  private final Terminal terminal;
  private final Lines out;
  private final Messages messages;

  private Main(Terminal terminal) {
    this.terminal = terminal;
    this.out = new Lines(terminal.out());
    this.messages = new Messages(new Lines(terminal.err()));
  }

  public static void main(String[] args) {
    System.exit(run(args, Terminal.ofProcess()));
  }

  /**
   * Runs one command to its end.
   *
   * @return 0, 1 for a defect, else the exit code of the error's class
   */
  static int run(String[] args, Terminal terminal) {
    var main = new Main(terminal);
    LogToMessages.to(main.messages);
    try {
      int code = main.execute(args);
      main.out.flush();
      return code;
    } catch (Lines.Failed e) {
      return main.failed(e);
    }
  }

  private int execute(String[] args) {
    var line = CommandTree.forArguments(new RootCommand(terminal, out, messages), terminal, args);
    line.setOut(new PrintWriter(out));
    line.setParameterExceptionHandler((e, ignored) -> failed(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    return line.execute(QueryArguments.separated(args));
  }

  private int failed(Exception e) {
    return switch (e) {
      case CatalogException refused -> refused(refused);
      case ParameterException usage -> refused(UsageError.of(usage));
      case Lines.Failed unwritten -> afterFailedOutput(unwritten);
      default -> {
        messages.defect(e);
        yield DEFECT;
      }
    };
  }

  private int refused(CatalogException e) {
    messages.error(e);
    return e.code().exitCode();
  }

  /** A reader like {@code head} that has seen enough is no error; a full disk behind a file is. */
  private int afterFailedOutput(Lines.Failed e) {
    var reason = Reading.reason(e.reason());
    if (terminal.outIsPipe() || reason.contains("roken pipe")) {
      return 0;
    }
    return refused(
        new CatalogException(
            ErrorCode.STORAGE, "the output cannot be written: " + reason, Map.of(), e));
  }
}
