package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.cli.Table.Column;
import io.flowyml.catalog.cli.Table.Fit;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Artifacts as rows of tables, lines of names and values, and CSV. */
final class ArtifactRows {
  /** The record's fields in the order of the documentation. */
  static final List<String> CSV_TITLES =
      List.of(
          "id",
          "project",
          "name",
          "artifact_type",
          "version",
          "declared_version",
          "content_hash",
          "size",
          "hash_origin",
          "duplicate_of",
          "uri",
          "source_step",
          "source_run_id",
          "source_pipeline",
          "parent_ids",
          "unresolved_parent_ids",
          "tags",
          "metadata",
          "aliases",
          "created_at",
          "created_by",
          "seq",
          "deleted_at");

  private ArtifactRows() {}

  static Table table(List<Artifact> artifacts, boolean relativeTimes, Instant now) {
    var table =
        new Table(
            new Column("NAME", Fit.SHRINKS),
            new Column("VERSION", Fit.SHRINKS),
            new Column("TYPE", Fit.SHRINKS),
            new Column("ALIASES", Fit.OPTIONAL),
            new Column("CREATED", Fit.OPTIONAL),
            new Column("TAGS", Fit.OPTIONAL),
            new Column("ID", Fit.SPARE));
    for (var artifact : artifacts) {
      table.row(
          artifact.name(),
          artifact.version(),
          artifact.isDeleted() ? artifact.artifactType() + " (deleted)" : artifact.artifactType(),
          String.join(" ", artifact.aliases()),
          time(artifact.createdAt(), relativeTimes, now),
          tags(artifact.tags(), " "),
          artifact.id());
    }
    return table;
  }

  /** Relative for people, to the second in UTC for files. */
  static String time(Instant time, boolean relative, Instant now) {
    return relative ? Human.ago(time, now) : time.toString().substring(0, 19).replace('T', ' ');
  }

  private static String tags(Map<String, @Nullable Object> tags, String separator) {
    var text = new ArrayList<String>(tags.size());
    tags.forEach((key, value) -> text.add(key + "=" + plain(value)));
    return String.join(separator, text);
  }

  /** A text as it is, anything else as JSON. */
  static String plain(@Nullable Object value) {
    return value instanceof String text ? text : Json.write(value);
  }

  /** Every field that is there, one line each; tags and metadata a line a key. */
  static List<Map.Entry<String, String>> fields(Artifact artifact) {
    var fields = new ArrayList<Map.Entry<String, String>>();
    ArtifactJson.toMap(artifact)
        .forEach(
            (name, value) -> {
              switch (value) {
                case List<?> list when list.isEmpty() -> {}
                case List<?> list ->
                    fields.add(
                        Map.entry(
                            name, String.join(" ", list.stream().map(String::valueOf).toList())));
                case Map<?, ?> map -> addAll(fields, name, map);
                case Long size when name.equals("size") && size >= 1024 ->
                    fields.add(Map.entry(name, size + " (" + Human.size(size) + ")"));
                case null, default -> fields.add(Map.entry(name, plain(value)));
              }
            });
    return fields;
  }

  private static void addAll(
      List<Map.Entry<String, String>> fields, String name, Map<?, ?> values) {
    var label = name;
    for (var entry : values.entrySet()) {
      fields.add(Map.entry(label, entry.getKey() + "=" + typed(entry.getValue())));
      label = "";
    }
  }

  /** As {@code K=V} would have it on the command line: text that looks like a number is quoted. */
  private static String typed(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return Json.write(value);
    }
    boolean ambiguous = text.equals("true") || text.equals("false") || KeyValue.isJsonNumber(text);
    return ambiguous ? '"' + text + '"' : text;
  }

  static List<String> csv(Artifact artifact) {
    var map = ArtifactJson.toMap(artifact);
    var cells = new ArrayList<String>(CSV_TITLES.size());
    for (var title : CSV_TITLES) {
      var value = map.get(title);
      cells.add(value == null ? "" : plain(value));
    }
    return cells;
  }
}
