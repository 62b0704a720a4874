package io.flowyml.catalog.demo;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path folder;

  @Test
  void readme_showsWhatTheDemoPrints() throws Exception {
    var printed = normal(DemoTest.demo(folder).out()).lines().toList();

    int at = 0;
    for (var line : normal(block("text")).lines().filter(l -> !l.equals("...")).toList()) {
      var rest = printed.subList(at, printed.size());
      assertThat(rest).contains(line);
      at += rest.indexOf(line) + 1;
    }
  }

  @Test
  void readme_showsTheProgramBelow() throws Exception {
    var source =
        Files.readString(
            ROOT.resolve("demo/src/test/java/io/flowyml/catalog/demo/ReadmeTest.java"));

    assertThat(source.replaceAll("\\s+", " "))
        .contains(
            block("java")
                .replace("ArtifactCatalog.open()", "ArtifactCatalog.open(file)")
                .replace("Path.of(\"raw.csv\")", "rawCsv")
                .replaceAll("\\s+", " "));
  }

  @Test
  void theProgramOfTheReadme_promotesTheModel() throws Exception {
    var file = folder.resolve("catalog.db");
    var rawCsv = Files.writeString(folder.resolve("raw.csv"), "amount\n1\n");

    try (var catalog = ArtifactCatalog.open(file)) {
      var raw = catalog.register(artifact("raw_transactions", "Dataset").content(rawCsv));
      var model =
          catalog.register(
              artifact("fraud_detector", "Model")
                  .parent(raw)
                  .tag("f1_score", 0.93)
                  .tag("team", "fraud"));
      catalog.tag(model.id(), Map.of("stage", "staging"));
      var found = catalog.search("team:fraud stage:staging").first();
      catalog.promote(found.id(), "production");
      System.out.println(catalog.getLineage(found.id()).toMermaid());
    }

    try (var catalog = ArtifactCatalog.open(file)) {
      assertThat(catalog.get("fraud_detector@production").parentIds())
          .containsExactly(catalog.resolve("raw_transactions"));
    }
  }

  @Test
  void readme_linksToFilesThatAreThere() throws Exception {
    var links = new ArrayList<String>();
    var link = Pattern.compile("]\\((?!https?:)([^)#]+)").matcher(readme());
    while (link.find()) {
      links.add(link.group(1));
    }

    assertThat(links).isNotEmpty().allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }

  private static String readme() throws Exception {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String block(String language) throws Exception {
    var block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(readme());
    assertThat(block.find()).as("a block of " + language).isTrue();
    return block.group(1);
  }

  /** Without what differs from run to run and, in the last digits, from machine to machine. */
  private static String normal(String text) {
    return text.replaceAll("\\d{8}-\\d{6}(-\\d+)?", "RUN")
        .replaceAll("0\\.\\d{4,6}", "0.F")
        .replaceAll("(0\\.F +0\\.F +)\\d+", "$1N");
  }
}
