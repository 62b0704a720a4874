package io.flowyml.catalog.cli;

import org.jspecify.annotations.Nullable;

final class PromoteCommand extends Subcommand {
  private final Value<String> reference = argument("REF", "Id, name@alias, name:version or name.");
  private final Value<String> alias = argument("ALIAS", "The alias, without the name: production.");
  private final Value<@Nullable String> expected =
      option(
          "--if-current",
          "REF|none",
          "Only if the alias points at REF now, or is not set; else alias_moved.");

  PromoteCommand(RootCommand root) {
    super(root, "promote", "Point an alias at an artifact.");
    description("Its record is shown; what the alias pointed at before is said on stderr.");
    examples(
        "  flowyml-catalog promote fraud_detector:3 production",
        "  flowyml-catalog promote fraud_detector production --if-current fraud_detector:2",
        "  flowyml-catalog promote fraud_detector canary --if-current none");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      // the exact version, so that what is shown is what was promoted, whatever is registered
      // meanwhile
      var id = catalog.resolve(reference.get());
      var previous =
          expected.get() == null
              ? catalog.promote(id, alias.get())
              : catalog.promote(
                  id, alias.get(), expected.get().equals("none") ? null : expected.get());
      var artifact = catalog.get(id);
      messages()
          .note(
              "%s@%s pointed at %s before"
                  .formatted(
                      artifact.name(),
                      alias.get(),
                      previous.map(p -> "version " + p.version()).orElse("nothing")));
      answers().artifact(artifact);
    }
  }
}
