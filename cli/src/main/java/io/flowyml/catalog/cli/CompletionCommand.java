package io.flowyml.catalog.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    header = "Print a script that completes commands in the shell.",
    footer = {
      "  source <(flowyml-catalog completion bash)",
      "  flowyml-catalog completion zsh > ~/.flowyml-catalog.zsh   # then source it in ~/.zshrc"
    })
final class CompletionCommand extends Subcommand {
  /** Shells that there is a script for; it is one script for both. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(arity = "0..1", paramLabel = "bash|zsh", description = "The shell; without it bash.")
  Shell shell = Shell.BASH;

  @Override
  void run() {
    var all = CommandTree.complete(root());
    if (shell == Shell.ZSH) {
      out().line("autoload -U +X compinit && compinit");
    }
    out().write(AutoComplete.bash(CommandTree.NAME, all));
  }
}
