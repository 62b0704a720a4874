package io.flowyml.catalog.query;

import io.flowyml.catalog.Artifact;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An artifact to evaluate queries on: {@code sample().name("resnet").tag("f1", 0.9)}. */
final class Sample {
  private String id = "a1";
  private String name = "sample";
  private String type = "Model";
  private String version = "1";
  private @Nullable String hash;
  private @Nullable String duplicateOf;
  private @Nullable String uri;
  private @Nullable String step;
  private @Nullable String run;
  private @Nullable String pipeline;
  private List<String> parents = List.of();
  private List<String> aliases = List.of();
  private final Map<String, @Nullable Object> tags = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
  private Instant created = Instant.parse("2026-03-03T10:15:30.123456Z");

  static Sample sample() {
    return new Sample();
  }

  Sample id(String value) {
    id = value;
    return this;
  }

  Sample name(String value) {
    name = value;
    return this;
  }

  Sample type(String value) {
    type = value;
    return this;
  }

  Sample version(String value) {
    version = value;
    return this;
  }

  Sample hash(String value) {
    hash = value;
    return this;
  }

  Sample duplicateOf(String value) {
    duplicateOf = value;
    return this;
  }

  Sample uri(String value) {
    uri = value;
    return this;
  }

  Sample source(String pipelineName, String stepName, String runId) {
    pipeline = pipelineName;
    step = stepName;
    run = runId;
    return this;
  }

  Sample parents(String... ids) {
    parents = List.of(ids);
    return this;
  }

  Sample aliases(String... names) {
    aliases = List.of(names);
    return this;
  }

  Sample tag(String key, @Nullable Object value) {
    tags.put(key, value);
    return this;
  }

  Sample metadata(String key, @Nullable Object value) {
    metadata.put(key, value);
    return this;
  }

  Sample created(String time) {
    created = Instant.parse(time);
    return this;
  }

  Artifact artifact() {
    return new Artifact(
        id,
        "default",
        name,
        type,
        version,
        null,
        hash,
        null,
        null,
        duplicateOf,
        uri,
        step,
        run,
        pipeline,
        parents,
        List.of(),
        tags,
        metadata,
        null,
        null,
        aliases,
        created,
        "ada",
        1,
        null);
  }
}
