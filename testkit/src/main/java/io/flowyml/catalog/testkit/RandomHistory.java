package io.flowyml.catalog.testkit;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Registration;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Does everything that can be done to a catalog, at random, the same for the same seed. */
final class RandomHistory {
  static final List<String> NAMES =
      List.of("fraud_detector", "Fraud data", "churn", "École", "ab", "x", "10", "reports/weekly");
  static final List<String> TYPES = List.of("Model", "Dataset", "Report", "model");
  static final List<String> KEYS = List.of("stage", "team", "f1", "n", "note", "Stage");
  static final List<Object> VALUES =
      List.of(
          "production",
          "Production",
          "staging",
          "fraud",
          "a",
          "5",
          "5.0",
          5L,
          5.0,
          0.93,
          -1L,
          true,
          false,
          "true",
          "",
          "it's 100%_\"sure\"",
          "ÉCOLE",
          new BigInteger("123456789012345678901234567890"));

  /** What a random change may meet: it names a tombstone, or something that is in use. */
  private static final Set<ErrorCode> EXPECTED =
      Set.of(ErrorCode.DELETED, ErrorCode.IN_USE, ErrorCode.CYCLE, ErrorCode.VERSION_EXISTS);

  private final ArtifactCatalog catalog;
  private final Random random;
  private final List<String> ids = new ArrayList<>();
  private boolean purging = true;

  RandomHistory(ArtifactCatalog catalog, long seed) {
    this.catalog = catalog;
    this.random = new Random(seed);
  }

  /** Does everything but purge. */
  RandomHistory withoutPurge() {
    purging = false;
    return this;
  }

  /** What was registered so far, oldest first. */
  List<String> ids() {
    return ids;
  }

  void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  void step() {
    var actor = catalog.actor(pick(List.of("ann", "bob")));
    try {
      if (ids.isEmpty() || random.nextInt(10) < 4) {
        register(actor);
      } else {
        change(actor, pick(ids));
      }
    } catch (CatalogException e) {
      if (!EXPECTED.contains(e.code())) {
        throw e;
      }
    }
  }

  private void register(ArtifactCatalog actor) {
    var registration =
        Registration.artifact(pick(NAMES), pick(TYPES)).id("id" + ids.size()).tags(tags());
    if (random.nextBoolean()) {
      registration = registration.content(content());
    }
    if (random.nextInt(4) == 0) {
      registration = registration.version("v" + random.nextInt(1_000));
    }
    if (random.nextInt(3) == 0) {
      registration = registration.pipeline(pick(NAMES)).step("step " + random.nextInt(3)).run("r7");
    }
    if (random.nextInt(3) == 0) {
      registration = registration.metadata("description", pick(NAMES) + " of " + pick(VALUES));
    }
    if (random.nextInt(4) == 0) {
      registration = registration.alias(alias());
    }
    if (!ids.isEmpty() && random.nextBoolean()) {
      registration = registration.parents(List.of(pick(ids), pick(ids)));
    }
    Artifact artifact = actor.register(registration);
    ids.add(artifact.id());
  }

  private void change(ArtifactCatalog actor, String id) {
    switch (random.nextInt(13)) {
      case 0, 1, 2 -> actor.tag(id, tags());
      case 3 -> actor.untag(id, pick(KEYS), pick(KEYS));
      case 4 -> actor.setMetadata(id, Map.of("description", "now " + pick(VALUES), "n", 1L));
      case 12 -> actor.setMetadata(id, metadata());
      case 5 -> actor.setMetadata(id, Collections.singletonMap("description", null));
      case 6 -> actor.addParents(id, List.of(pick(ids)));
      case 7 -> actor.promote(id, alias());
      case 8 -> actor.delete(id, random.nextBoolean());
      case 9, 10 -> actor.restore(id);
      case 11 ->
          actor.find(id).map(Artifact::aliases).orElse(List.of()).stream()
              .findFirst()
              .ifPresent(alias -> actor.demote(actor.get(id).name() + "@" + alias));
      default -> {
        if (purging && random.nextInt(5) == 0) {
          actor.purge(Duration.ZERO, false);
        }
      }
    }
  }

  private Map<String, Object> tags() {
    return switch (random.nextInt(4)) {
      case 0 -> Map.of();
      case 1 -> Map.of(pick(KEYS), pick(VALUES));
      default -> {
        var key = pick(KEYS);
        yield key.equals("note")
            ? Map.of(key, pick(VALUES))
            : Map.of(key, pick(VALUES), "note", pick(VALUES));
      }
    };
  }

  /** With lists, objects within objects, and now and then more than an index has room for. */
  private Map<String, Object> metadata() {
    var inner = Map.of("a", pick(VALUES), "b.c", List.of(pick(VALUES), List.of(pick(VALUES))));
    return random.nextInt(5) == 0
        ? Map.of("deep", inner, "much", java.util.stream.LongStream.range(0, 100).boxed().toList())
        : Map.of("deep", inner, "list", List.of(pick(VALUES), inner), "owner", pick(NAMES));
  }

  private Content content() {
    var bytes = new byte[random.nextInt(6)];
    return random.nextInt(4) == 0
        ? new Content.Digest("declared " + bytes.length, 9L, Artifact.HashOrigin.DECLARED)
        : new Content.Bytes(bytes);
  }

  private String alias() {
    return pick(List.of("production", "staging", "gold"));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
