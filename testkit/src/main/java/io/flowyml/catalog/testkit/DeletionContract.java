package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class DeletionContract extends Contract {

  @Test
  void delete_leavesATombstone() {
    var artifact = catalog.register(model("m").id("m").tag("k", "v"));
    var tombstone = catalog.delete("m");
    assertThat(tombstone.deletedAt()).isNotNull();
    assertThat(tombstone.tags()).isEqualTo(artifact.tags());
    assertThat(tombstone.seq()).isEqualTo(2);
    var error = refused(ErrorCode.DELETED, () -> catalog.get("m"));
    assertThat(error.getMessage()).contains("m", "restore");
    assertThat(catalog.find("m")).isEmpty();
    assertThat(catalog.list().items()).isEmpty();
    assertThat(catalog.versions("m").first()).isEqualTo(tombstone);
  }

  @Test
  void delete_twice_isRefused() {
    catalog.register(model("m").id("m"));
    catalog.delete("m");
    refused(ErrorCode.DELETED, () -> catalog.delete("m"));
    refused(ErrorCode.NOT_FOUND, () -> catalog.delete("nothing"));
  }

  @Test
  void delete_whatAliasesOrChildrenNeed_isRefusedNamingThem() {
    catalog.register(dataset("raw").id("raw").alias("gold").alias("stable"));
    catalog.register(model("m").id("child").parent("raw"));
    var error = refused(ErrorCode.IN_USE, () -> catalog.delete("raw"));
    assertThat(error.getMessage()).contains("raw", "gold", "stable", "child");
    assertThat(error.facts())
        .containsEntry("aliases", List.of("gold", "stable"))
        .containsEntry("children", List.of("child"));
    assertThat(catalog.get("raw").aliases()).hasSize(2);
  }

  @Test
  void delete_whoseChildrenAreDeletedToo_isAllowed() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(model("m").id("child").parent("raw"));
    catalog.delete("child");
    assertThat(catalog.delete("raw").isDeleted()).isTrue();
  }

  @Test
  void forcedDelete_dropsTheAliases() {
    catalog.register(dataset("raw").id("raw").alias("gold"));
    catalog.register(model("m").id("child").parent("raw"));
    assertThat(catalog.delete("raw", true).aliases()).isEmpty();
    assertThat(catalog.find("raw@gold")).isEmpty();
    assertThat(catalog.get("child").parentIds()).containsExactly("raw");
  }

  @Test
  void restore_bringsTheArtifactAndItsAliasesBack() {
    var before = catalog.register(model("m").id("m").tag("k", "v").alias("gold"));
    catalog.delete("m", true);
    var restored = catalog.restore("m");
    assertThat(restored.deletedAt()).isNull();
    assertThat(restored.aliases()).containsExactly("gold");
    assertThat(restored.tags()).isEqualTo(before.tags());
    assertThat(catalog.get("m@gold")).isEqualTo(restored);
    assertThat(catalog.search("k:v").first()).isEqualTo(restored);
  }

  @Test
  void restore_leavesAnAliasThatIsTakenWhereItIs() {
    catalog.register(model("m").id("one").alias("gold").alias("free"));
    catalog.delete("one", true);
    catalog.register(model("m").id("two").alias("gold"));
    assertThat(catalog.restore("one").aliases()).containsExactly("free");
    assertThat(catalog.resolve("m@gold")).isEqualTo("two");
  }

  @Test
  void restore_bringsNoAliasBackThatWasGoneBefore() {
    catalog.register(model("m").id("one").alias("gold"));
    catalog.demote("m@gold");
    catalog.delete("one");
    assertThat(catalog.restore("one").aliases()).isEmpty();
  }

  @Test
  void restore_ofWhatLives_changesNothing() {
    var artifact = catalog.register(model("m").id("m"));
    assertThat(catalog.restore("m")).isEqualTo(artifact);
    assertThat(feed()).hasSize(1);
    refused(ErrorCode.NOT_FOUND, () -> catalog.restore("nothing"));
  }

  @Test
  void deleteAndRestore_areEventsThatTellOfTheAliases() {
    catalog.register(model("m").id("m").alias("gold"));
    catalog.delete("m", true);
    catalog.restore("m");
    var events = history("m");
    assertThat(kinds(events))
        .containsExactly(
            Event.Kind.REGISTERED, Event.Kind.ALIAS_MOVED, Event.Kind.DELETED, Event.Kind.RESTORED);
    assertThat(events.get(2).changes())
        .isEqualTo(Map.of("aliases", Map.of("dropped", List.of("gold"))));
    assertThat(events.get(3).changes())
        .isEqualTo(Map.of("aliases", Map.of("restored", List.of("gold"))));
  }

  @Test
  void deleteAndRestoreOften_keepsTheVersionAndTheOrder() {
    catalog.register(model("m").id("one"));
    catalog.register(model("m").id("two"));
    for (int i = 0; i < 3; i++) {
      catalog.delete("one");
      catalog.restore("one");
    }
    assertThat(ids(catalog.list())).containsExactly("two", "one");
    assertThat(catalog.get("one").version()).isEqualTo("1");
  }
}
