package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class BulkContract extends Contract {

  @BeforeEach
  void registerSome() {
    catalog.register(model("a").id("a").tag("stage", "staging"));
    catalog.register(model("b").id("b").tag("stage", "staging").tag("done", true));
    catalog.register(model("c").id("c").tag("stage", "production"));
  }

  @Test
  void tagWhere_changesAllThatTheQueryFinds() {
    var report =
        catalog.tagWhere("stage:staging", Map.of("done", true, "stage", "old"), List.of(), false);
    assertThat(report.matched()).containsExactly("b", "a");
    assertThat(report.changed()).isEqualTo(2);
    assertThat(ids(catalog.search("stage:old done:true"))).containsExactly("b", "a");
    assertThat(catalog.get("c").tags()).isEqualTo(Map.of("stage", "production"));
  }

  @Test
  void tagWhere_countsOnlyWhatChanged() {
    var report = catalog.tagWhere("stage:staging", Map.of("done", true), List.of(), false);
    assertThat(report.matched()).hasSize(2);
    assertThat(report.changed()).isEqualTo(1);
  }

  @Test
  void tagWhere_removes() {
    catalog.tagWhere("", Map.of(), List.of("stage"), false);
    assertThat(catalog.search("stage:*").items()).isEmpty();
  }

  @Test
  void dryRun_changesNothing() {
    var report = catalog.tagWhere("stage:staging", Map.of("stage", "old"), List.of(), true);
    assertThat(report.matched()).containsExactly("b", "a");
    assertThat(report.changed()).isZero();
    assertThat(report.dryRun()).isTrue();
    assertThat(catalog.deleteWhere("stage:staging", true, true).matched()).hasSize(2);
    assertThat(feed()).hasSize(3);
  }

  @Test
  void deleteWhere_tellsWhatIsInUse_andDeletesTheOthers() {
    catalog.promote("a", "production");
    var report = catalog.deleteWhere("stage:staging", false, false);
    assertThat(report.changed()).isEqualTo(1);
    assertThat(report.refused())
        .extracting(CatalogException::code)
        .containsExactly(ErrorCode.IN_USE);
    assertThat(ids(catalog.list())).containsExactly("c", "a");
    assertThat(catalog.deleteWhere("stage:staging", true, false).changed()).isEqualTo(1);
  }

  @Test
  void deleteWhere_childrenBeforeParents_needsNoForce() {
    catalog.register(model("child").id("child").parent("a").tag("stage", "staging"));
    var report = catalog.deleteWhere("stage:staging", false, false);
    assertThat(report.changed()).isEqualTo(3);
    assertThat(report.refused()).isEmpty();
  }

  @Test
  void bulk_takesMoreThanAPage() {
    for (int i = 0; i < 1_200; i++) {
      catalog.register(dataset("d").tag("i", i));
    }
    assertThat(catalog.tagWhere("type:Dataset", Map.of("x", 1), List.of(), false).changed())
        .isEqualTo(1_200);
    assertThat(catalog.deleteWhere("x:1", false, false).changed()).isEqualTo(1_200);
    assertThat(ids(catalog.list())).containsExactly("c", "b", "a");
  }
}
