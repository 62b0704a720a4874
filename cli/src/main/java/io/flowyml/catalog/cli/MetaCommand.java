package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class MetaCommand extends Subcommand {
  private final Value<String> reference = argument("REF", "Id, name@alias, name:version or name.");
  private final Value<List<String>> entries =
      arguments("K=V", 0, "Metadata to set; numbers, true and false keep their type.");
  private final Value<List<String>> removed =
      options("--remove", "K", "A key to take away; may be repeated.");

  MetaCommand(RootCommand root) {
    super(root, "meta", "Set and remove metadata.");
    description(
        "The well-known keys are description and owner. A V that is a JSON number, true or false is"
            + " that,",
        "anything else is text; K='\"5\"' forces text. The record is shown afterwards.");
    examples(
        "  flowyml-catalog meta fraud_detector description=\"gradient boosting, tuned\" owner=ada",
        "  flowyml-catalog meta fraud_detector:3 --remove owner");
  }

  @Override
  void run() {
    var patch = new LinkedHashMap<String, @Nullable Object>(KeyValue.parseAll(entries.get()));
    removed.get().forEach(key -> patch.putIfAbsent(key, null));
    if (patch.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "nothing to change; give metadata as K=V, or --remove K");
    }
    try (var catalog = existing()) {
      answers().artifact(catalog.setMetadata(reference.get(), patch));
    }
  }
}
