package io.flowyml.catalog.demo;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Tribuo;

/**
 * The pipeline: raw -> clean -> split -> standardizer and features -> train and test -> three
 * models, their metrics, a report. Every step reads what the step before wrote, writes its own file
 * and registers that file with what it was made from.
 */
final class WinePipeline {
  static final String PIPELINE = "wine_demo";
  static final String RAW = "wine_raw";
  static final String MODEL = "wine_classifier";
  static final String ALIAS = "production";

  private final ArtifactCatalog catalog;
  private final Path folder;
  private final String run;
  private final List<Product> products = new ArrayList<>();

  /**
   * @param folder where the files of this run go; it exists
   * @param run tells this run from others
   */
  WinePipeline(ArtifactCatalog catalog, Path folder, String run) {
    this.catalog = catalog;
    this.folder = folder;
    this.run = run;
  }

  /** A file that a step wrote, and the artifact that it is. */
  record Product(Path file, Artifact artifact) {}

  /** A model with what it scored on wines that it had not seen. */
  record Trained(Algorithm algorithm, Product model, Scores scores) {}

  /**
   * What a run did.
   *
   * @param products everything that was registered, in that order
   * @param copy the duplicate that was registered on purpose
   */
  record Outcome(
      String run,
      List<Product> products,
      Cleaning cleaning,
      Split split,
      Product copy,
      List<Trained> trained,
      Promotion promotion) {}

  Outcome run() throws IOException {
    var raw = ingest();
    var cleaning = Cleaning.of(Files.readAllLines(raw.file()));
    var clean = clean(raw, cleaning);
    var copy = copyForAnalysts(clean);
    var split = split(clean);
    var sides = Split.read(split.file());
    var features = features(clean, split, sides);
    var train = side("train", features, split, sides.train().size());
    var test = side("test", features, split, sides.test().size());
    Files.createDirectories(folder.resolve("models"));
    Files.createDirectories(folder.resolve("metrics"));
    var trained = new ArrayList<Trained>();
    var metrics = new ArrayList<String>();
    for (var algorithm : Algorithm.values()) {
      var one = train(algorithm, train, test);
      trained.add(one);
      metrics.add(evaluated(one, test).artifact().id());
    }
    var best = Promotion.bestOf(catalog, run, test.artifact());
    report(cleaning, sides, trained, best, metrics);
    return new Outcome(
        run, products, cleaning, sides, copy, trained, Promotion.to(ALIAS, catalog, best));
  }

  private Product ingest() throws IOException {
    var file = folder.resolve("raw.csv");
    RawData.copyTo(file);
    return register(
        file,
        Registration.artifact(RAW, "Dataset")
            .step("ingest")
            .tag("stage", "raw")
            .metadata("description", RawData.TITLE + ", as the UCI repository distributes it")
            .metadata("source", RawData.SOURCE));
  }

  private Product clean(Product raw, Cleaning cleaning) throws IOException {
    var file = folder.resolve("clean.csv");
    CleanFile.write(cleaning.wines(), file);
    return register(
        file,
        Registration.artifact("wine_clean", "Dataset")
            .step("clean")
            .parent(raw.artifact())
            .tag("stage", "clean")
            .tag("rows", cleaning.wines().size())
            .metadata("rejected_lines", cleaning.rejected().size())
            .metadata("duplicate_lines", cleaning.duplicates().size())
            .metadata("repaired_values", cleaning.repairs().size()));
  }

  /** The same bytes under another name: what happens when two teams keep a copy each. */
  private Product copyForAnalysts(Product clean) throws IOException {
    var file = folder.resolve("for_analysts.csv");
    Files.copy(clean.file(), file);
    return register(
        file,
        Registration.artifact("wine_for_analysts", "Dataset")
            .step("copy")
            .parent(clean.artifact())
            .tag("stage", "clean"));
  }

  private Product split(Product clean) throws IOException {
    var file = folder.resolve("split.csv");
    Split.of(CleanFile.read(clean.file()), Split.TEST_SHARE, Split.SEED).write(file);
    return register(
        file,
        Registration.artifact("wine_split", "Dataset")
            .step("split")
            .parent(clean.artifact())
            .tag("stage", "split")
            .metadata("test_share", Split.TEST_SHARE)
            .metadata("seed", Split.SEED));
  }

  private Product features(Product clean, Product split, Split sides) throws IOException {
    var table = FeatureTable.of(CleanFile.read(clean.file()));
    var fitted = Standardizer.fit(table.only(sides.train()));
    var scales = folder.resolve("standardizer.json");
    Files.writeString(scales, JsonText.of(fitted.toJson()));
    var standardizer =
        register(
            scales,
            Registration.artifact("wine_standardizer", "Transformer")
                .step("standardize")
                .parent(clean.artifact())
                .parent(split.artifact())
                .tag("stage", "features")
                .metadata("fitted_on_rows", fitted.fittedOn()));
    var file = folder.resolve("features.csv");
    fitted.apply(table).write(file);
    return register(
        file,
        Registration.artifact("wine_features", "FeatureSet")
            .step("features")
            .parent(clean.artifact())
            .parent(standardizer.artifact())
            .tag("stage", "features")
            .tag("rows", table.rows().size())
            .metadata("features", table.names()));
  }

  private Product side(String name, Product features, Product split, int rows) throws IOException {
    var file = folder.resolve(name + ".csv");
    var sides = Split.read(split.file());
    FeatureTable.read(features.file())
        .only(name.equals("train") ? sides.train() : sides.test())
        .write(file);
    return register(
        file,
        Registration.artifact("wine_" + name, "Dataset")
            .step("split")
            .parent(features.artifact())
            .parent(split.artifact())
            .tag("stage", name)
            .tag("rows", rows));
  }

  private Trained train(Algorithm algorithm, Product train, Product test) throws IOException {
    var file = folder.resolve("models").resolve(algorithm.label() + ".tribuo");
    Classifier.train(algorithm, FeatureTable.read(train.file()), "train.csv").save(file);
    var seen = FeatureTable.read(test.file());
    var truth = seen.rows().stream().map(FeatureTable.Row::cultivar).toList();
    var scores = Scores.of(truth, Classifier.load(file).predict(seen));
    var model =
        register(
            file,
            Registration.artifact(MODEL, "Model")
                .step("train")
                .parent(train.artifact())
                .tags(figures(algorithm, scores))
                .tag("stage", "candidate")
                .metadata("hyper_parameters", algorithm.hyperParameters())
                .metadata("library", "Tribuo " + Tribuo.VERSION)
                .metadata(Promotion.SCORED_ON, String.valueOf(test.artifact().contentHash())));
    return new Trained(algorithm, model, scores);
  }

  private Product evaluated(Trained trained, Product test) throws IOException {
    var file = folder.resolve("metrics").resolve(trained.algorithm().label() + ".json");
    Files.writeString(file, JsonText.of(trained.scores().toJson()));
    return register(
        file,
        Registration.artifact("wine_metrics", "Metrics")
            .step("evaluate")
            .parent(trained.model().artifact())
            .parent(test.artifact())
            .tags(figures(trained.algorithm(), trained.scores())));
  }

  private void report(
      Cleaning cleaning, Split split, List<Trained> trained, Artifact best, List<String> metrics)
      throws IOException {
    var file = folder.resolve("report.md");
    Files.writeString(file, Report.text(run, cleaning, split, trained, best));
    register(file, Registration.artifact("wine_report", "Report").step("report").parents(metrics));
  }

  private static Map<String, Object> figures(Algorithm algorithm, Scores scores) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put(Promotion.F1, rounded(scores.macroF1()));
    figures.put(Promotion.ACCURACY, rounded(scores.accuracy()));
    figures.put("algorithm", algorithm.label());
    return figures;
  }

  private static double rounded(double share) {
    return Math.round(share * 1e6) / 1e6;
  }

  private Product register(Path file, Registration what) {
    var whole =
        what.content(file)
            .pipeline(PIPELINE)
            .run(run)
            .metadata("data_licence", RawData.LICENCE + ", " + RawData.SOURCE);
    var product = new Product(file, catalog.register(whole));
    products.add(product);
    return product;
  }
}
