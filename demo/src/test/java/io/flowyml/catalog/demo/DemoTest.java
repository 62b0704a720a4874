package io.flowyml.catalog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.Registration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs in one folder, looked at from all sides. */
class DemoTest {
  @TempDir static Path folder;
  static Run first;
  static Run second;
  static ArtifactCatalog catalog;

  record Run(int exit, String out, String err) {}

  @BeforeAll
  static void runTwice() {
    first = demo(folder);
    second = demo(folder);
    catalog = ArtifactCatalog.open(folder.resolve(".flowyml").resolve("catalog.db"));
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  static Run demo(Path directory, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit =
        new Main(
                directory,
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(args);
    return new Run(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void demo_succeedsWithoutAWordOnStderr() {
    assertThat(List.of(first, second)).allSatisfy(run -> assertThat(run.exit()).isZero());
    assertThat(first.err() + second.err()).isEmpty();
  }

  @Test
  void demo_fitsAHundredColumns() {
    assertThat((first.out() + second.out()).lines())
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
  }

  @Test
  void demo_addsAVersionOfEveryNameARun() {
    for (var name :
        List.of(
            "wine_raw",
            "wine_clean",
            "wine_for_analysts",
            "wine_split",
            "wine_standardizer",
            "wine_features",
            "wine_train",
            "wine_test",
            "wine_report")) {
      assertThat(catalog.versions(name)).extracting(Artifact::version).containsExactly("2", "1");
    }
    for (var name : List.of("wine_classifier", "wine_metrics")) {
      assertThat(catalog.versions(name))
          .extracting(Artifact::version)
          .containsExactly("6", "5", "4", "3", "2", "1");
    }
  }

  @Test
  void demo_registersFilesThatAreThereWithTheDigestOfTheirBytes() throws Exception {
    var artifacts = catalog.list().items();

    assertThat(artifacts).hasSize(30);
    for (var artifact : artifacts) {
      var bytes = Files.readAllBytes(Path.of(URI.create(String.valueOf(artifact.uri()))));
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(artifact.contentHash())
          .as(artifact.name())
          .isEqualTo(HexFormat.of().formatHex(digest));
      assertThat(artifact.size()).as(artifact.name()).isEqualTo(bytes.length);
      assertThat(artifact.hashOrigin()).isEqualTo(Artifact.HashOrigin.COMPUTED);
    }
  }

  @Test
  void demo_saysOfEveryArtifactWhereItComesFrom() {
    for (var artifact : catalog.list()) {
      assertThat(artifact.sourcePipeline()).isEqualTo("wine_demo");
      assertThat(artifact.sourceStep()).isNotNull();
      assertThat(folder.resolve(".flowyml/demo/" + artifact.sourceRunId())).isDirectory();
      assertThat(artifact.metadata().get("data_licence")).asString().startsWith("CC BY 4.0");
    }
  }

  @Test
  void demo_scalesFeaturesByTheTrainingWinesAlone() throws Exception {
    var train = FeatureTable.read(file("wine_train"));
    var test = FeatureTable.read(file("wine_test"));

    assertThat(train.rows()).hasSize(107);
    assertThat(test.rows()).hasSize(71);
    for (int i = 0; i < train.names().size(); i++) {
      assertThat(mean(train, i)).as(train.names().get(i)).isCloseTo(0, within(1e-6));
      assertThat(mean(test, i)).as(train.names().get(i)).isNotCloseTo(0, within(1e-6));
    }
  }

  private static double mean(FeatureTable table, int column) {
    return table.rows().stream()
        .mapToDouble(row -> row.values().get(column))
        .average()
        .orElseThrow();
  }

  private static Path file(String reference) {
    return Path.of(URI.create(String.valueOf(catalog.get(reference).uri())));
  }

  @Test
  void demo_namesTheDuplicate() {
    var clean = catalog.get("wine_clean:1");
    var copy = catalog.get("wine_for_analysts:1");

    assertThat(copy.duplicateOf()).isEqualTo(clean.id());
    assertThat(first.out())
        .contains("wine_for_analysts:1 is wine_clean:1, byte for byte")
        .contains("duplicate_of  " + clean.id())
        .contains("has the same content as " + clean.id());
  }

  @Test
  void demo_promotesTheModelWithTheHighestF1() {
    var best = catalog.get("wine_classifier@production");

    var highest =
        catalog.versions("wine_classifier").stream()
            .map(model -> (Double) model.tags().get("f1_score"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    assertThat(best.tags()).containsEntry("f1_score", highest).containsEntry("stage", "production");
    assertThat(highest).isBetween(0.9, 1.0);
  }

  @Test
  void demo_replacesTheModelOfTheRunBeforeByAnEquallyGoodNewerOne() {
    var production = catalog.get("wine_classifier@production");
    var before =
        catalog.versions("wine_classifier").stream()
            .filter(model -> "archived".equals(model.tags().get("stage")))
            .toList();

    assertThat(Integer.parseInt(production.version())).isBetween(4, 6);
    assertThat(before).hasSize(1);
    assertThat(Integer.parseInt(production.version()) - 3)
        .isEqualTo(Integer.parseInt(before.getFirst().version()));
    assertThat(first.out())
        .contains("wine_classifier@production is wine_classifier:" + before.getFirst().version())
        .contains("nothing was in production before");
    assertThat(second.out()).contains("It replaced wine_classifier:" + before.getFirst().version());
  }

  @Test
  void demo_recordsWhatTheModelWasMadeFromDownToTheRawFile() {
    assertThat(names(catalog.upstream("wine_classifier@production")))
        .containsExactlyInAnyOrder(
            "wine_classifier",
            "wine_train",
            "wine_features",
            "wine_standardizer",
            "wine_split",
            "wine_clean",
            "wine_raw");
  }

  @Test
  void demo_reachesEveryFileOfTheRunFromTheRawOne() {
    assertThat(names(catalog.downstream("wine_raw:2"))).hasSize(15);
    assertThat(names(catalog.upstream("wine_report:2"))).hasSize(14).contains("wine_test");
  }

  @Test
  void demo_printsLineageAsTreeAndAsMermaid() {
    assertThat(second.out())
        .contains("└─ wine_train:2 (Dataset)")
        .contains("wine_clean:2 (Dataset) (see above)")
        .contains("graph TD\n")
        .contains("[\"wine_standardizer<br/>(Transformer)\"]")
        .contains(" path wine_raw:2 wine_classifier@production");
  }

  @Test
  void demo_writesTheReportThatItRegisters() throws Exception {
    assertThat(file("wine_report:1"))
        .content()
        .contains("178 wines kept")
        .contains("line 172: color_intensity 9.899999 -> 9.9")
        .contains("| wine_classifier:1 | logistic_regression |")
        .contains("Best of all runs: wine_classifier:");
  }

  /** Of a run before, and one that was scored on other wines, which proves nothing here. */
  @Test
  void demo_promotesABetterModelOfAnEarlierRunAndThenKeepsIt(@TempDir Path other) {
    try (var own = ArtifactCatalog.open(other.resolve("own.db"))) {
      var better = own.register(scored(1, String.valueOf(catalog.get("wine_test").contentHash())));
      own.register(scored(2, "other wines"));

      var promoting = demo(other, "--catalog", "own.db");
      var keeping = demo(other, "--catalog", "own.db");

      assertThat(own.resolve("wine_classifier@production")).isEqualTo(better.id());
      assertThat(promoting.out())
          .contains("wine_classifier@production is wine_classifier:1 (magic");
      assertThat(keeping.out()).contains("It was there already").doesNotContain(" path wine_raw");
    }
  }

  private static Registration scored(double figure, String testContentHash) {
    return Registration.artifact("wine_classifier", "Model")
        .pipeline("wine_demo")
        .tag("algorithm", "magic")
        .tag("f1_score", figure)
        .tag("accuracy", figure)
        .metadata("scored_on_content_hash", testContentHash);
  }

  @Test
  void demo_usesTheCatalogAndTheProjectThatItIsGiven(@TempDir Path other) {
    var run = demo(other, "--catalog", "team.db", "--project=wine", "--actor", "ann");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Catalog  team.db\n")
        .contains("--catalog team.db --project wine get wine_classifier@production");
    assertThat(other.resolve(".flowyml/catalog.db")).doesNotExist();
    try (var opened = ArtifactCatalog.open(other.resolve("team.db"))) {
      assertThat(opened.list()).isEmpty();
      assertThat(opened.project("wine").get("wine_raw").createdBy()).isEqualTo("ann");
    }
  }

  @Test
  void demo_saysWhyItCannotWriteItsFiles(@TempDir Path other) throws Exception {
    Files.createDirectories(other.resolve(".flowyml"));
    Files.writeString(other.resolve(".flowyml/demo"), "in the way");

    var run = demo(other);

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).startsWith("error: ").contains(".flowyml/demo").endsWith("(storage)\n");
  }

  @Test
  void demo_refusesAnUnknownOption(@TempDir Path other) {
    var run = demo(other, "--fast");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--fast").contains("--help");
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void demo_explainsItself(@TempDir Path other) {
    var run = demo(other, "--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Usage: flowyml-catalog demo");
    assertThat(other).isEmptyDirectory();
  }

  private static List<String> names(LineageGraph graph) {
    return graph.nodes().stream()
        .map(node -> node.artifact())
        .map(artifact -> artifact == null ? "?" : artifact.name())
        .toList();
  }
}
