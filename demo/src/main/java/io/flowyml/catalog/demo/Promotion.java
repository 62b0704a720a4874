package io.flowyml.catalog.demo;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an alias points at after a run, and what it pointed at before.
 *
 * @param best as it is now
 * @param previous what the alias pointed at before this run; {@code null} where it was new
 */
record Promotion(String alias, Artifact best, @Nullable Artifact previous) {
  static final String F1 = "f1_score";
  static final String ACCURACY = "accuracy";

  /** Metadata of a model: the content hash of the test split that its tags come from. */
  static final String SCORED_ON = "scored_on_content_hash";

  /** Whether the best model was in its place already. */
  boolean kept() {
    return previous != null && previous.id().equals(best.id());
  }

  /**
   * The best model of all runs that were scored on the same wines: by F1, then accuracy. Of equally
   * good ones a model of this run, which has the newest inputs, the simplest of them; else the
   * newest.
   */
  static Artifact bestOf(ArtifactCatalog catalog, String run, Artifact test) {
    var ofThisRun = new ArrayList<Artifact>();
    var ofOthers = new ArrayList<Artifact>();
    for (var model : models(catalog)) {
      if (isComparable(model, test)) {
        (run.equals(model.sourceRunId()) ? ofThisRun : ofOthers).add(model);
      }
    }
    var candidates = new ArrayList<>(ofThisRun.reversed());
    candidates.addAll(ofOthers);
    var best = candidates.getFirst();
    for (var candidate : candidates) {
      int byF1 = Double.compare(figure(candidate, F1), figure(best, F1));
      if (byF1 > 0 || (byF1 == 0 && figure(candidate, ACCURACY) > figure(best, ACCURACY))) {
        best = candidate;
      }
    }
    return best;
  }

  /** Points the alias at the best model, where it does not point already, and tags both sides. */
  static Promotion to(String alias, ArtifactCatalog catalog, Artifact best) {
    var previous = catalog.find(best.name() + "@" + alias).orElse(null);
    if (previous != null && previous.id().equals(best.id())) {
      return new Promotion(alias, previous, previous);
    }
    var replaced = catalog.promote(best.id(), alias).orElse(null);
    if (replaced != null) {
      catalog.tag(replaced.id(), "stage", "archived");
    }
    return new Promotion(alias, catalog.tag(best.id(), "stage", alias), replaced);
  }

  /** The living versions, newest first. */
  private static List<Artifact> models(ArtifactCatalog catalog) {
    var models = new ArrayList<Artifact>();
    Page<Artifact> page = catalog.versions(WinePipeline.MODEL, Limits.PAGE, null);
    page.stream().filter(model -> !model.isDeleted()).forEach(models::add);
    while (page.nextCursor() != null) {
      page = catalog.versions(WinePipeline.MODEL, Limits.PAGE, page.nextCursor());
      page.stream().filter(model -> !model.isDeleted()).forEach(models::add);
    }
    return models;
  }

  /** Figures of other pipelines or other test wines say nothing here. */
  private static boolean isComparable(Artifact model, Artifact test) {
    return WinePipeline.PIPELINE.equals(model.sourcePipeline())
        && String.valueOf(test.contentHash()).equals(model.metadata().get(SCORED_ON))
        && model.tags().get(F1) instanceof Number
        && model.tags().get(ACCURACY) instanceof Number;
  }

  private static double figure(Artifact model, String tag) {
    return model.tags().get(tag) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
