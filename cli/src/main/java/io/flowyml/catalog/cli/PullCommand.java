package io.flowyml.catalog.cli;

import org.jspecify.annotations.Nullable;

final class PullCommand extends Subcommand {
  private final Value<@Nullable String> from =
      option(
          "--from",
          "URL",
          "The catalog to move from: a server's endpoint, or whatever --catalog takes.");
  private final Value<@Nullable String> to =
      option("--local-project", "P", "The project to move into; without it \"default\".");
  private final Value<Boolean> dryRun =
      flag("--dry-run", "Only list what would be moved, and every conflict.");

  PullCommand(RootCommand root) {
    super(root, "pull", "Move a project of a server into this file.");
    description(
        "The reverse of push, by the same rules: the file becomes the same as the project there"
            + " that",
        "--project names, or gets what it does not have yet. A file that is not there is made. A"
            + " reader's",
        "key is enough.");
    examples(
        "  flowyml-catalog pull --from https://catalog.example.com/api/v1/catalog --project fraud",
        "  flowyml-catalog --catalog copy.db pull --from http://127.0.0.1:8484/api/v1/catalog");
  }

  @Override
  void run() {
    var url = PushCommand.needed(from.get(), "--from");
    try (var source = root().there(url);
        var target = root().here(to.get(), true)) {
      new Move(root(), "pulled", dryRun.get()).run(source, target);
    }
  }
}
