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
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

final class RegisterCommand extends Subcommand {
  private final Value<@Nullable String> name =
      optionalArgument("NAME", "1 to 512 characters without @ and :.");
  private final Value<@Nullable String> type =
      optionalArgument("TYPE", "Model, Dataset, Metrics, or any other text.");
  private final Value<@Nullable String> path =
      optionalArgument("PATH", "The content: a file or directory.");
  private final Value<@Nullable String> json =
      option("--json", "FILE|-", "The content as a JSON value, or a whole record.");
  private final Value<@Nullable String> version =
      option("--version", "V", "A version of your own; without it the next number.");
  private final Value<@Nullable String> id =
      option("--id", "ID", "An id of your own, which makes repeating safe.");
  private final Value<List<String>> parents =
      options("--parent", "REF", "What it was made from; may be repeated.");
  private final Value<List<String>> tags =
      options("--tag", "K=V", "A tag; numbers, true and false keep their type.");
  private final Value<List<String>> metadata =
      options("--meta", "K=V", "Metadata, such as description and owner.");
  private final Value<@Nullable String> uri = option("--uri", "U", "Where the content is kept.");
  private final Value<@Nullable String> pipeline =
      option("--pipeline", "P", "The pipeline that made it.");
  private final Value<@Nullable String> run = option("--run", "R", "The run that made it.");
  private final Value<@Nullable String> step = option("--step", "S", "The step that made it.");
  private final Value<List<String>> aliases =
      options("--alias", "A", "An alias that shall point at it; may be repeated.");
  private final Value<@Nullable OnDuplicate> onDuplicate =
      choice(
          "--on-duplicate",
          "keep|reuse|refuse",
          OnDuplicate.class,
          "If its content is there already: keep both and warn (default), reuse the older,"
              + " refuse.");
  private final Value<Boolean> provenance =
      flag("--provenance", "Record git commit, dirtiness, host and user as metadata.");

  RegisterCommand(RootCommand root) {
    super(root, "register", "Register an artifact and show its record.");
    description(
        "The content of PATH, a file or directory, is hashed, and PATH recorded as uri. With --json"
            + " the content is the JSON value in FILE (- is stdin), hashed as FlowyML hashes it;"
            + " without NAME and TYPE the JSON is the whole record instead, and the options add to"
            + " it.");
    examples(
        "  flowyml-catalog register raw_transactions Dataset raw.csv",
        "  flowyml-catalog register fraud_detector Model model.bin --parent raw_transactions \\",
        "      --tag f1_score=0.93 --tag team=fraud --alias staging --provenance",
        "  echo '{\"f1\": 0.93}' | flowyml-catalog register scores Metrics --json -",
        "  flowyml-catalog register model Model model.bin --on-duplicate refuse");
  }

  @Override
  void run() {
    var content = path.get() == null ? null : Path.of(path.get());
    var registration = withOptions(start(content));
    try (var catalog = root().existingOrNew();
        var progress = Reading.progress(root(), content)) {
      answers().artifact(catalog.register(registration, progress));
    }
  }

  private Registration start(@Nullable Path content) {
    var givenName = name.get();
    var givenType = type.get();
    var document = json.get();
    if (givenName == null) {
      if (document == null) {
        throw invalid("NAME and TYPE are missing; give them, or a whole record with --json FILE");
      }
      return ArtifactJson.registrationFrom(
          Json.parseObject(Reading.text(root(), document), document));
    }
    if (givenType == null) {
      throw invalid(
          "the TYPE of " + givenName + " is missing: Model, Dataset, Metrics or any other text");
    }
    if (document != null && content != null) {
      throw invalid("PATH and --json are both the content; give one of them");
    }
    var start = artifact(givenName, givenType);
    if (document != null) {
      var value = Json.parsePython(Reading.text(root(), document), PythonJson.MAX_DEPTH);
      return start.content(new Content.Value(value));
    }
    return content == null ? start : start.content(content);
  }

  private Registration withOptions(Registration start) {
    var all = start.parents(parents.get()).tags(KeyValue.parseAll(tags.get()));
    all = all.metadata(KeyValue.parseAll(metadata.get()));
    for (var alias : aliases.get()) {
      all = all.alias(alias);
    }
    all = with(all, id, Registration::id);
    all = with(all, version, Registration::version);
    all = with(all, uri, Registration::uri);
    all = with(all, pipeline, Registration::pipeline);
    all = with(all, run, Registration::run);
    all = with(all, step, Registration::step);
    all = with(all, onDuplicate, Registration::onDuplicate);
    return provenance.get()
        ? all.metadata("provenance", Provenance.ofWorkingDirectory(root().terminal(), messages()))
        : all;
  }

  private static <T> Registration with(
      Registration registration,
      Value<@Nullable T> option,
      BiFunction<Registration, T, Registration> change) {
    var given = option.get();
    return given == null ? registration : change.apply(registration, given);
  }

  private static CatalogException invalid(String message) {
    return new CatalogException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
