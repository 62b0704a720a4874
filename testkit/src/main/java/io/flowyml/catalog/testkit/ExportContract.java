package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.spi.HistoryOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out goes in again: an export into an empty project is the same project. */
abstract class ExportContract extends Contract {

  private void assertSame(ArtifactCatalog copy, ArtifactCatalog original) {
    assertThat(exported(copy)).isEqualTo(exported(original));
    assertThat(copy.list(ListFilter.all().limit(1_000)))
        .isEqualTo(original.list(ListFilter.all().limit(1_000)));
    assertThat(copy.history(new HistoryOf.Project(), 1_000, null))
        .isEqualTo(original.history(new HistoryOf.Project(), 1_000, null));
    assertThat(copy.stats()).isEqualTo(original.stats());
    for (var name : RandomHistory.NAMES) {
      assertThat(copy.search("\"" + name + "\"")).isEqualTo(original.search("\"" + name + "\""));
      assertThat(copy.backend().versions(scope(copy), name, 100, null).items())
          .isEqualTo(original.backend().versions(scope(original), name, 100, null).items());
    }
    assertThat(contract().contradictions(copy.backend())).isEmpty();
  }

  private static io.flowyml.catalog.spi.Scope scope(ArtifactCatalog catalog) {
    return new io.flowyml.catalog.spi.Scope(catalog.project(), ACTOR);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyHistory_comesBackAsItWas_andGoesOnAlike(long seed) {
    new RandomHistory(catalog, seed).steps(400);
    try (var copy = another()) {
      var outcomes = imported(copy, exported(catalog));
      assertThat(outcomes).extracting(Outcome::status).containsOnly(Outcome.Status.CREATED);
      assertSame(copy, catalog);
      for (var each : List.of(catalog, copy)) {
        each.register(model("churn").id("one-more").tag("stage", "new"));
        each.tagWhere("stage:production", Map.of("stage", "retired"), List.of("note"), false);
        each.deleteWhere("type:Report", true, false);
      }
      assertThat(copy.get("one-more").version()).isEqualTo(catalog.get("one-more").version());
      assertThat(ids(copy.search("stage:retired"))).isEqualTo(ids(catalog.search("stage:retired")));
      assertThat(copy.stats()).isEqualTo(catalog.stats());
    }
  }

  @Test
  void moreThanABatch_comesBack() {
    for (int i = 0; i < 1_234; i++) {
      catalog.register(model("m").id("id" + i).tag("i", i).tag("mod", i % 7));
    }
    catalog.tagWhere("mod:3", Map.of("mod", 4L), List.of(), false);
    try (var copy = another()) {
      assertThat(imported(copy, exported(catalog))).hasSize(1_234);
      assertSame(copy, catalog);
      assertThat(copy.search("mod:4", 1_000, null).items())
          .hasSameSizeAs(catalog.search("mod:4", 1_000, null).items());
    }
  }

  @Test
  void unresolvedAndHealedParents_comeBack() {
    tolerated(
        "{\"id\":\"a\",\"name\":\"a\",\"artifact_type\":\"Model\",\"parent_ids\":[\"b\",\"c\"]}");
    catalog.register(dataset("b").id("b"));
    try (var copy = another()) {
      imported(copy, exported(catalog));
      assertSame(copy, catalog);
      copy.register(dataset("c").id("c"));
      assertThat(copy.get("a").unresolvedParentIds()).isEmpty();
      assertThat(copy.getLineage("b").childIds()).containsExactly("a");
    }
  }

  @Test
  void whatJsonCannotHold_comesBackAsItWasWritten() {
    tolerated(
        """
        {"id":"a","name":"","artifact_type":"","tags":{"f1":"NaN","list":[1,null]},\
        "tags_verbatim":"{\\"f1\\": NaN, \\"list\\": [1, null]}","metadata":{"m":"-Infinity"},\
        "metadata_verbatim":"{\\"m\\": -Infinity}"}\
        """);
    assertThat(catalog.get("a").tags()).containsEntry("f1", Double.NaN);
    try (var copy = another()) {
      imported(copy, exported(catalog));
      assertThat(copy.get("a")).isEqualTo(catalog.get("a"));
      assertThat(copy.get("a").tagsVerbatim()).isEqualTo("{\"f1\": NaN, \"list\": [1, null]}");
      assertSame(copy, catalog);
    }
  }

  @Test
  void anEmptyProject_comesBackEmpty() {
    var lines = exported(catalog);
    assertThat(lines).isNotEmpty();
    try (var copy = another()) {
      assertThat(imported(copy, lines)).isEmpty();
      assertThat(exported(copy)).isEqualTo(lines);
    }
  }

  @Test
  void intoAnotherProject_onlyTheProjectDiffers() {
    new RandomHistory(catalog, 9).steps(100);
    var target = catalog.project("copy");
    imported(target, exported(catalog));
    assertThat(exported(target))
        .isEqualTo(exported(catalog).replace("\"project\":\"default\"", "\"project\":\"copy\""));
  }

  @Test
  void intoAProjectThatOnlySawARefusal_isIntoAnEmptyOne() {
    catalog.register(model("m").id("m").tag("a", 1L));
    catalog.tag("m", "a", 2L);
    try (var copy = another()) {
      refused(ErrorCode.NOT_FOUND, () -> copy.tag("nothing", "a", 1));
      assertThat(copy.list().items()).isEmpty();
      imported(copy, exported(catalog));
      assertSame(copy, catalog);
    }
  }

  @Test
  void cutOff_nothingComesIn() {
    new RandomHistory(catalog, 5).steps(60);
    var lines = exported(catalog).lines().toList();
    for (int kept : List.of(1, 2, lines.size() / 2, lines.size() - 1)) {
      try (var copy = another()) {
        var text = String.join("\n", lines.subList(0, kept));
        var error = refused(ErrorCode.INVALID_ARGUMENT, () -> imported(copy, text));
        assertThat(error.getMessage()).contains("line " + kept);
        assertThat(copy.stats().seq()).isZero();
        assertThat(contract().contradictions(copy.backend())).isEmpty();
        imported(copy, exported(catalog));
        assertSame(copy, catalog);
      }
    }
  }

  @Test
  void cutWithinALine_nothingComesInAndTheLineIsNamed() {
    new RandomHistory(catalog, 5).steps(60);
    var text = exported(catalog);
    var cut = text.substring(0, text.length() / 2);
    try (var copy = another()) {
      var error = refused(ErrorCode.INVALID_ARGUMENT, () -> imported(copy, cut));
      assertThat(error.getMessage()).contains("line " + cut.lines().count());
      assertThat(copy.stats().seq()).isZero();
    }
  }

  @Test
  void aMissingLine_nothingComesIn() {
    new RandomHistory(catalog, 6).steps(60);
    var lines = exported(catalog).lines().toList();
    for (int missing : List.of(1, lines.size() / 2, lines.size() - 2)) {
      var without = new java.util.ArrayList<>(lines);
      without.remove(missing);
      try (var copy = another()) {
        refused(ErrorCode.INVALID_ARGUMENT, () -> imported(copy, String.join("\n", without)));
        assertThat(copy.stats().seq()).isZero();
      }
    }
  }

  @Test
  void linesAreRecords_thatOtherProgramsCanRead() {
    catalog.register(model("m").id("m").tag("f1", 0.5));
    catalog.delete("m");
    var records = exported(catalog).lines().filter(line -> line.contains("\"id\":\"m\"")).toList();
    assertThat(records).hasSize(1);
    assertThat(records.getFirst())
        .startsWith(
            "{\"id\":\"m\",\"project\":\"default\",\"name\":\"m\",\"artifact_type\":\"Model\"")
        .contains("\"tags\":{\"f1\":0.5}", "\"deleted_at\":\"");
  }

  @Test
  void intoAProjectThatHasSomething_artifactsAreRegistered() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(model("m").id("m").parent("raw").alias("production"));
    catalog.register(model("m").id("gone"));
    catalog.delete("gone");
    try (var target = another()) {
      target.register(model("m").id("own").alias("production"));
      var outcomes = imported(target, exported(catalog));
      assertThat(outcomes).extracting(Outcome::status).containsOnly(Outcome.Status.CREATED);
      assertThat(target.get("m").parentIds()).containsExactly("raw");
      assertThat(target.get("m").version()).isEqualTo("2");
      assertThat(target.get("m").declaredVersion()).isEqualTo("1");
      assertThat(target.resolve("m@production")).isEqualTo("own");
      assertThat(target.versions("m").items()).filteredOn(Artifact::isDeleted).hasSize(1);
      assertThat(target.get("m").createdAt()).isEqualTo(catalog.get("m").createdAt());
      var again = imported(target, exported(catalog));
      assertThat(again).extracting(Outcome::status).containsOnly(Outcome.Status.EXISTING);
    }
  }

  @Test
  void intoItself_nothingChanges() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(dataset("late").id("late"));
    catalog.register(model("m").id("m").parent("raw"));
    catalog.addParents("m", List.of("late"));
    catalog.delete("m");
    catalog.restore("m");
    var before = exported(catalog);
    assertThat(imported(catalog, before))
        .extracting(Outcome::status)
        .containsOnly(Outcome.Status.EXISTING);
    assertThat(exported(catalog)).isEqualTo(before);
  }

  @Test
  void aNewerFormat_isRefused() {
    var newer = "{\"_export\":{\"format\":2,\"project\":\"default\",\"artifacts\":0,\"events\":0}}";
    refused(ErrorCode.SCHEMA_TOO_NEW, () -> imported(catalog, newer));
  }
}
