package io.flowyml.catalog;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller hands in to register: {@code artifact("fraud_detector",
 * "Model").parent(raw).tag("f1", 0.93)}. Immutable; every method answers a changed copy.
 *
 * @param id {@code null} for one that the catalog makes
 * @param name what its versions share
 * @param artifactType free text
 * @param version {@code null} for the next whole number of the name
 * @param content {@code null} where there is none to hash
 * @param uri where the content is kept
 * @param sourceStep the step that produced it
 * @param sourceRunId the run that produced it
 * @param sourcePipeline the pipeline that produced it
 * @param parents references, in order
 * @param tags String, Boolean or Number by key
 * @param metadata JSON-like values by key
 * @param aliases that shall point at it
 * @param onDuplicate what shall happen where its content is there already
 * @since 0.1
 */
public record Registration(
    @Nullable String id,
    String name,
    String artifactType,
    @Nullable String version,
    @Nullable Content content,
    @Nullable String uri,
    @Nullable String sourceStep,
    @Nullable String sourceRunId,
    @Nullable String sourcePipeline,
    List<String> parents,
    Map<String, @Nullable Object> tags,
    Map<String, @Nullable Object> metadata,
    List<String> aliases,
    OnDuplicate onDuplicate) {

  public Registration {
    parents = List.copyOf(parents);
    aliases = List.copyOf(aliases);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Starts a registration.
   *
   * @param name 1 to 512 characters, without control characters, {@code @} and {@code :}
   * @param artifactType free text of 1 to 128 characters: Model, Dataset, FeatureSet, Metrics, ...
   * @return a registration of nothing but that; duplicates are kept
   */
  public static Registration artifact(String name, String artifactType) {
    return new Registration(
        null,
        name,
        artifactType,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        OnDuplicate.KEEP);
  }

  /**
   * A client-made id, {@code [A-Za-z0-9._-]{1,128}}: makes the registration safe to repeat.
   *
   * @param id without one the catalog makes one
   * @return a changed copy
   */
  public Registration id(String id) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * A version of the caller's own.
   *
   * @param version 1 to 128 characters; without one it is the next whole number of the name
   * @return a changed copy
   */
  public Registration version(String version) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * The content in any form.
   *
   * @param content is read when the artifact is registered
   * @return a changed copy
   */
  public Registration content(Content content) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * A file or directory; its {@code file:} URI is recorded too, unless another one is given.
   *
   * @param path is read when the artifact is registered
   * @return a changed copy
   */
  public Registration content(Path path) {
    return content(new Content.Files(path));
  }

  /**
   * Bytes in memory.
   *
   * @param bytes are copied
   * @return a changed copy
   */
  public Registration content(byte[] bytes) {
    return content(new Content.Bytes(bytes.clone()));
  }

  /**
   * A stream.
   *
   * @param stream is read to its end and closed when the artifact is registered
   * @return a changed copy
   */
  public Registration content(InputStream stream) {
    return content(new Content.Stream(stream));
  }

  /**
   * A JSON-like value, hashed as FlowyML hashes it.
   *
   * @param value Boolean, String, number, list, array or map with text keys; any other is refused
   *     with {@code invalid_argument} when the artifact is registered
   * @return a changed copy
   */
  public Registration value(@Nullable Object value) {
    return content(new Content.Value(value));
  }

  /**
   * Content that a callback writes.
   *
   * @param writer is called when the artifact is registered
   * @return a changed copy
   */
  public Registration written(Content.Writer writer) {
    return content(new Content.Written(writer));
  }

  /**
   * Where the content is kept.
   *
   * @param uri any URI of at most 4 KiB
   * @return a changed copy
   */
  public Registration uri(String uri) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * The step that produced it.
   *
   * @param step 1 to 512 characters without control characters
   * @return a changed copy
   */
  public Registration step(String step) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        step,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * The run that produced it.
   *
   * @param runId 1 to 512 characters without control characters
   * @return a changed copy
   */
  public Registration run(String runId) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        runId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * The pipeline that produced it.
   *
   * @param pipeline 1 to 512 characters without control characters
   * @return a changed copy
   */
  public Registration pipeline(String pipeline) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        pipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * One more parent: something that this artifact was made from.
   *
   * @param parent that very version
   * @return a changed copy
   */
  public Registration parent(Artifact parent) {
    return parent(parent.id());
  }

  /**
   * One more parent by reference.
   *
   * @param reference id, {@code name@alias}, {@code name:version} or {@code name}, which is
   *     resolved to an exact version when the artifact is registered
   * @return a changed copy
   */
  public Registration parent(String reference) {
    return parents(List.of(reference));
  }

  /**
   * More parents by reference, in this order.
   *
   * @param references as for {@link #parent(String)}; 10,000 parents at most
   * @return a changed copy
   */
  public Registration parents(Collection<String> references) {
    var all = new ArrayList<>(parents);
    all.addAll(references);
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        all,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * One more tag.
   *
   * @param key 1 to 128 characters; one that is there already gets the new value
   * @param value a String, Boolean or Number, of at most 4 KiB
   * @return a changed copy
   */
  public Registration tag(String key, Object value) {
    return tags(Collections.singletonMap(key, value));
  }

  /**
   * More tags.
   *
   * @param more as for {@link #tag}; 1,000 tags at most
   * @return a changed copy
   */
  public Registration tags(Map<String, ? extends @Nullable Object> more) {
    var all = new LinkedHashMap<String, @Nullable Object>(tags);
    all.putAll(more);
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        all,
        metadata,
        aliases,
        onDuplicate);
  }

  /**
   * One more metadata entry.
   *
   * @param key one that is there already gets the new value
   * @param value JSON-like
   * @return a changed copy
   */
  public Registration metadata(String key, @Nullable Object value) {
    var one = new LinkedHashMap<String, @Nullable Object>();
    one.put(key, value);
    return metadata(one);
  }

  /**
   * More metadata.
   *
   * @param more JSON-like values; 1 MiB of JSON at most, nested 64 deep
   * @return a changed copy
   */
  public Registration metadata(Map<String, ? extends @Nullable Object> more) {
    var all = new LinkedHashMap<String, @Nullable Object>(metadata);
    all.putAll(more);
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        all,
        aliases,
        onDuplicate);
  }

  /**
   * An alias that shall point at the new artifact, in the same transaction.
   *
   * @param alias {@code [A-Za-z][A-Za-z0-9._-]{0,63}}, not {@code latest}
   * @return a changed copy
   */
  public Registration alias(String alias) {
    var all = new ArrayList<>(aliases);
    all.add(alias);
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        all,
        onDuplicate);
  }

  /**
   * What shall happen where an older living artifact has the same content.
   *
   * @param onDuplicate {@link OnDuplicate#KEEP} unless said otherwise
   * @return a changed copy
   */
  public Registration onDuplicate(OnDuplicate onDuplicate) {
    return new Registration(
        id,
        name,
        artifactType,
        version,
        content,
        uri,
        sourceStep,
        sourceRunId,
        sourcePipeline,
        parents,
        tags,
        metadata,
        aliases,
        onDuplicate);
  }
}
