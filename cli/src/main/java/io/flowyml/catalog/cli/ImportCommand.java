package io.flowyml.catalog.cli;

import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.internal.json.ArtifactJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class ImportCommand extends Subcommand {
  private final Value<String> file =
      optionalArgument("FILE|-", "-", "The lines; without it, or as -, stdin.");

  ImportCommand(RootCommand root) {
    super(root, "import", "Read JSON Lines.");
    description(
        "What export wrote, or plain records, of which only name and artifact_type are needed. A"
            + " record that is refused is said on stderr, and the others go in; the exit code is"
            + " that of the first refusal.");
    examples(
        "  flowyml-catalog import catalog.jsonl",
        "  echo '{\"name\": \"raw\", \"artifact_type\": \"Dataset\"}' | flowyml-catalog import -");
  }

  private final Map<Outcome.Status, Long> counts = new EnumMap<>(Outcome.Status.class);

  @Override
  void run() {
    try (var lines = Reading.lines(root(), file.get());
        var catalog = root().existingOrNew()) {
      catalog.importLines(lines, this::count);
    } catch (IOException e) {
      throw Reading.unreadable(file.get(), e);
    }
    answer();
  }

  private void count(Outcome outcome) {
    counts.merge(outcome.status(), 1L, Long::sum);
    if (outcome.error() != null) {
      messages().error(outcome.error());
    } else if (outcome.artifact() != null && answers().format() == Format.IDS) {
      answers().line(outcome.artifact().id());
    }
  }

  private void answer() {
    switch (answers().format()) {
      case TABLE, IDS -> messages().note(summary());
      case JSON -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var status : Outcome.Status.values()) {
          map.put(ArtifactJson.text(status), counts.getOrDefault(status, 0L));
        }
        answers().json(map);
      }
      case CSV -> throw answers().unfit("import");
    }
  }

  private String summary() {
    var parts = new ArrayList<String>();
    counts.forEach((status, count) -> parts.add(count + " " + ArtifactJson.text(status)));
    return parts.isEmpty() ? "nothing to import" : String.join(", ", parts);
  }
}
