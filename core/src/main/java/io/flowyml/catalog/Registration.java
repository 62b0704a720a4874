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

  /** A client-made id, {@code [A-Za-z0-9._-]{1,128}}: makes the registration safe to repeat. */
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

  /** A version of the caller's own; without it the next whole number of the name. */
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

  /** The content in any form. */
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

  /** A file or directory; its {@code file:} URI is recorded too, unless another one is given. */
  public Registration content(Path path) {
    return content(new Content.Files(path));
  }

  /** Bytes in memory. */
  public Registration content(byte[] bytes) {
    return content(new Content.Bytes(bytes.clone()));
  }

  /** A stream, read to its end and closed when the artifact is registered. */
  public Registration content(InputStream stream) {
    return content(new Content.Stream(stream));
  }

  /** A JSON-like value, hashed as FlowyML hashes it. */
  public Registration value(@Nullable Object value) {
    return content(new Content.Value(value));
  }

  /** Content that a callback writes. */
  public Registration written(Content.Writer writer) {
    return content(new Content.Written(writer));
  }

  /** Where the content is kept: any URI of at most 4 KiB. */
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

  /** One more parent: something that this artifact was made from. */
  public Registration parent(Artifact parent) {
    return parent(parent.id());
  }

  /** One more parent by reference: id, {@code name@alias}, {@code name:version} or {@code name}. */
  public Registration parent(String reference) {
    return parents(List.of(reference));
  }

  /** More parents by reference, in this order. */
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

  /** One more tag; the value is a String, Boolean or Number. */
  public Registration tag(String key, Object value) {
    return tags(Collections.singletonMap(key, value));
  }

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

  /** One more metadata entry; the value is JSON-like. */
  public Registration metadata(String key, @Nullable Object value) {
    var one = new LinkedHashMap<String, @Nullable Object>();
    one.put(key, value);
    return metadata(one);
  }

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

  /** An alias that shall point at the new artifact, in the same transaction. */
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
