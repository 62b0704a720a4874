package io.flowyml.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records for tests that need no catalog. */
final class Artifacts {
  private static final Instant THEN = Instant.parse("2026-11-23T10:15:30.123456Z");

  private Artifacts() {}

  static Artifact named(String id, String name, String type, String... parents) {
    return record(id, name, type, List.of(parents), List.of(), null);
  }

  static Artifact deleted(String id, String name, String type) {
    return record(id, name, type, List.of(), List.of(), THEN.plusSeconds(1));
  }

  static Artifact unresolved(Artifact a, String... unresolved) {
    return record(a.id(), a.name(), a.artifactType(), a.parentIds(), List.of(unresolved), null);
  }

  private static Artifact record(
      String id,
      String name,
      String type,
      List<String> parents,
      List<String> unresolved,
      @Nullable Instant deletedAt) {
    return new Artifact(
        id,
        "default",
        name,
        type,
        "1",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        parents,
        unresolved,
        Map.of(),
        Map.of(),
        null,
        null,
        List.of(),
        THEN,
        "ada",
        1,
        deletedAt);
  }
}
