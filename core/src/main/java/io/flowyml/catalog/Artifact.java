package io.flowyml.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One registered thing as the catalog knows it: an immutable identity, and the tags, metadata,
 * aliases and later parents of the moment it was read. Absent texts are {@code null}, never empty;
 * collections are never {@code null}.
 *
 * @param id unique in the project, never re-used
 * @param project the tenant it belongs to
 * @param name what its versions share
 * @param artifactType free text: Model, Dataset, ...
 * @param version unique within the name, never changes, never re-used
 * @param declaredVersion the text that FlowyML declared, only where it differs from {@code version}
 * @param contentHash lower-case hex SHA-256 where {@code hashOrigin} is {@code computed}; any text
 *     where it is {@code declared}
 * @param size bytes of content
 * @param hashOrigin {@code computed} by this library from the bytes, or {@code declared} by a
 *     client
 * @param duplicateOf id of the oldest living artifact of the project with the same content
 * @param uri where the content is kept
 * @param sourceStep the step that produced it
 * @param sourceRunId the run that produced it
 * @param sourcePipeline the pipeline that produced it
 * @param parentIds all parents in the order given, deleted and unresolved ones included
 * @param unresolvedParentIds those of them that are not (yet) in the catalog
 * @param tags JSON scalars with their type: {@code String}, {@code Boolean}, {@code Long}, {@code
 *     BigInteger}, {@code Double}, {@code BigDecimal}; what FlowyML wrote may also be a list, a
 *     map, {@code null} or NaN
 * @param metadata JSON-like values; {@code description} and {@code owner} are the well-known keys
 * @param tagsVerbatim the JSON text as FlowyML wrote it, only where it holds what JSON cannot (NaN)
 * @param metadataVerbatim likewise for {@code metadata}
 * @param aliases what points at this version, in alphabetical order
 * @param createdAt UTC, microseconds
 * @param createdBy the actor that registered it
 * @param seq number of the artifact's last change within its project
 * @param deletedAt when it was deleted; only on a tombstone
 * @since 0.1
 */
public record Artifact(
    String id,
    String project,
    String name,
    String artifactType,
    String version,
    @Nullable String declaredVersion,
    @Nullable String contentHash,
    @Nullable Long size,
    @Nullable HashOrigin hashOrigin,
    @Nullable String duplicateOf,
    @Nullable String uri,
    @Nullable String sourceStep,
    @Nullable String sourceRunId,
    @Nullable String sourcePipeline,
    List<String> parentIds,
    List<String> unresolvedParentIds,
    Map<String, @Nullable Object> tags,
    Map<String, @Nullable Object> metadata,
    @Nullable String tagsVerbatim,
    @Nullable String metadataVerbatim,
    List<String> aliases,
    Instant createdAt,
    String createdBy,
    long seq,
    @Nullable Instant deletedAt) {

  /** Where a content hash comes from. */
  public enum HashOrigin {
    /** By this library, from the bytes. */
    COMPUTED,
    /** By a client, from whatever it took. */
    DECLARED
  }

  public Artifact {
    parentIds = List.copyOf(parentIds);
    unresolvedParentIds = List.copyOf(unresolvedParentIds);
    aliases = List.copyOf(aliases);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Whether the artifact was deleted and only its tombstone is left.
   *
   * @return whether only a tombstone is left of it
   */
  public boolean isDeleted() {
    return deletedAt != null;
  }
}
