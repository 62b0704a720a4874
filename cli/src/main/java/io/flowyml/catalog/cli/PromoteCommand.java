package io.flowyml.catalog.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "promote",
    header = "Point an alias at an artifact.",
    description = {"Its record is shown; what the alias pointed at before is said on stderr."},
    footer = {
      "  flowyml-catalog promote fraud_detector:3 production",
      "  flowyml-catalog promote fraud_detector production --if-current fraud_detector:2",
      "  flowyml-catalog promote fraud_detector canary --if-current none"
    })
final class PromoteCommand extends Subcommand {
  @Parameters(
      index = "0",
      paramLabel = "REF",
      description = "Id, name@alias, name:version or name.")
  String reference = "";

  @Parameters(
      index = "1",
      paramLabel = "ALIAS",
      description = "The alias, without the name: production.")
  String alias = "";

  @Option(
      names = "--if-current",
      paramLabel = "REF|none",
      description = "Only if the alias points at REF now, or is not set; else alias_moved.")
  @Nullable String expected;

  @Override
  void run() {
    try (var catalog = existing()) {
      // the exact version, so that what is shown is what was promoted, whatever is registered
      // meanwhile
      var id = catalog.resolve(reference);
      var previous =
          expected == null
              ? catalog.promote(id, alias)
              : catalog.promote(id, alias, expected.equals("none") ? null : expected);
      var artifact = catalog.get(id);
      messages()
          .note(
              "%s@%s pointed at %s before"
                  .formatted(
                      artifact.name(),
                      alias,
                      previous.map(p -> "version " + p.version()).orElse("nothing")));
      answers().artifact(artifact);
    }
  }
}
