package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;

final class CompletionCommand extends Subcommand {
  private final Value<String> shell =
      optionalArgument("bash|zsh", "bash", "The shell; without it bash.");

  private final Value<@Nullable String> words =
      option("--words", "TEXT", "Print what may follow this beginning of a query's word.");
  private final Value<Boolean> fields =
      flag("--fields", "With --words: only fields and keys of tags.");

  /** Asks the catalog where a query or a field of one is completed. */
  private static final String QUERIES =
      """

      # Fields, keys of tags and their values, asked of the catalog.
      function _flowyml_catalog_query() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="" part
        # a colon stands by itself among the words that the shell tells
        if [ "$word" = ":" ]; then word=":"; word="$before$word"
        elif [ "$before" = ":" ]; then word="${COMP_WORDS[COMP_CWORD-2]}:$word"; fi
        for part in "${COMP_WORDS[@]:1}"; do
          case "$part" in search|facets|verify) command="$part"; break;; esac
        done
        COMPREPLY=()
        if [ -n "$command" ] && [ "${word#--}" = "$word" ]; then
          local only=""
          case "$before" in --by|--sort) only="--fields";; esac
          local IFS=$'\n'
          COMPREPLY=($(NAME completion --words="$word" $only 2> /dev/null))
          # the shell replaces what stands behind the colon only
          case "$word" in *:*) COMPREPLY=("${COMPREPLY[@]#"${word%:*}:"}");; esac
          [ "${#COMPREPLY[@]}" = 0 ] || compopt -o nospace 2> /dev/null
          return 0
        fi
        _complete_NAME
      }
      complete -F _flowyml_catalog_query -o default NAME
      """;

  CompletionCommand(RootCommand root) {
    super(root, "completion", "Print a script that completes commands in the shell.");
    examples(
        "  source <(flowyml-catalog completion bash)",
        "  flowyml-catalog completion zsh > ~/.flowyml-catalog.zsh   # then source it in ~/.zshrc");
  }

  @Override
  void run() {
    if (words.get() != null) {
      candidates(words.get(), fields.get());
      return;
    }
    var asked = shell.get();
    if (!asked.equals("bash") && !asked.equals("zsh")) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "there is no script for " + asked + "; name bash or zsh");
    }
    // of all commands, where this run has loaded one
    var all = new RootCommand(root().terminal(), out(), messages());
    if (asked.equals("zsh")) {
      out().line("autoload -U +X compinit && compinit");
    }
    out().write(AutoComplete.bash(CommandTree.NAME, CommandTree.complete(all)));
    out().write(QUERIES.replace("NAME", CommandTree.NAME));
  }

  /** What may follow in a query; nothing at all where there is no catalog to ask. */
  private void candidates(String beginning, boolean onlyFields) {
    try (var catalog = existing()) {
      var found = new QueryWords(catalog);
      (onlyFields ? found.fields(beginning) : found.startingWith(beginning)).forEach(out()::line);
    } catch (CatalogException e) {
      // Whoever completes a word wants no error in the middle of the line.
      return;
    }
  }
}
