package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the parser of arguments refuses, in the words and with the code of all other errors. */
final class UsageError {
  private static final int SUGGESTIONS = 3;

  private UsageError() {}

  static CatalogException of(ParameterException e) {
    var command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
    var message = e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : plain(e);
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT, message + "; see " + command + " --help", Map.of(), e);
  }

  private static String unknown(UnmatchedArgumentException e) {
    var argument = e.getUnmatched().getFirst();
    boolean option = e.isUnknownOption();
    boolean command = !option && !e.getCommandLine().getSubcommands().isEmpty();
    var kind = option ? "option" : command ? "command" : "argument";
    var suggestions = e.getSuggestions();
    return command || option
        ? "unknown %s '%s'%s".formatted(kind, argument, didYouMean(suggestions))
        : "there is no place for the argument '%s'".formatted(argument);
  }

  private static String didYouMean(List<String> suggestions) {
    return suggestions.isEmpty()
        ? ""
        : "; did you mean "
            + String.join(" or ", suggestions.subList(0, Math.min(SUGGESTIONS, suggestions.size())))
            + "?";
  }

  /** The parser's sentence, which begins with a capital letter that ours have not. */
  private static String plain(ParameterException e) {
    var message = String.valueOf(e.getMessage());
    return message.isEmpty()
        ? "the arguments are wrong"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
