package io.flowyml.catalog;

import static io.flowyml.catalog.Registration.artifact;

import io.flowyml.catalog.local.LocalCatalogBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The program that docs/quickstart.md shows region by region. {@link QuickstartTest} runs it and
 * holds the page to its source and to what it prints.
 */
final class Quickstart {
  private Quickstart() {}

  public static void main(String[] args) throws IOException {
    quickStart();
    backends();
    try (var catalog = ArtifactCatalog.open()) {
      duplicates(catalog);
      lineage(catalog);
      figure(catalog);
      best(catalog);
      tags(catalog);
      deletion(catalog);
      history(catalog);
      errors(catalog);
    }
  }

  private static void quickStart() {
    // tag::quick-start
    try (var catalog = ArtifactCatalog.open()) {

      // Register an artifact
      var model =
          catalog.register(
              artifact("fraud_detector_v2", "Model")
                  .step("train_model")
                  .run("run-abc-123")
                  .pipeline("fraud_detection")
                  .tags(Map.of("stage", "staging", "team", "fraud")));

      // Search and discover
      var models = catalog.search("fraud");
      var recent = catalog.list(ListFilter.all().type("Model").limit(10));
      System.out.println(models.items().size() + " found, " + recent.items().size() + " recent");

      // Tag for promotion
      catalog.tag(model.id(), "stage", "production");

      // Trace lineage
      var lineage = catalog.getLineage(model.id());
      System.out.println("made from " + lineage.parents() + ", used by " + lineage.children());
    }
    // end::quick-start
  }

  private static void backends() {
    // tag::backends
    try (var here = ArtifactCatalog.open(Path.of("team/catalog.db"));
        var explicit = ArtifactCatalog.open(LocalCatalogBackend.open(Path.of("other.db")));
        var inMemory = ArtifactCatalog.inMemory()) {
      for (var catalog : List.of(here, explicit, inMemory)) {
        catalog.register(artifact("raw_transactions", "Dataset"));
      }
    }
    // end::backends
  }

  private static void duplicates(ArtifactCatalog catalog) throws IOException {
    // tag::duplicates
    var file = Files.writeString(Path.of("raw.csv"), "amount,fraud\n12.50,0\n99.99,1\n");
    var raw = catalog.register(artifact("raw_transactions", "Dataset").content(file));
    System.out.println(raw.contentHash() + "  " + raw.size() + " bytes");

    // Registered again: kept, and told
    var again = catalog.register(artifact("raw_copy", "Dataset").content(file));
    System.out.println("duplicate of the first: " + raw.id().equals(again.duplicateOf()));

    // Registered again: the first one is answered
    var reused =
        catalog.register(
            artifact("raw_copy", "Dataset").content(file).onDuplicate(OnDuplicate.REUSE));
    System.out.println("the first itself: " + raw.id().equals(reused.id()));

    // A JSON-like value has the hash that FlowyML computes for it in Python
    var parameters =
        catalog.register(
            artifact("parameters", "Parameters").value(Map.of("depth", 6, "eta", 0.3)));
    System.out.println(catalog.findByHash(parameters.contentHash()).orElseThrow().name());
    // end::duplicates
  }

  private static void lineage(ArtifactCatalog catalog) {
    // tag::lineage
    var raw = catalog.get("raw_transactions");
    var features = catalog.register(artifact("fraud_features", "FeatureSet").parent(raw));
    var model = catalog.register(artifact("fraud_detector", "Model").parent("fraud_features"));

    var lineage = catalog.getLineage(features.id());
    System.out.println("made from " + lineage.parents().getFirst().name());
    System.out.println("used by " + lineage.children().getFirst().name());
    System.out.println(lineage.parentIds().equals(List.of(raw.id())));
    System.out.println(lineage.childIds().equals(List.of(model.id())));
    // end::lineage
  }

  private static void figure(ArtifactCatalog catalog) {
    // tag::figure
    System.out.print(catalog.upstream("fraud_detector").toMermaid());
    // end::figure
  }

  private static void best(ArtifactCatalog catalog) {
    // tag::best
    for (double f1 : new double[] {0.88, 0.93, 0.91}) {
      catalog.register(
          artifact("fraud_detector", "Model").parent("fraud_features").tag("f1_score", f1));
    }

    var best =
        catalog.search("name:fraud_detector").stream()
            .max(Comparator.comparingDouble(Quickstart::f1Score))
            .orElseThrow();
    var before = catalog.promote(best.id(), "production");

    var production = catalog.get("fraud_detector@production");
    System.out.println("production was " + before.map(Artifact::version).orElse("nothing"));
    System.out.println("production is " + production.version());
    // end::best
  }

  // tag::f1
  static double f1Score(Artifact model) {
    return model.tags().get("f1_score") instanceof Double f1 ? f1 : 0;
  }

  // end::f1

  private static void tags(ArtifactCatalog catalog) {
    // tag::tags
    catalog.tag(
        "fraud_detector@production",
        Map.of("team", "fraud", "framework", "xgboost", "reviewed", true, "trees", 400));
    catalog.untag("fraud_detector@production", "framework");

    var reviewed = catalog.list(ListFilter.all().tag("team", "fraud").tag("reviewed", true));
    for (var model : reviewed) {
      System.out.println(model.name() + ":" + model.version() + " " + model.tags().get("trees"));
    }
    System.out.println(catalog.search("team:fraud reviewed:true -stage:production").items().size());
    // end::tags
  }

  private static void deletion(ArtifactCatalog catalog) {
    // tag::deletion
    catalog.delete("raw_copy");
    System.out.println("found after deletion: " + catalog.find("raw_copy").isPresent());
    catalog.restore("raw_copy:1");
    System.out.println("found after restoring: " + catalog.find("raw_copy").isPresent());
    // end::deletion
  }

  private static void history(ArtifactCatalog catalog) {
    // tag::history
    for (var event : catalog.history("fraud_detector@production")) {
      System.out.println(event.kind());
    }
    // end::history
  }

  private static void errors(ArtifactCatalog catalog) {
    // tag::errors
    try {
      catalog.get("fraud_detector:7");
    } catch (CatalogException e) {
      System.out.println(e.code().code() + ": " + e.getMessage());
    }
    try {
      catalog.delete("fraud_features");
    } catch (CatalogException e) {
      System.out.println(e.code().code());
    }
    // end::errors
  }
}
