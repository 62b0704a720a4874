package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Lineage;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.Stats;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArtifactJsonTest {
  private static final Instant CREATED = Instant.parse("2026-11-23T10:15:30.100Z");

  @Test
  void toMap_bareArtifact_hasCollectionsButNoAbsentFields() {
    assertThat(Json.write(ArtifactJson.toMap(bare("a"))))
        .isEqualTo(
            "{\"id\":\"a\",\"project\":\"default\",\"name\":\"raw\",\"artifact_type\":\"Dataset\","
                + "\"version\":\"1\",\"parent_ids\":[],\"tags\":{},\"metadata\":{},\"aliases\":[],"
                + "\"created_at\":\"2026-11-23T10:15:30.100000Z\",\"created_by\":\"ada\",\"seq\":7}");
  }

  @Test
  void fromMap_everyField_comesBackAsItWas() {
    var artifact = full();
    var text = Json.write(ArtifactJson.toMap(artifact));
    assertThat(ArtifactJson.fromMap(Json.parseObject(text, "record"))).isEqualTo(artifact);
  }

  @Test
  void fromMap_verbatimTags_bringNaNBack() {
    var map = new LinkedHashMap<>(ArtifactJson.toMap(bare("a")));
    map.put("tags", Map.of("loss", "NaN"));
    map.put("tags_verbatim", "{\"loss\": NaN}");
    assertThat(ArtifactJson.fromMap(map).tags()).isEqualTo(Map.of("loss", Double.NaN));
  }

  @Test
  void fromMap_unknownField_isPassedOver() {
    var map = new LinkedHashMap<>(ArtifactJson.toMap(bare("a")));
    map.put("colour", "red");
    assertThat(ArtifactJson.fromMap(map)).isEqualTo(bare("a"));
  }

  @Test
  void fromMap_missingOrMistypedField_isNamed() {
    var without = new HashMap<>(ArtifactJson.toMap(bare("a")));
    without.remove("version");
    assertRefused(() -> ArtifactJson.fromMap(without), "no field version");
    var mistyped = new HashMap<>(ArtifactJson.toMap(bare("a")));
    mistyped.put("seq", "7");
    assertRefused(() -> ArtifactJson.fromMap(mistyped), "seq must be an integer, not a string");
  }

  @Test
  void registrationFrom_nameAndTypeAlone_isEnough() {
    var registration =
        ArtifactJson.registrationFrom(Map.of("name", "raw", "artifact_type", "Dataset"));
    assertThat(registration.name()).isEqualTo("raw");
    assertThat(registration.artifactType()).isEqualTo("Dataset");
    assertThat(registration.id()).isNull();
    assertThat(registration.content()).isNull();
  }

  @Test
  void registrationFrom_wholeRecord_keepsWhatCanBeGiven() {
    var registration = ArtifactJson.registrationFrom(ArtifactJson.toMap(full()));
    assertThat(registration.id()).isEqualTo("b");
    assertThat(registration.version()).isEqualTo("2");
    assertThat(registration.content())
        .isEqualTo(new Content.Digest("ab".repeat(32), 12L, HashOrigin.DECLARED));
    assertThat(registration.parents()).containsExactly("p1", "p2");
    assertThat(registration.tags()).isEqualTo(full().tags());
    assertThat(registration.aliases()).containsExactly("production");
  }

  @Test
  void registrationFrom_emptyText_isAnAbsentOne() {
    var registration =
        ArtifactJson.registrationFrom(
            Map.of("name", "raw", "artifact_type", "Dataset", "uri", "", "version", "", "id", ""));
    assertThat(registration.uri()).isNull();
    assertThat(registration.version()).isNull();
    assertThat(registration.id()).isNull();
  }

  @Test
  void registrationFrom_unknownFields_areAllNamed() {
    assertRefused(
        () ->
            ArtifactJson.registrationFrom(
                Map.of("name", "raw", "artifact_type", "Dataset", "typ", "x", "color", "red")),
        "fields that no record has: color, typ");
  }

  @Test
  void page_lastPage_hasNoCursor() {
    assertThat(ArtifactJson.page(new Page<>(List.of(bare("a")), null), ArtifactJson::toMap))
        .containsOnlyKeys("items");
    assertThat(ArtifactJson.page(new Page<>(List.of(bare("a")), "c"), ArtifactJson::toMap))
        .containsEntry("next_cursor", "c");
  }

  @Test
  void event_comesBackAsItWas() {
    var event =
        new Event(
            9,
            CREATED,
            "ada",
            Event.Kind.METADATA_SET,
            "a",
            "raw",
            "1",
            Map.of("metadata", Map.of("owner", Map.of("to", "eve"))));
    var text = Json.write(EventJson.toMap(event));
    assertThat(text).contains("\"kind\":\"metadata_set\"");
    assertThat(EventJson.fromMap(Json.parseObject(text, "event"))).isEqualTo(event);
  }

  @Test
  void lineage_isOfWholeRecords() {
    var lineage = new Lineage(full(), List.of(bare("p1")), List.of(bare("c")));
    assertThat(LineageJson.toMap(lineage))
        .containsExactly(
            entry("artifact", ArtifactJson.toMap(full())),
            entry("parents", List.of(ArtifactJson.toMap(bare("p1")))),
            entry("children", List.of(ArtifactJson.toMap(bare("c")))));
  }

  @Test
  void graph_comesBackAsItWas() {
    var graph =
        new LineageGraph(
            "b",
            List.of(new LineageGraph.Node("b", full(), 0), new LineageGraph.Node("p2", null, -1)),
            List.of(new LineageGraph.Edge("p2", "b")),
            true);
    assertThat(LineageJson.graphFrom(reread(LineageJson.toMap(graph)))).isEqualTo(graph);
  }

  @Test
  void stats_comeBackAsTheyWere() {
    var stats =
        new Stats(
            "default",
            9,
            5,
            1,
            3,
            2,
            4096,
            Map.of("Model", 5L),
            Map.of("churn", 3L),
            new Stats.Growth(
                Map.of("2026-03-03", 5L), Map.of("2026-03-02", 5L), Map.of("2026-03", 5L)));
    assertThat(StatsJson.fromMap(reread(StatsJson.toMap(stats)))).isEqualTo(stats);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void problem_everyCode_comesBackWithItsFacts(ErrorCode code) {
    var error = new CatalogException(code, "what happened", Map.of("id", "a", "code", "x"), null);
    var problem = ProblemJson.toMap(error);
    assertThat(problem)
        .containsEntry("code", code.code())
        .containsEntry("status", code.httpStatus())
        .containsEntry("id", "a");
    var back = ProblemJson.fromMap(reread(problem));
    assertThat(back.code()).isEqualTo(code);
    assertThat(back).hasMessage("what happened");
    assertThat(back.facts()).isEqualTo(Map.of("id", "a"));
  }

  @Test
  void problem_fullDisk_hasAStatusOfItsOwn() {
    var error = new CatalogException(ErrorCode.STORAGE, "full", ProblemJson.DISK_FULL, null);
    assertThat(ProblemJson.toMap(error)).containsEntry("status", 507);
  }

  private static Map<String, Object> reread(Map<String, Object> map) {
    return Json.parseObject(Json.write(map), "answer");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CatalogException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(why);
  }

  private static Artifact bare(String id) {
    return new Artifact(
        id, "default", "raw", "Dataset", "1", null, null, null, null, null, null, null, null, null,
        List.of(), List.of(), Map.of(), Map.of(), null, null, List.of(), CREATED, "ada", 7, null);
  }

  private static Artifact full() {
    var tags = new LinkedHashMap<String, Object>();
    tags.put("text", "5");
    tags.put("whole", 5L);
    tags.put("huge", new BigInteger("123456789012345678901234567890"));
    tags.put("fraction", 0.1);
    tags.put("flag", true);
    return new Artifact(
        "b",
        "default",
        "raw",
        "Dataset",
        "2",
        "v2",
        "ab".repeat(32),
        12L,
        HashOrigin.COMPUTED,
        "a",
        "file:///data/raw.csv",
        "load",
        "run-1",
        "nightly",
        List.of("p1", "p2"),
        List.of("p2"),
        tags,
        Map.of("owner", "ada", "nested", Map.of("list", List.of(1L, "two"))),
        null,
        null,
        List.of("production"),
        Instant.parse("2026-11-23T10:15:30.123456Z"),
        "ada",
        8,
        Instant.parse("2026-11-24T00:00:00Z"));
  }
}
