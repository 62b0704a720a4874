package io.flowyml.catalog.cli;

import static io.flowyml.catalog.Registration.artifact;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.OnDuplicate;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "register",
    header = "Register an artifact and show its record.",
    description = {
      "The content of PATH, a file or directory, is hashed, and PATH recorded as uri. With --json"
          + " the content",
      "is the JSON value in FILE (- is stdin), hashed as FlowyML hashes it; without NAME and TYPE"
          + " the JSON",
      "is the whole record instead, and the options add to it."
    },
    footer = {
      "  flowyml-catalog register raw_transactions Dataset raw.csv",
      "  flowyml-catalog register fraud_detector Model model.bin --parent raw_transactions \\",
      "      --tag f1_score=0.93 --tag team=fraud --alias staging --provenance",
      "  echo '{\"f1\": 0.93}' | flowyml-catalog register scores Metrics --json -",
      "  flowyml-catalog register model Model model.bin --on-duplicate refuse"
    })
final class RegisterCommand extends Subcommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "1 to 512 characters without @ and :.")
  @Nullable String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "Model, Dataset, Metrics, or any other text.")
  @Nullable String type;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "PATH",
      description = "The content: a file or directory.")
  @Nullable Path path;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "The content as a JSON value, or a whole record.")
  @Nullable String json;

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "A version of your own; without it the next number.")
  @Nullable String version;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "An id of your own, which makes repeating safe.")
  @Nullable String id;

  @Option(
      names = "--parent",
      paramLabel = "REF",
      description = "What it was made from; may be repeated.")
  List<String> parents = List.of();

  @Option(
      names = "--tag",
      paramLabel = "K=V",
      description = "A tag; numbers, true and false keep their type.")
  List<String> tags = List.of();

  @Option(
      names = "--meta",
      paramLabel = "K=V",
      description = "Metadata, such as description and owner.")
  List<String> metadata = List.of();

  @Option(names = "--uri", paramLabel = "U", description = "Where the content is kept.")
  @Nullable String uri;

  @Option(names = "--pipeline", paramLabel = "P", description = "The pipeline that made it.")
  @Nullable String pipeline;

  @Option(names = "--run", paramLabel = "R", description = "The run that made it.")
  @Nullable String run;

  @Option(names = "--step", paramLabel = "S", description = "The step that made it.")
  @Nullable String step;

  @Option(
      names = "--alias",
      paramLabel = "A",
      description = "An alias that shall point at it; may be repeated.")
  List<String> aliases = List.of();

  @Option(
      names = "--on-duplicate",
      paramLabel = "keep|reuse|refuse",
      completionCandidates = DuplicateChoices.class,
      description =
          "If its content is there already: keep both and warn (default), reuse the older, refuse.")
  @Nullable OnDuplicate onDuplicate;

  @Option(
      names = "--provenance",
      description = "Record git commit, dirtiness, host and user as metadata.")
  boolean provenance;

  @Override
  void run() {
    var registration = withOptions(start());
    try (var catalog = root().existingOrNew();
        var progress = Reading.progress(root(), path)) {
      answers().artifact(catalog.register(registration, progress));
    }
  }

  /** {@link OnDuplicate} as it is written on the command line. */
  static final class DuplicateChoices implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("keep", "reuse", "refuse").iterator();
    }
  }

  private Registration start() {
    if (name == null) {
      if (json == null) {
        throw invalid("NAME and TYPE are missing; give them, or a whole record with --json FILE");
      }
      return ArtifactJson.registrationFrom(Json.parseObject(Reading.text(root(), json), json));
    }
    if (type == null) {
      throw invalid(
          "the TYPE of " + name + " is missing: Model, Dataset, Metrics or any other text");
    }
    if (json != null && path != null) {
      throw invalid("PATH and --json are both the content; give one of them");
    }
    var start = artifact(name, type);
    if (json != null) {
      var value = Json.parsePython(Reading.text(root(), json), PythonJson.MAX_DEPTH);
      return start.content(new Content.Value(value));
    }
    return path == null ? start : start.content(path);
  }

  private Registration withOptions(Registration start) {
    var all = start.parents(parents).tags(KeyValue.parseAll(tags));
    all = all.metadata(KeyValue.parseAll(metadata));
    for (var alias : aliases) {
      all = all.alias(alias);
    }
    all = id == null ? all : all.id(id);
    all = version == null ? all : all.version(version);
    all = uri == null ? all : all.uri(uri);
    all = pipeline == null ? all : all.pipeline(pipeline);
    all = run == null ? all : all.run(run);
    all = step == null ? all : all.step(step);
    all = onDuplicate == null ? all : all.onDuplicate(onDuplicate);
    return provenance
        ? all.metadata("provenance", Provenance.ofWorkingDirectory(root().terminal(), messages()))
        : all;
  }

  private static CatalogException invalid(String message) {
    return new CatalogException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
