package io.flowyml.catalog.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * All commands in the order of the help. A run loads only the one it was asked for, since looking
 * at them all takes longer than most answers; the help, completion and "did you mean" need all.
 */
final class CommandTree {
  static final String NAME = "flowyml-catalog";

  private static final int HELP_WIDTH = 100;
  static final Set<String> GLOBAL_OPTIONS_WITH_VALUE =
      Set.of("--catalog", "--project", "--as-of", "-o", "--output", "--actor");

  static final List<String> COMMANDS =
      List.of(
          "register",
          "search",
          "list",
          "get",
          "versions",
          "history",
          "resolve",
          "diff",
          "facets",
          "stats",
          "tag",
          "meta",
          "promote",
          "lineage",
          "path",
          "delete",
          "restore",
          "purge",
          "hash",
          "verify",
          "export",
          "import",
          "push",
          "pull",
          "backup",
          "doctor",
          "serve",
          "keys",
          "login",
          "completion",
          "demo");

  private CommandTree() {}

  /** The parser for one run. */
  static CommandLine forArguments(RootCommand root, Terminal terminal, String[] args) {
    var named = commandIn(args);
    var line = withCommands(root, named == null ? COMMANDS : List.of(named));
    return configured(line, terminal.colours() ? Ansi.ON : Ansi.OFF, terminal.width().getAsInt());
  }

  /** The parser with every command. */
  static CommandLine complete(RootCommand root) {
    return configured(withCommands(root, COMMANDS), Ansi.OFF, HELP_WIDTH);
  }

  private static CommandLine withCommands(RootCommand root, List<String> names) {
    for (var name : names) {
      root.spec().addSubcommand(name, command(name, root).spec());
    }
    return new CommandLine(root.spec());
  }

  private static Subcommand command(String name, RootCommand root) {
    return switch (name) {
      case "register" -> new RegisterCommand(root);
      case "search" -> new SearchCommand(root);
      case "list" -> new ListCommand(root);
      case "get" -> new GetCommand(root);
      case "versions" -> new VersionsCommand(root);
      case "history" -> new HistoryCommand(root);
      case "diff" -> new DiffCommand(root);
      case "resolve" -> new ResolveCommand(root);
      case "facets" -> new FacetsCommand(root);
      case "stats" -> new StatsCommand(root);
      case "tag" -> new TagCommand(root);
      case "meta" -> new MetaCommand(root);
      case "promote" -> new PromoteCommand(root);
      case "lineage" -> new LineageCommand(root);
      case "path" -> new PathCommand(root);
      case "delete" -> new DeleteCommand(root);
      case "restore" -> new RestoreCommand(root);
      case "purge" -> new PurgeCommand(root);
      case "hash" -> new HashCommand(root);
      case "verify" -> new VerifyCommand(root);
      case "export" -> new ExportCommand(root);
      case "import" -> new ImportCommand(root);
      case "push" -> new PushCommand(root);
      case "pull" -> new PullCommand(root);
      case "backup" -> new BackupCommand(root);
      case "doctor" -> new DoctorCommand(root);
      case "serve" -> new ServeCommand(root);
      case "keys" -> new KeysCommand(root);
      case "login" -> new LoginCommand(root);
      case "completion" -> new CompletionCommand(root);
      case "demo" -> new DemoCommand(root);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CommandLine configured(CommandLine line, Ansi ansi, int width) {
    return line.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(Math.clamp(width, 60, HELP_WIDTH));
  }

  /** The known command that the arguments name; {@code null} where there is none. */
  static @Nullable String commandIn(String[] args) {
    int at = commandIndex(args);
    return at < args.length && isCommand(args[at]) ? args[at] : null;
  }

  /** Where the command stands: the first argument that is no global option or its value. */
  static int commandIndex(String[] args) {
    int i = 0;
    while (i < args.length && args[i].startsWith("-")) {
      i += GLOBAL_OPTIONS_WITH_VALUE.contains(args[i]) ? 2 : 1;
    }
    return i;
  }

  private static boolean isCommand(String argument) {
    return COMMANDS.contains(argument);
  }
}
