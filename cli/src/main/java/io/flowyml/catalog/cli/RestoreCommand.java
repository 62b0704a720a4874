package io.flowyml.catalog.cli;

final class RestoreCommand extends Subcommand {
  private final Value<String> reference = argument("REF", "The id, or name:version.");

  RestoreCommand(RootCommand root) {
    super(root, "restore", "Bring a deleted artifact back.");
    description("With those of its aliases that are still free.");
    examples("  flowyml-catalog restore scratch_model:1");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      answers().artifact(catalog.restore(reference.get()));
    }
  }
}
