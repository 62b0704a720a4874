package io.flowyml.catalog.cli;

import java.util.ArrayList;
import java.util.Set;

/**
 * Arguments of commands that take a query, where {@code -stage:archived} is a term and not an
 * option: such terms are moved behind {@code --}, where the parser of arguments looks for no
 * options.
 */
final class QueryArguments {
  private static final Set<String> COMMANDS = Set.of("search", "facets", "verify");
  private static final Set<String> FORMATS =
      Set.of("table", "json", "ids", "csv", "=table", "=json", "=ids", "=csv");

  private QueryArguments() {}

  /** The arguments as the parser must see them. */
  static String[] separated(String[] args) {
    var command = CommandTree.commandIn(args);
    if (command == null || !COMMANDS.contains(command)) {
      return args;
    }
    var others = new ArrayList<String>();
    var terms = new ArrayList<String>();
    boolean rest = false;
    for (int i = 0; i < args.length; i++) {
      if (rest) {
        terms.add(args[i]);
      } else if (args[i].equals("--")) {
        rest = true;
      } else if (i > CommandTree.commandIndex(args) && isTerm(args[i])) {
        terms.add(args[i]);
      } else {
        others.add(args[i]);
        if (takesValue(args[i]) && i + 1 < args.length) {
          others.add(args[++i]);
        }
      }
    }
    if (!terms.isEmpty()) {
      others.add("--");
      others.addAll(terms);
    }
    return others.toArray(String[]::new);
  }

  /** A word, or one dash and something that is no short option. */
  private static boolean isTerm(String argument) {
    if (!argument.startsWith("-") || argument.equals("-")) {
      return true;
    }
    if (argument.startsWith("--")
        || argument.equals("-o")
        || argument.equals("-h")
        || argument.equals("-V")) {
      return false;
    }
    return !(argument.startsWith("-o") && FORMATS.contains(argument.substring(2)));
  }

  private static boolean takesValue(String option) {
    return CommandTree.GLOBAL_OPTIONS_WITH_VALUE.contains(option)
        || option.equals("--limit")
        || option.equals("--cursor")
        || option.equals("--sort")
        || option.equals("--by");
  }
}
