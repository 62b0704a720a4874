package io.flowyml.catalog.server.flowyml;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.OnDuplicate;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.internal.flowyml.CreatedAt;
import io.flowyml.catalog.internal.json.JsonTime;
import io.flowyml.catalog.internal.json.PythonJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An artifact in the form of FlowyML's client: its thirteen fields, {@code ""} for what is absent.
 * Fields that it does not know are passed over, on either side.
 *
 * @param createdAt {@code null} where the client leaves it to the catalog
 */
record WireEntry(Registration registration, @Nullable Instant createdAt) {
  private static final System.Logger LOG = System.getLogger(WireEntry.class.getName());

  /**
   * Refuses nothing: what is of another type is taken as its JSON text, or as absent.
   *
   * @param json whose texts are storable
   */
  static WireEntry of(Map<String, @Nullable Object> json) {
    var hash = optional(json, "content_hash");
    var registration =
        new Registration(
                optional(json, "artifact_id"),
                text(json, "name"),
                text(json, "artifact_type"),
                optional(json, "version"),
                hash == null ? null : new Content.Digest(hash, null, HashOrigin.DECLARED),
                optional(json, "uri"),
                optional(json, "source_step"),
                optional(json, "source_run_id"),
                optional(json, "source_pipeline"),
                parents(json),
                Map.of(),
                Map.of(),
                List.of(),
                OnDuplicate.KEEP)
            .tags(object(json, "tags"))
            .metadata(object(json, "metadata"));
    return new WireEntry(registration, createdAt(json));
  }

  private static String text(Map<String, @Nullable Object> json, String field) {
    return switch (json.get(field)) {
      case null -> "";
      case String text -> text;
      case Object other -> PythonJson.dumps(other);
    };
  }

  private static @Nullable String optional(Map<String, @Nullable Object> json, String field) {
    var text = text(json, field);
    return text.isEmpty() ? null : text;
  }

  /** The ids, each once; a text alone counts as one. */
  private static List<String> parents(Map<String, @Nullable Object> json) {
    var ids = new LinkedHashSet<String>();
    switch (json.get("parent_ids")) {
      case null -> {}
      case List<?> list -> {
        for (var id : list) {
          ids.add(id instanceof String text ? text : PythonJson.dumps(id));
        }
      }
      case String id -> ids.add(id);
      case Object other -> passedOver("parent_ids", other);
    }
    return List.copyOf(ids);
  }

  private static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> json, String field) {
    var value = json.get(field);
    if (value instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // JSON objects have text keys
      var object = (Map<String, @Nullable Object>) map;
      return object;
    }
    if (value != null) {
      passedOver(field, value);
    }
    return Map.of();
  }

  /** By UTC where it names no zone. */
  private static @Nullable Instant createdAt(Map<String, @Nullable Object> json) {
    var text = optional(json, "created_at");
    var time = text == null ? null : CreatedAt.parse(text, ZoneOffset.UTC);
    if (text != null && time == null) {
      passedOver("created_at", text);
    }
    return time;
  }

  private static void passedOver(String field, Object value) {
    LOG.log(
        System.Logger.Level.WARNING,
        "a FlowyML client sent a {0} that is none, and counts as absent: {1}",
        field,
        shortened(PythonJson.dumps(value)));
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  /**
   * What the client reads, and behind it what the catalog knows besides. {@code version} is the
   * text that the client declared, as it reads back from its own file.
   */
  static Map<String, @Nullable Object> toMap(Artifact artifact) {
    var map = new LinkedHashMap<String, @Nullable Object>(32);
    map.put("artifact_id", artifact.id());
    map.put("name", artifact.name());
    map.put("artifact_type", artifact.artifactType());
    map.put("content_hash", orEmpty(artifact.contentHash()));
    map.put("source_step", orEmpty(artifact.sourceStep()));
    map.put("source_run_id", orEmpty(artifact.sourceRunId()));
    map.put("source_pipeline", orEmpty(artifact.sourcePipeline()));
    map.put("parent_ids", artifact.parentIds());
    map.put("tags", artifact.tags());
    map.put("metadata", artifact.metadata());
    map.put("uri", orEmpty(artifact.uri()));
    map.put("created_at", time(artifact.createdAt()));
    map.put(
        "version",
        artifact.declaredVersion() == null ? artifact.version() : artifact.declaredVersion());
    map.put("id", artifact.id());
    map.put("project", artifact.project());
    map.put("aliases", artifact.aliases());
    map.put("duplicate_of", artifact.duplicateOf());
    map.put("created_by", artifact.createdBy());
    map.put("seq", artifact.seq());
    return map;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** As Python 3.10 parses it: no zone, always six digits. */
  private static String time(Instant time) {
    var text = JsonTime.text(time);
    return text.substring(0, text.length() - 1);
  }
}
