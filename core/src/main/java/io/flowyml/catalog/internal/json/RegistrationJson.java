package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.OnDuplicate;
import io.flowyml.catalog.Registration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registration in JSON, as the catalog's own API takes it: the fields of a record that a caller
 * decides, and {@code on_duplicate}. Content is its digest: who has the bytes hashes them.
 */
public final class RegistrationJson {
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "name",
          "artifact_type",
          "version",
          "content_hash",
          "size",
          "hash_origin",
          "uri",
          "source_step",
          "source_run_id",
          "source_pipeline",
          "parent_ids",
          "tags",
          "metadata",
          "aliases",
          "on_duplicate");

  private RegistrationJson() {}

  /** The registration, whose content must be a digest or absent, as JSON-like values. */
  public static Map<String, @Nullable Object> toMap(Registration registration) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    ArtifactJson.putIfThere(map, "id", registration.id());
    map.put("name", registration.name());
    map.put("artifact_type", registration.artifactType());
    ArtifactJson.putIfThere(map, "version", registration.version());
    if (registration.content() instanceof Content.Digest digest) {
      map.put("content_hash", digest.hash());
      ArtifactJson.putIfThere(map, "size", digest.size());
      map.put("hash_origin", ArtifactJson.text(digest.origin()));
    }
    ArtifactJson.putIfThere(map, "uri", registration.uri());
    ArtifactJson.putIfThere(map, "source_step", registration.sourceStep());
    ArtifactJson.putIfThere(map, "source_run_id", registration.sourceRunId());
    ArtifactJson.putIfThere(map, "source_pipeline", registration.sourcePipeline());
    map.put("parent_ids", registration.parents());
    map.put("tags", registration.tags());
    map.put("metadata", registration.metadata());
    map.put("aliases", registration.aliases());
    map.put("on_duplicate", ArtifactJson.text(registration.onDuplicate()));
    return map;
  }

  /**
   * Reads a registration; {@code parent_ids} may be any references, and a hash is {@code declared}
   * unless it says that it was computed. The values are not held to the catalog's rules here.
   *
   * <p>Fails with {@code invalid_argument} for a field that cannot be given, and where one is
   * missing or of another JSON type.
   */
  public static Registration fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the registration");
    fields.refuseOthers(KNOWN);
    return new Registration(
        fields.text("id"),
        fields.neededText("name"),
        fields.neededText("artifact_type"),
        fields.text("version"),
        content(fields),
        fields.text("uri"),
        fields.text("source_step"),
        fields.text("source_run_id"),
        fields.text("source_pipeline"),
        fields.texts("parent_ids"),
        fields.object("tags"),
        fields.object("metadata"),
        fields.texts("aliases"),
        Objects.requireNonNullElse(
            fields.constant("on_duplicate", OnDuplicate.class), OnDuplicate.KEEP));
  }

  private static @Nullable Content content(Fields fields) {
    var hash = fields.text("content_hash");
    var size = fields.integer("size");
    var origin = fields.constant("hash_origin", HashOrigin.class);
    if (hash == null) {
      if (size != null || origin != null) {
        throw fields.refused("content_hash", "is missing beside size or hash_origin; give it");
      }
      return null;
    }
    return new Content.Digest(hash, size, Objects.requireNonNullElse(origin, HashOrigin.DECLARED));
  }
}
