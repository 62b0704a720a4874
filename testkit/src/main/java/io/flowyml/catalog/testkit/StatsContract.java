package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Stats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class StatsContract extends Contract {

  @Test
  void stats_ofAnEmptyCatalog_areZero() {
    assertThat(catalog.stats())
        .isEqualTo(new Stats("default", 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), Stats.Growth.NONE));
  }

  @Test
  void stats_countWhatLivesAndWhatDoesNot() {
    catalog.register(model("m").id("one"));
    catalog.register(model("m").id("two"));
    catalog.register(dataset("d").id("d"));
    catalog.delete("one");
    var stats = catalog.stats();
    assertThat(stats.seq()).isEqualTo(4);
    assertThat(stats.artifacts()).isEqualTo(2);
    assertThat(stats.deleted()).isEqualTo(1);
    assertThat(stats.names()).isEqualTo(2);
    assertThat(stats.byType()).isEqualTo(Map.of("Model", 1L, "Dataset", 1L));
    catalog.restore("one");
    assertThat(catalog.stats().byType()).isEqualTo(Map.of("Model", 2L, "Dataset", 1L));
    assertThat(catalog.stats().byType().keySet()).containsExactly("Model", "Dataset");
  }

  @Test
  void stats_stayRight_whenManyChangesWereMade() {
    for (int i = 0; i < 1_200; i++) {
      catalog.register((i % 3 == 0 ? model("m") : dataset("d")).id("id" + i));
    }
    for (int i = 0; i < 600; i++) {
      catalog.delete("id" + i);
    }
    for (int i = 0; i < 30; i++) {
      catalog.restore("id" + i);
    }
    var stats = catalog.stats();
    assertThat(stats.artifacts()).isEqualTo(630);
    assertThat(stats.deleted()).isEqualTo(570);
    assertThat(stats.byType()).isEqualTo(Map.of("Model", 210L, "Dataset", 420L));
  }

  @Test
  void names_areCountedMostFirst() {
    for (int i = 0; i < 30; i++) {
      catalog.register(model("m" + i % 12 + (i % 12 < 3 ? "" : "x")).id("id" + i));
    }
    catalog.delete("id0");
    var names = catalog.stats().topNames();
    assertThat(names).hasSize(10).containsEntry("m1", 3L).containsEntry("m0", 2L);
    assertThat(names.keySet()).startsWith("m1", "m2");
  }

  @Test
  void growth_isToldPerDayWeekAndMonth() {
    for (var day : List.of("2025-12-31", "2026-03-02", "2026-03-03", "2026-03-03", "2026-03-09")) {
      tolerated(
          "{\"name\": \"m\", \"artifact_type\": \"Model\", \"created_at\": \"%sT23:59:59Z\"}"
              .formatted(day));
    }
    var growth = catalog.stats().growth();
    assertThat(growth.perDay().toString())
        .isEqualTo("{2026-03-09=1, 2026-03-03=2, 2026-03-02=1, 2025-12-31=1}");
    assertThat(growth.perWeek().toString()).isEqualTo("{2026-03-09=1, 2026-03-02=3, 2025-12-29=1}");
    assertThat(growth.perMonth().toString()).isEqualTo("{2026-03=4, 2025-12=1}");
  }

  @Test
  void duplicates_areCountedWithTheirBytes() {
    for (int i = 0; i < 4; i++) {
      catalog.register(model("m").id("x" + i).content(new byte[100]));
    }
    catalog.register(model("m").id("other").content(new byte[7]));
    assertThat(catalog.stats().duplicates()).isEqualTo(3);
    assertThat(catalog.stats().duplicateBytes()).isEqualTo(300);
    catalog.delete("x0");
    assertThat(catalog.stats().duplicates()).isEqualTo(2);
    catalog.delete("x2");
    assertThat(catalog.stats().duplicates()).isEqualTo(1);
    catalog.delete("x3");
    assertThat(catalog.stats().duplicates()).isZero();
    assertThat(catalog.stats().duplicateBytes()).isZero();
    catalog.restore("x0");
    catalog.restore("x3");
    assertThat(catalog.stats().duplicates()).isEqualTo(2);
    assertThat(catalog.stats().duplicateBytes()).isEqualTo(200);
  }

  @Test
  void stats_asOfATime_areThoseOfThen() {
    var seen = new LinkedHashMap<Long, Stats>();
    for (int i = 0; i < 3; i++) {
      catalog.register(model("m").id("x" + i).content(new byte[100]));
      seen.put(catalog.stats().seq(), catalog.stats());
    }
    catalog.register(dataset("d").id("d").content(new byte[100]));
    catalog.delete("x0");
    seen.put(catalog.stats().seq(), catalog.stats());
    catalog.restore("x0");
    catalog.delete("x2");
    seen.forEach((seq, then) -> assertThat(catalog.asOf(seq).stats()).isEqualTo(then));
    assertThat(catalog.asOf(2).stats().duplicateBytes()).isEqualTo(100);
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.asOf(99).stats());
  }

  @Test
  void stats_areOfOneProject() {
    catalog.register(model("m"));
    assertThat(catalog.project("other").stats().artifacts()).isZero();
  }
}
