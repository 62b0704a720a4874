package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "meta",
    header = "Set and remove metadata.",
    description = {
      "The well-known keys are description and owner. A V that is a JSON number, true or false is"
          + " that,",
      "anything else is text; K='\"5\"' forces text. The record is shown afterwards."
    },
    footer = {
      "  flowyml-catalog meta fraud_detector description=\"gradient boosting, tuned\" owner=ada",
      "  flowyml-catalog meta fraud_detector:3 --remove owner"
    })
final class MetaCommand extends Subcommand {
  @Parameters(
      index = "0",
      paramLabel = "REF",
      description = "Id, name@alias, name:version or name.")
  String reference = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "K=V",
      description = "Metadata to set; numbers, true and false keep their type.")
  List<String> entries = List.of();

  @Option(
      names = "--remove",
      paramLabel = "K",
      description = "A key to take away; may be repeated.")
  List<String> removed = List.of();

  @Override
  void run() {
    var patch = new LinkedHashMap<String, @Nullable Object>(KeyValue.parseAll(entries));
    removed.forEach(key -> patch.putIfAbsent(key, null));
    if (patch.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "nothing to change; give metadata as K=V, or --remove K");
    }
    try (var catalog = existing()) {
      answers().artifact(catalog.setMetadata(reference, patch));
    }
  }
}
