package io.flowyml.catalog.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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
      Set.of("--catalog", "--project", "-o", "--output", "--actor");

  private record Entry(String name, Supplier<Subcommand> command) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("register", RegisterCommand::new),
          new Entry("search", SearchCommand::new),
          new Entry("list", ListCommand::new),
          new Entry("get", GetCommand::new),
          new Entry("versions", VersionsCommand::new),
          new Entry("history", HistoryCommand::new),
          new Entry("resolve", ResolveCommand::new),
          new Entry("stats", StatsCommand::new),
          new Entry("tag", TagCommand::new),
          new Entry("meta", MetaCommand::new),
          new Entry("promote", PromoteCommand::new),
          new Entry("lineage", LineageCommand::new),
          new Entry("path", PathCommand::new),
          new Entry("delete", DeleteCommand::new),
          new Entry("restore", RestoreCommand::new),
          new Entry("purge", PurgeCommand::new),
          new Entry("hash", HashCommand::new),
          new Entry("verify", VerifyCommand::new),
          new Entry("export", ExportCommand::new),
          new Entry("import", ImportCommand::new),
          new Entry("backup", BackupCommand::new),
          new Entry("doctor", DoctorCommand::new),
          new Entry("completion", CompletionCommand::new),
          new Entry("demo", DemoCommand::new));

  private CommandTree() {}

  /** The parser for one run. */
  static CommandLine forArguments(RootCommand root, Terminal terminal, String[] args) {
    var named = commandIn(args);
    var line = new CommandLine(root);
    for (var entry : ENTRIES) {
      if (named == null || entry.name().equals(named)) {
        line.addSubcommand(entry.name(), entry.command().get());
      }
    }
    return configured(line, terminal.colours() ? Ansi.ON : Ansi.OFF, terminal.width().getAsInt());
  }

  /** The parser with every command. */
  static CommandLine complete(RootCommand root) {
    var line = new CommandLine(root);
    ENTRIES.forEach(entry -> line.addSubcommand(entry.name(), entry.command().get()));
    return configured(line, Ansi.OFF, HELP_WIDTH);
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
    return ENTRIES.stream().anyMatch(entry -> entry.name().equals(argument));
  }
}
