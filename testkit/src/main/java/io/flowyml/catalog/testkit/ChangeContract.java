package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class ChangeContract extends Contract {

  @Test
  void tag_mergesIntoTheTagsThatAreThere() {
    catalog.register(model("m").id("m").tag("stage", "staging").tag("team", "fraud"));
    var artifact = catalog.tag("m", Map.of("stage", "production", "f1", 0.93));
    assertThat(artifact.tags())
        .isEqualTo(Map.of("stage", "production", "team", "fraud", "f1", 0.93));
    assertThat(catalog.get("m")).isEqualTo(artifact);
  }

  @Test
  void tag_withWhatIsThereAlready_changesNothing() {
    var before = catalog.register(model("m").id("m").tag("stage", "staging"));
    assertThat(catalog.tag("m", "stage", "staging")).isEqualTo(before);
    assertThat(feed()).hasSize(1);
  }

  @Test
  void tag_theSameNumberOfAnotherType_isAChange() {
    catalog.register(model("m").id("m").tag("n", 1L));
    assertThat(catalog.tag("m", "n", 1.0).tags()).isEqualTo(Map.of("n", 1.0));
  }

  @Test
  void untag_removesAndMindsNoAbsentOne() {
    catalog.register(model("m").id("m").tag("a", 1L).tag("b", 2L));
    assertThat(catalog.untag("m", "a", "never there").tags()).isEqualTo(Map.of("b", 2L));
  }

  @Test
  void setMetadata_isAMergePatch() {
    catalog.register(
        model("m").id("m").metadata(Map.of("a", 1L, "deep", Map.of("x", 1L, "y", 2L))));
    var patch = new LinkedHashMap<String, Object>();
    patch.put("a", null);
    patch.put("deep", Collections.singletonMap("x", null));
    patch.put("new", List.of(1L));
    assertThat(catalog.setMetadata("m", patch).metadata())
        .isEqualTo(Map.of("deep", Map.of("y", 2L), "new", List.of(1L)));
  }

  @Test
  void change_movesTheSequenceAndNotTheOrder() {
    catalog.register(model("old").id("old"));
    catalog.register(model("new").id("new"));
    var tagged = catalog.tag("old", "x", 1);
    assertThat(tagged.seq()).isEqualTo(3);
    assertThat(ids(catalog.list())).containsExactly("new", "old");
    assertThat(ids(catalog.search("type:Model"))).containsExactly("new", "old");
  }

  @Test
  void addParents_standBehindThoseThatAreThere() {
    List.of("a", "b", "c").forEach(id -> catalog.register(dataset(id).id(id)));
    catalog.register(model("m").id("m").parent("b"));
    assertThat(catalog.addParents("m", List.of("a", "b", "c")).parentIds())
        .containsExactly("b", "a", "c");
    assertThat(catalog.getLineage("c").childIds()).containsExactly("m");
  }

  @Test
  void change_byAnyReference() {
    catalog.register(model("m").id("m").alias("production"));
    catalog.tag("m@production", "a", 1L);
    catalog.tag("m:1", "b", 2L);
    catalog.tag("m", "c", 3L);
    assertThat(catalog.get("m").tags()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L));
  }

  @Test
  void change_ofNothingOrOfATombstone_isRefused() {
    catalog.register(model("m").id("m"));
    catalog.delete("m");
    refused(ErrorCode.NOT_FOUND, () -> catalog.tag("nothing", "a", 1));
    refused(ErrorCode.DELETED, () -> catalog.tag("m", "a", 1));
    refused(ErrorCode.DELETED, () -> catalog.setMetadata("m", Map.of("a", 1)));
    refused(ErrorCode.DELETED, () -> catalog.addParents("m", List.of("m")));
    refused(ErrorCode.DELETED, () -> catalog.promote("m", "production"));
    assertThat(feed()).hasSize(2);
  }
}
