package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.OnDuplicate;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.Registration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The artifact record in JSON, for the command line, exports and the wire alike: names in
 * snake_case, arrays and objects always there, whatever else is absent left out.
 */
public final class ArtifactJson {
  /** What a registration is made of. */
  private static final Set<String> GIVEN =
      Set.of(
          "id",
          "name",
          "artifact_type",
          "version",
          "content_hash",
          "size",
          "uri",
          "source_step",
          "source_run_id",
          "source_pipeline",
          "parent_ids",
          "tags",
          "tags_verbatim",
          "metadata",
          "metadata_verbatim",
          "aliases");

  /**
   * What the catalog says of an artifact by itself; a record read back as a registration has it
   * too.
   */
  private static final Set<String> COMPUTED =
      Set.of(
          "project",
          "declared_version",
          "hash_origin",
          "duplicate_of",
          "unresolved_parent_ids",
          "created_at",
          "created_by",
          "seq",
          "deleted_at");

  private ArtifactJson() {}

  /** The record as JSON-like values, fields in the order of the documentation. */
  public static Map<String, @Nullable Object> toMap(Artifact artifact) {
    var map = new LinkedHashMap<String, @Nullable Object>(32);
    map.put("id", artifact.id());
    map.put("project", artifact.project());
    map.put("name", artifact.name());
    map.put("artifact_type", artifact.artifactType());
    map.put("version", artifact.version());
    putIfThere(map, "declared_version", artifact.declaredVersion());
    putIfThere(map, "content_hash", artifact.contentHash());
    putIfThere(map, "size", artifact.size());
    var origin = artifact.hashOrigin();
    putIfThere(map, "hash_origin", origin == null ? null : text(origin));
    putIfThere(map, "duplicate_of", artifact.duplicateOf());
    putIfThere(map, "uri", artifact.uri());
    putIfThere(map, "source_step", artifact.sourceStep());
    putIfThere(map, "source_run_id", artifact.sourceRunId());
    putIfThere(map, "source_pipeline", artifact.sourcePipeline());
    map.put("parent_ids", artifact.parentIds());
    if (!artifact.unresolvedParentIds().isEmpty()) {
      map.put("unresolved_parent_ids", artifact.unresolvedParentIds());
    }
    map.put("tags", artifact.tags());
    putIfThere(map, "tags_verbatim", artifact.tagsVerbatim());
    map.put("metadata", artifact.metadata());
    putIfThere(map, "metadata_verbatim", artifact.metadataVerbatim());
    map.put("aliases", artifact.aliases());
    map.put("created_at", JsonTime.text(artifact.createdAt()));
    map.put("created_by", artifact.createdBy());
    map.put("seq", artifact.seq());
    var deletedAt = artifact.deletedAt();
    putIfThere(map, "deleted_at", deletedAt == null ? null : JsonTime.text(deletedAt));
    return map;
  }

  /**
   * Reads a whole record back; fields that it does not know are passed over, since a newer server
   * may say more. Fails with {@code invalid_argument} where one is missing or of another JSON type.
   */
  public static Artifact fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the artifact record");
    return new Artifact(
        fields.neededText("id"),
        fields.neededText("project"),
        fields.neededText("name"),
        fields.neededText("artifact_type"),
        fields.neededText("version"),
        fields.text("declared_version"),
        fields.text("content_hash"),
        fields.integer("size"),
        fields.constant("hash_origin", HashOrigin.class),
        fields.text("duplicate_of"),
        fields.text("uri"),
        fields.text("source_step"),
        fields.text("source_run_id"),
        fields.text("source_pipeline"),
        fields.texts("parent_ids"),
        fields.texts("unresolved_parent_ids"),
        values(fields, "tags"),
        values(fields, "metadata"),
        fields.text("tags_verbatim"),
        fields.text("metadata_verbatim"),
        fields.texts("aliases"),
        fields.neededTime("created_at"),
        fields.neededText("created_by"),
        fields.neededInteger("seq"),
        fields.time("deleted_at"));
  }

  /**
   * Reads a record as something to register: what the catalog itself adds to a record may stand
   * there and is passed over, a {@code content_hash} is {@code declared}, and an empty text is an
   * absent one, but for name and type. Only {@code name} and {@code artifact_type} are needed. The
   * values are not held to the catalog's rules here.
   *
   * <p>Fails with {@code invalid_argument} for a field that no record has, and where one is missing
   * or of another JSON type.
   */
  public static Registration registrationFrom(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the record");
    fields.refuseOthers(GIVEN, COMPUTED);
    var hash = fields.filledText("content_hash");
    return new Registration(
        fields.filledText("id"),
        fields.neededText("name"),
        fields.neededText("artifact_type"),
        fields.filledText("version"),
        hash == null ? null : new Content.Digest(hash, fields.integer("size"), HashOrigin.DECLARED),
        fields.filledText("uri"),
        fields.filledText("source_step"),
        fields.filledText("source_run_id"),
        fields.filledText("source_pipeline"),
        fields.texts("parent_ids"),
        values(fields, "tags"),
        values(fields, "metadata"),
        fields.texts("aliases"),
        OnDuplicate.KEEP);
  }

  /** {@code {"items": [...], "next_cursor": ...}}; the cursor is left out on the last page. */
  public static <T> Map<String, @Nullable Object> page(
      Page<T> page, Function<? super T, ? extends Map<String, @Nullable Object>> toMap) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    var items = new ArrayList<Map<String, @Nullable Object>>(page.items().size());
    for (var item : page) {
      items.add(toMap.apply(item));
    }
    map.put("items", items);
    putIfThere(map, "next_cursor", page.nextCursor());
    return map;
  }

  /** Whole records, in their order. */
  static List<Map<String, @Nullable Object>> toMaps(List<Artifact> artifacts) {
    var maps = new ArrayList<Map<String, @Nullable Object>>(artifacts.size());
    artifacts.forEach(a -> maps.add(toMap(a)));
    return maps;
  }

  /** A constant as it stands in JSON: {@code metadata_set}. */
  public static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static void putIfThere(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  /** Tags or metadata; where the text as FlowyML wrote it stands beside them, that text counts. */
  private static Map<String, @Nullable Object> values(Fields fields, String name) {
    var verbatim = fields.text(name + "_verbatim");
    return verbatim == null ? fields.object(name) : fields.pythonObject(name, verbatim);
  }
}
