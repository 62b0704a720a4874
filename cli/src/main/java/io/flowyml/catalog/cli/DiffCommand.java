package io.flowyml.catalog.cli;

import io.flowyml.catalog.AsOf;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Difference;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.DifferenceJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class DiffCommand extends Subcommand {
  private final Value<String> reference = argument("REF", "What is compared, and at --from.");
  private final Value<@Nullable String> other =
      optionalArgument("REF", "With what; without it the same at --to.");
  private final Value<@Nullable String> from =
      option("--from", "TIME|SEQ", "How it was then, as --as-of takes it.");
  private final Value<@Nullable String> to =
      option("--to", "TIME|SEQ", "How it was then; without it now.");

  DiffCommand(RootCommand root) {
    super(root, "diff", "Show how two versions differ, or one at two times.");
    usage(
        "flowyml-catalog diff REF REF",
        "       flowyml-catalog diff REF --from TIME|SEQ [--to TIME|SEQ]");
    examples(
        "  flowyml-catalog diff fraud_detector:1 fraud_detector:2",
        "  flowyml-catalog diff fraud_detector@production --from 2026-03-03",
        "  flowyml-catalog diff fraud_detector:2 --from -7d --to -1d");
  }

  @Override
  void run() {
    var than = other.get();
    var since = from.get();
    if ((than == null) == (since == null) || (to.get() != null && since == null)) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "compare with what? Give two REFs, or one with --from TIME|SEQ and perhaps --to"
              + " TIME|SEQ");
    }
    try (var catalog = existing()) {
      var now = Instant.now();
      var until = to.get();
      show(
          than == null
              ? catalog.diff(
                  reference.get(),
                  AsOf.parse(String.valueOf(since), now),
                  until == null ? new AsOf.Time(now.plusSeconds(1)) : AsOf.parse(until, now))
              : catalog.diff(reference.get(), than));
    }
  }

  private void show(Difference difference) {
    switch (answers().format()) {
      case TABLE -> {
        var fields = new ArrayList<Map.Entry<String, String>>();
        difference.changes().forEach((field, change) -> add(fields, field, change));
        if (fields.isEmpty()) {
          messages().note("no difference");
        }
        answers().fields(fields);
      }
      case JSON -> answers().json(DifferenceJson.toMap(difference));
      case IDS, CSV -> throw answers().unfit("diff");
    }
  }

  /** One line for each value that differs: {@code tags.stage staging -> production}. */
  private static void add(
      List<Map.Entry<String, String>> fields, String path, @Nullable Object change) {
    if (!(change instanceof Map<?, ?> map)) {
      fields.add(Map.entry(path, ArtifactRows.plain(change)));
    } else if (map.containsKey("from") || map.containsKey("to")) {
      fields.add(Map.entry(path, side(map, "from") + " -> " + side(map, "to")));
    } else {
      map.forEach((key, value) -> add(fields, path + "." + key, value));
    }
  }

  private static String side(Map<?, ?> change, String side) {
    return change.containsKey(side) ? ArtifactRows.plain(change.get(side)) : "(none)";
  }
}
