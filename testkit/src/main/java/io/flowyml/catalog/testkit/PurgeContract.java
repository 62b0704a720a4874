package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class PurgeContract extends Contract {

  private void registerAndDelete() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(
        model("m")
            .id("m")
            .parent("raw")
            .content(new byte[] {1})
            .uri("s3://secret")
            .step("secret-step")
            .run("secret-run")
            .pipeline("secret-pipeline")
            .tag("secret-key", "secret-value")
            .metadata("description", "secret-text"));
    catalog.tag("m", "secret-key", "second-secret");
    catalog.setMetadata("m", Map.of("description", "another-secret"));
    catalog.delete("m");
  }

  @Test
  void purge_keepsTombstoneNameVersionAndLineage() {
    registerAndDelete();
    var report = catalog.purge(Duration.ZERO, false);
    assertThat(report.ids()).containsExactly("m");
    assertThat(report.dryRun()).isFalse();
    Artifact purged = catalog.versions("m").first();
    assertThat(purged.id()).isEqualTo("m");
    assertThat(purged.version()).isEqualTo("1");
    assertThat(purged.artifactType()).isEqualTo("Model");
    assertThat(purged.parentIds()).containsExactly("raw");
    assertThat(purged.deletedAt()).isNotNull();
    assertThat(catalog.register(model("m")).version()).isEqualTo("2");
    assertThat(ids(catalog.path("raw", "m"))).containsExactly("raw", "m");
  }

  @Test
  void purge_erasesEverythingElse() {
    registerAndDelete();
    catalog.purge(Duration.ZERO, false);
    assertThat(exported(catalog)).doesNotContain("secret");
    Artifact purged = catalog.versions("m").first();
    assertThat(purged.tags()).isEmpty();
    assertThat(purged.metadata()).isEmpty();
    assertThat(purged.uri()).isNull();
    assertThat(purged.contentHash()).isNull();
    assertThat(purged.sourceStep()).isNull();
  }

  @Test
  void purge_isAnEvent_andTheHistoryStays() {
    registerAndDelete();
    catalog.purge(Duration.ZERO, false);
    var events = history("m");
    assertThat(kinds(events))
        .containsExactly(
            Event.Kind.REGISTERED,
            Event.Kind.TAGGED,
            Event.Kind.METADATA_SET,
            Event.Kind.DELETED,
            Event.Kind.PURGED);
    assertThat(events.get(1).changes()).isEmpty();
    assertThat(events.getLast().actor()).isEqualTo(ACTOR);
  }

  @Test
  void purged_cannotBeRestored() {
    registerAndDelete();
    catalog.purge(Duration.ZERO, false);
    var error = refused(ErrorCode.DELETED, () -> catalog.restore("m"));
    assertThat(error.getMessage()).contains("purged");
  }

  @Test
  void dryRun_tellsAndChangesNothing() {
    registerAndDelete();
    var before = exported(catalog);
    var report = catalog.purge(Duration.ZERO, true);
    assertThat(report.ids()).containsExactly("m");
    assertThat(report.dryRun()).isTrue();
    assertThat(exported(catalog)).isEqualTo(before);
    assertThat(catalog.restore("m").tags()).isNotEmpty();
  }

  @Test
  void purge_leavesWhatLivesOrWasDeletedLately() {
    registerAndDelete();
    assertThat(catalog.purge(Duration.ofDays(1), false).ids()).isEmpty();
    assertThat(catalog.restore("m").tags()).isNotEmpty();
    assertThat(catalog.purge(Duration.ZERO, false).ids()).isEmpty();
  }

  @Test
  void purge_twice_findsNothingMore() {
    registerAndDelete();
    catalog.purge(Duration.ZERO, false);
    assertThat(catalog.purge(Duration.ZERO, false).ids()).isEmpty();
    assertThat(feed()).hasSize(6);
  }

  @Test
  void purge_leavesWhatOthersShare() {
    registerAndDelete();
    var twin = catalog.register(model("m").tag("secret-key", "secret-value"));
    catalog.purge(Duration.ZERO, false);
    assertThat(ids(catalog.search("secret-key:secret-value"))).containsExactly(twin.id());
    assertThat(ids(catalog.search("secret"))).containsExactly(twin.id());
  }

  @Test
  void purgedValues_canBeUsedAgain() {
    for (int i = 0; i < 1_100; i++) {
      catalog.register(model("m").id("id" + i).tag("key", "value" + i));
    }
    catalog.deleteWhere("type:Model", false, false);
    assertThat(catalog.purge(Duration.ZERO, false).ids()).hasSize(1_100);
    assertThat(catalog.search("value").items()).isEmpty();
    for (int i = 0; i < 1_100; i++) {
      catalog.register(model("m").tag("key", "value" + i));
    }
    assertThat(catalog.search("key:value1099").items()).hasSize(1);
    assertThat(catalog.search("alue109", 1_000, null).items()).hasSize(11);
  }

  @Test
  void purge_ofAnEmptyCatalog_doesNothing() {
    assertThat(catalog.purge(Duration.ZERO, false).ids()).isEqualTo(List.of());
  }
}
