package io.flowyml.catalog.cli;

final class ResolveCommand extends Subcommand {
  private final Value<String> reference = argument("REF", "Id, name@alias, name:version or name.");

  ResolveCommand(RootCommand root) {
    super(root, "resolve", "Say which artifact a reference means now.");
    description("Its id, or with -o json its record.");
    examples(
        "  flowyml-catalog resolve fraud_detector@production",
        "  flowyml-catalog tag \"$(flowyml-catalog resolve fraud_detector)\" reviewed=true");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      if (answers().format() == Format.TABLE) {
        answers().line(catalog.resolve(reference.get()));
      } else {
        answers().artifact(catalog.get(reference.get()));
      }
    }
  }
}
