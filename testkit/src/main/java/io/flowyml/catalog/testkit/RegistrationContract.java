package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Registration;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

abstract class RegistrationContract extends Contract {

  private static Registration full() {
    return full("fraud_detector", "Model");
  }

  private static Registration full(String name, String type) {
    return Registration.artifact(name, type)
        .id("a-1")
        .version("2024.1")
        .content("weights".getBytes(StandardCharsets.UTF_8))
        .uri("s3://bucket/model")
        .step("train")
        .run("run-7")
        .pipeline("fraud")
        .tag("team", "fraud")
        .metadata("owner", "ann");
  }

  @Test
  void register_answersTheWholeRecord() {
    var before = Instant.now().minusSeconds(1);
    var artifact = catalog.register(full().alias("staging"));
    assertThat(artifact.id()).isEqualTo("a-1");
    assertThat(artifact.project()).isEqualTo("default");
    assertThat(artifact.name()).isEqualTo("fraud_detector");
    assertThat(artifact.artifactType()).isEqualTo("Model");
    assertThat(artifact.version()).isEqualTo("2024.1");
    assertThat(artifact.declaredVersion()).isNull();
    assertThat(artifact.contentHash())
        .isEqualTo("9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c");
    assertThat(artifact.size()).isEqualTo(7);
    assertThat(artifact.hashOrigin()).isEqualTo(HashOrigin.COMPUTED);
    assertThat(artifact.uri()).isEqualTo("s3://bucket/model");
    assertThat(artifact.sourceStep()).isEqualTo("train");
    assertThat(artifact.sourceRunId()).isEqualTo("run-7");
    assertThat(artifact.sourcePipeline()).isEqualTo("fraud");
    assertThat(artifact.tags()).isEqualTo(Map.of("team", "fraud"));
    assertThat(artifact.metadata()).isEqualTo(Map.of("owner", "ann"));
    assertThat(artifact.aliases()).containsExactly("staging");
    assertThat(artifact.createdBy()).isEqualTo(ACTOR);
    assertThat(artifact.createdAt()).isBetween(before, Instant.now().plusSeconds(1));
    assertThat(artifact.deletedAt()).isNull();
  }

  @Test
  void register_thenGet_answersTheSame() {
    var artifact = catalog.register(full().alias("staging"));
    assertThat(catalog.get("a-1")).isEqualTo(artifact);
    assertThat(catalog.search("fraud").first()).isEqualTo(artifact);
    assertThat(catalog.list().first()).isEqualTo(artifact);
  }

  @Test
  void register_absentFields_areNullAndEmpty() {
    var artifact = catalog.register(model("bare"));
    assertThat(catalog.get(artifact.id())).isEqualTo(artifact);
    assertThat(artifact.contentHash()).isNull();
    assertThat(artifact.size()).isNull();
    assertThat(artifact.hashOrigin()).isNull();
    assertThat(artifact.uri()).isNull();
    assertThat(artifact.tags()).isEmpty();
    assertThat(artifact.parentIds()).isEmpty();
  }

  @Test
  void register_withoutId_makesIdsInTheOrderOfTheirMaking() {
    var ids = List.of(catalog.register(model("a")).id(), catalog.register(model("a")).id());
    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void register_sameIdentityTwice_isNoOp() {
    var first = catalog.register(full());
    assertThat(catalog.register(full())).isEqualTo(first);
    assertThat(feed()).hasSize(1);
  }

  @Test
  void register_sameIdentityWithOtherTags_keepsTheFirstTags() {
    var first = catalog.register(full());
    var again = catalog.register(full().tag("team", "other").metadata("owner", "bob"));
    assertThat(again).isEqualTo(first);
  }

  @Test
  void register_againWithoutTheVersion_isTheSame() {
    catalog.register(model("m").id("a").version("7"));
    assertThat(catalog.register(model("m").id("a")).version()).isEqualTo("7");
  }

  @Test
  void register_againAfterParentsWereAdded_isTheSame() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(dataset("late").id("late"));
    catalog.register(model("m").id("m").parent("raw"));
    catalog.addParents("m", List.of("late"));
    assertThat(catalog.register(model("m").id("m").parent("raw")).parentIds())
        .containsExactly("raw", "late");
  }

  @Test
  void register_againWithParentsInAnotherOrder_isTheSame() {
    catalog.register(dataset("x").id("x"));
    catalog.register(dataset("y").id("y"));
    var first = catalog.register(model("m").id("m").parents(List.of("x", "y")));
    assertThat(catalog.register(model("m").id("m").parents(List.of("y", "x")))).isEqualTo(first);
  }

  @Test
  void register_idOfAnotherIdentity_isRefusedNamingWhatDiffers() {
    catalog.register(dataset("raw").id("raw"));
    var known = catalog.register(full());
    var others = new TreeMap<String, Registration>();
    others.put("artifact_type", full("fraud_detector", "Report"));
    others.put("name", full("other", "Model"));
    others.put("version", full().version("2024.2"));
    others.put("content_hash", full().content(new byte[] {1}));
    others.put("uri", full().uri("s3://bucket/other"));
    others.put("source_step", full().step("score"));
    others.put("source_run_id", full().run("run-8"));
    others.put("source_pipeline", full().pipeline("other"));
    others.put("parent_ids", full().parent("raw"));
    others.forEach(
        (field, registration) -> {
          var error = refused(ErrorCode.ID_EXISTS, () -> catalog.register(registration));
          assertThat(error.getMessage()).contains("a-1", field);
          assertThat(error.facts().get("different")).isEqualTo(List.of(field));
        });
    assertThat(catalog.get("a-1")).isEqualTo(known);
    assertThat(feed()).hasSize(2);
  }

  @Test
  void register_idOfATombstone_isRefusedAlsoWhenIdentical() {
    catalog.register(full());
    catalog.delete("a-1");
    var error = refused(ErrorCode.DELETED, () -> catalog.register(full()));
    assertThat(error.getMessage()).contains("a-1", "restore");
  }

  @Test
  void register_tagValues_keepTheirType() {
    var tags =
        Map.<String, Object>of(
            "text",
            "5",
            "whole",
            5L,
            "real",
            5.0,
            "truth",
            true,
            "huge",
            new BigInteger("9".repeat(30)));
    var artifact = catalog.register(model("m").tags(tags));
    assertThat(catalog.get(artifact.id()).tags()).isEqualTo(tags);
  }

  @Test
  void register_metadata_comesBackAsItWas() {
    var metadata = new TreeMap<String, Object>();
    metadata.put("nested", Map.of("list", Arrays.asList(1L, null, "x", List.of(), Map.of())));
    metadata.put("no", false);
    metadata.put("unicode", "žluťoučký 🐎");
    var artifact = catalog.register(model("m").metadata(metadata).metadata("nothing", null));
    var stored = catalog.get(artifact.id()).metadata();
    assertThat(stored).containsEntry("nothing", null).containsAllEntriesOf(metadata);
  }

  @Test
  void register_isOneEventWithTagsAndParents() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(model("m").id("m").parent("raw").tag("f1", 0.9));
    var event = history("m").getFirst();
    assertThat(event.kind()).isEqualTo(Event.Kind.REGISTERED);
    assertThat(event.actor()).isEqualTo(ACTOR);
    assertThat(event.changes())
        .isEqualTo(
            Map.of(
                "parent_ids",
                Map.of("to", List.of("raw")),
                "tags",
                Map.of("f1", Map.of("to", 0.9))));
  }

  @Test
  void projects_neverSeeEachOther() {
    var here = catalog.register(model("m").id("same").tag("where", "here"));
    var other = catalog.project("other");
    assertThat(other.find("same")).isEmpty();
    assertThat(other.search("here").items()).isEmpty();
    assertThat(other.findByHash("x")).isEmpty();
    Artifact there = other.register(model("m").id("same").tag("where", "there"));
    assertThat(there.version()).isEqualTo("1");
    assertThat(there.seq()).isEqualTo(1);
    assertThat(catalog.get("same")).isEqualTo(here);
    refused(
        ErrorCode.UNKNOWN_PARENT,
        () -> other.register(model("child").parent(catalog.register(model("only here")))));
  }

  @Test
  void get_ofNothing_saysSoAndNamesTheWayOut() {
    var error = refused(ErrorCode.NOT_FOUND, () -> catalog.get("nothing"));
    assertThat(error.getMessage()).contains("nothing");
    assertThat(catalog.find("nothing")).isEmpty();
  }
}
