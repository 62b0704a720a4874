package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import picocli.AutoComplete;

final class CompletionCommand extends Subcommand {
  private final Value<String> shell =
      optionalArgument("bash|zsh", "bash", "The shell; without it bash.");

  CompletionCommand(RootCommand root) {
    super(root, "completion", "Print a script that completes commands in the shell.");
    examples(
        "  source <(flowyml-catalog completion bash)",
        "  flowyml-catalog completion zsh > ~/.flowyml-catalog.zsh   # then source it in ~/.zshrc");
  }

  @Override
  void run() {
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
  }
}
