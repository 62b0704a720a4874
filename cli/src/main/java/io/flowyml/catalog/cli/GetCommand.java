package io.flowyml.catalog.cli;

final class GetCommand extends Subcommand {
  private final Value<String> reference =
      argument("REF", "Id, name@alias, name:version or name; - for the lines of stdin.");

  GetCommand(RootCommand root) {
    super(root, "get", "Show the record of one artifact.");
    examples(
        "  flowyml-catalog get fraud_detector",
        "  flowyml-catalog get fraud_detector@production -o json",
        "  flowyml-catalog get fraud_detector:3");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      Bulk.each(root(), reference.get(), catalog::get);
    }
  }
}
