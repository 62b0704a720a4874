package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Artifacts as a busy team makes them, the same for the same number: skewed names, five types, four
 * tags each, 1.5 parents on average among the 2,000 before.
 */
final class Corpus {
  /** Begins the ids of what a catalog is loaded with. */
  static final String LOADED = "a";

  private static final String[] TYPES = {"Dataset", "Model", "Metrics", "FeatureSet", "Report"};
  private static final String[] WORDS = {
    "fraud", "churn", "credit", "vision", "speech", "ranking", "pricing", "demand", "click", "risk"
  };
  private static final String[] TEAMS = {"fraud", "growth", "search", "ads", "core", "vision"};
  private static final String[] STAGES = {"dev", "staging", "production", "archived"};
  private static final String[] FRAMEWORKS = {"sklearn", "xgboost", "pytorch", "jax"};
  private static final int PARENT_REACH = 2_000;

  private final String prefix;
  private final boolean withParents;
  private final Random random = new Random(42);
  private final List<String> recent = new ArrayList<>();
  private int made;

  /**
   * @param prefix keeps the ids of two apart
   * @param withParents off for registrations in no certain order
   */
  Corpus(String prefix, boolean withParents) {
    this.prefix = prefix;
    this.withParents = withParents;
  }

  /** The id of the artifact that is made after so many others. */
  static String id(String prefix, int made) {
    return "%s%08d-0000-4000-8000-%012x"
        .formatted(prefix, made, made * 2654435761L & 0xffffffffffffL);
  }

  /** The next artifact; its parents come before it. */
  Registration next() {
    int i = made++;
    var id = id(prefix, i);
    var artifact =
        Registration.artifact(name(), TYPES[skewed(TYPES.length)])
            .id(id)
            .content(new Content.Digest(hash(content(i)), 1_000L + i, HashOrigin.COMPUTED))
            .uri("s3://bucket/artifacts/" + id)
            .pipeline("pipeline_" + skewed(200))
            .step("step_" + random.nextInt(12))
            .run("run-%07d".formatted(i / 6))
            .tag("team", TEAMS[skewed(TEAMS.length)])
            .tag("stage", stage(i))
            .tag("framework", FRAMEWORKS[random.nextInt(FRAMEWORKS.length)])
            .tag("f1_score", random.nextInt(10_000) / 10_000.0);
    var parents = new ArrayList<String>();
    int wanted = recent.isEmpty() || !withParents ? 0 : random.nextInt(4);
    for (int p = 0; p < wanted; p++) {
      var parent = recent.get(random.nextInt(recent.size()));
      if (!parents.contains(parent)) {
        parents.add(parent);
      }
    }
    if (recent.size() < PARENT_REACH) {
      recent.add(id);
    } else {
      recent.set(i % PARENT_REACH, id);
    }
    return artifact.parents(parents);
  }

  List<Registration> next(int count) {
    var all = new ArrayList<Registration>(count);
    for (int i = 0; i < count; i++) {
      all.add(next());
    }
    return all;
  }

  /** A few names have most versions; in all there are some ten thousands. */
  private String name() {
    int which = (int) (Math.pow(random.nextDouble(), 3) * 30_000);
    return WORDS[which % WORDS.length] + "_" + WORDS[which / 7 % WORDS.length] + "_" + which;
  }

  /** Archived and canary never meet: the tags of an empty intersection. */
  private String stage(int i) {
    return i % 3 == 0 ? "archived" : STAGES[skewed(3)];
  }

  /** One in twenty has the content of an earlier one. */
  private static long content(int i) {
    return i % 20 == 19 ? i - 7L : i;
  }

  /** What a digest looks like: in no order, as an index meets them. */
  private static String hash(long content) {
    var bits = new SplittableRandom(content);
    return "%016x%016x%016x%016x"
        .formatted(bits.nextLong(), bits.nextLong(), bits.nextLong(), bits.nextLong());
  }

  private int skewed(int bound) {
    return (int) (Math.pow(random.nextDouble(), 2) * bound);
  }
}
