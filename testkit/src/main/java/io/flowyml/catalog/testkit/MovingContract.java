package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.PushReport;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.spi.HistoryOf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A catalog moves into another: whole into an empty one, by its events into any other. */
abstract class MovingContract extends Contract {
  private ArtifactCatalog target;

  @BeforeEach
  void openTarget() {
    target = another().actor("mover");
  }

  @AfterEach
  void closeTarget() {
    try {
      assertThat(contract().contradictions(target.backend())).isEmpty();
    } finally {
      target.close();
    }
  }

  private static PushReport pushed(ArtifactCatalog from, ArtifactCatalog to) {
    var tried = new ArrayList<Event>();
    var trial = from.tryPushTo(to, tried::add);
    assertThat(tried).hasSize(Math.toIntExact(trial.events()));
    var report = from.pushTo(to, done -> {});
    assertThat(report.conflicts()).isEmpty();
    assertThat(report.events()).isEqualTo(trial.events());
    assertThat(report.artifacts()).isEqualTo(trial.artifacts());
    return report;
  }

  private static void assertNothingToPush(ArtifactCatalog from, ArtifactCatalog to) {
    var before = exported(to);
    var again = from.pushTo(to, done -> {});
    assertThat(again.events()).isZero();
    assertThat(again.known()).isEqualTo(from.stats().seq());
    assertThat(exported(to)).isEqualTo(before);
  }

  /** Records without what each catalog numbers by itself. */
  private static List<String> records(ArtifactCatalog catalog) {
    var records = new ArrayList<String>();
    for (var name : RandomHistory.NAMES) {
      for (var artifact :
          catalog
              .backend()
              .versions(
                  new io.flowyml.catalog.spi.Scope(catalog.project(), ACTOR),
                  name,
                  Limits.PAGE,
                  null)) {
        records.add(withoutNumbers(artifact));
      }
    }
    return records;
  }

  private static String withoutNumbers(Artifact artifact) {
    return artifact
        .toString()
        .replace("seq=" + artifact.seq(), "")
        .replace("deletedAt=" + artifact.deletedAt(), "deleted=" + artifact.isDeleted());
  }

  private static List<Event> events(ArtifactCatalog catalog) {
    var events = new ArrayList<Event>();
    var page = catalog.history(new HistoryOf.Project(), Limits.PAGE, null);
    events.addAll(page.items());
    while (page.nextCursor() != null) {
      page = catalog.history(new HistoryOf.Project(), Limits.PAGE, page.nextCursor());
      events.addAll(page.items());
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void anyHistory_intoAnEmptyProject_isTheSame_andBackToo(long seed) {
    new RandomHistory(catalog, seed).steps(200);
    var report = pushed(catalog, target);
    assertThat(report.whole()).isTrue();
    assertThat(report.events()).isEqualTo(catalog.stats().seq());
    assertThat(exported(target)).isEqualTo(exported(catalog));
    assertNothingToPush(catalog, target);
    assertNothingToPush(target, catalog);
    try (var back = another()) {
      pushed(target, back);
      assertThat(exported(back)).isEqualTo(exported(catalog));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 5})
  void anyHistory_intoAProjectThatHasSomething_isDoneAgain(long seed) {
    target.register(dataset("of the team").id("own").tag("team", "fraud"));
    var history = new RandomHistory(catalog, seed);
    history.steps(150);
    var report = pushed(catalog, target);
    assertThat(report.whole()).isFalse();
    assertThat(records(target)).isEqualTo(records(catalog));
    assertThat(target.find("own")).isPresent();
    var original = events(catalog);
    var moved = events(target);
    assertThat(moved).hasSize(original.size() + 1);
    for (int i = 0; i < original.size(); i++) {
      var first = original.get(i);
      var again = moved.get(i + 1);
      assertThat(again.kind()).isEqualTo(first.kind());
      assertThat(again.artifactId()).isEqualTo(first.artifactId());
      assertThat(again.at()).isAfter(original.getLast().at());
      assertThat(again.actor()).isEqualTo("mover");
      assertThat(again.changes())
          .containsEntry(
              "moved",
              Map.of(
                  "seq",
                  first.seq(),
                  "at",
                  io.flowyml.catalog.internal.json.JsonTime.text(first.at()),
                  "actor",
                  first.actor()));
      var changes = new java.util.LinkedHashMap<>(again.changes());
      changes.remove("moved");
      assertThat(changes).as("%s", first).isEqualTo(first.changes());
    }
    assertNothingToPush(catalog, target);
    history.steps(30);
    catalog.purge(Duration.ZERO, false);
    assertThat(pushed(catalog, target).events()).isPositive();
    assertThat(records(target)).isEqualTo(records(catalog));
    assertNothingToPush(catalog, target);
  }

  @Test
  void whatHappensAfterwards_onBothSides_isMovedBothWays() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(model("m").id("m1").parent("raw").tag("stage", "new").alias("gold"));
    pushed(catalog, target);
    target.tag("m1", "reviewed", true);
    target.register(model("m").id("m2"));
    catalog.tag("m1", "stage", "staging");
    catalog.setMetadata("m1", Map.of("owner", "ann"));
    assertThat(pushed(catalog, target).events()).isEqualTo(2);
    assertThat(target.get("m1").tags()).isEqualTo(Map.of("stage", "staging", "reviewed", true));
    assertThat(pushed(target, catalog).events()).isEqualTo(2);
    assertThat(catalog.get("m1").tags()).isEqualTo(target.get("m1").tags());
    assertThat(catalog.get("m@latest").id()).isEqualTo("m2");
    target.promote("m2", "gold");
    catalog.delete("raw", true);
    assertThat(pushed(target, catalog).events()).isEqualTo(1);
    assertThat(pushed(catalog, target).events()).isEqualTo(1);
    assertThat(catalog.resolve("m@gold")).isEqualTo("m2");
    assertThat(target.find("raw")).isEmpty();
    assertNothingToPush(catalog, target);
    assertNothingToPush(target, catalog);
  }

  @Test
  void conflicts_areAllListed_andNothingIsMoved() {
    catalog.register(model("m").id("same").uri("file:/here"));
    catalog.register(model("m").id("mine"));
    catalog.register(model("n").id("n1").alias("gold"));
    catalog.register(model("fine").id("fine"));
    target.register(model("m").id("same").uri("file:/there"));
    target.register(model("m").id("theirs"));
    target.register(model("n").id("n2").version("2").alias("gold"));
    var before = exported(target);
    var trial = catalog.tryPushTo(target, event -> {});
    var report = catalog.pushTo(target, done -> {});
    assertThat(exported(target)).isEqualTo(before);
    for (var each : List.of(trial, report)) {
      assertThat(each.conflicts())
          .extracting(CatalogException::code)
          .containsExactly(ErrorCode.ID_EXISTS, ErrorCode.VERSION_EXISTS, ErrorCode.ALIAS_MOVED);
      assertThat(each.conflicting()).isEqualTo(3);
    }
    assertThat(report.events()).isZero();
    assertThat(report.conflicts().get(0).getMessage()).contains("same", "uri");
    assertThat(report.conflicts().get(1).getMessage()).contains("m:2", "theirs", "mine");
    assertThat(report.conflicts().get(2).getMessage()).contains("n@gold", "n2", "n1");
  }

  @Test
  void deletedHere_changedThere_isAConflict() {
    catalog.register(model("m").id("m1").alias("gold"));
    catalog.register(model("m").id("m2"));
    pushed(catalog, target);
    target.delete("m2");
    catalog.tag("m2", "a", 1);
    target.promote("m1", "silver");
    catalog.delete("m1", true);
    assertThat(catalog.pushTo(target, done -> {}).conflicts())
        .extracting(CatalogException::code)
        .containsExactly(ErrorCode.DELETED, ErrorCode.IN_USE);
  }

  @Test
  void sameArtifact_registeredOnBothSides_isNoConflict() {
    for (var each : List.of(catalog, target)) {
      each.register(dataset("raw").id("raw"));
      each.register(model("m").id("m").parent("raw"));
    }
    catalog.tag("m", "a", 1);
    assertThat(pushed(catalog, target).events()).isEqualTo(1);
    assertThat(target.get("m").tags()).isEqualTo(Map.of("a", 1L));
    assertThat(pushed(catalog, target).events()).isZero();
  }

  @Test
  void whatTolerantDoorsTook_isMovedAsItIs() {
    tolerated(
        """
        {"id":"a","name":"x@y","artifact_type":"","version":"v","parent_ids":["later","never"],\
        "tags":{"f1":"NaN","list":[1,null]},"tags_verbatim":"{\\"f1\\": NaN, \\"list\\": [1, null]}",\
        "content_hash":"no digest","created_at":"2020-01-02T03:04:05.000006Z"}\
        """);
    tolerated("{\"id\":\"b\",\"name\":\"x@y\",\"artifact_type\":\"\",\"version\":\"v\"}");
    catalog.register(dataset("later").id("later"));
    target.register(dataset("own").id("own"));
    pushed(catalog, target);
    for (var id : List.of("a", "b")) {
      assertThat(withoutNumbers(target.get(id))).isEqualTo(withoutNumbers(catalog.get(id)));
    }
    assertThat(target.get("a").unresolvedParentIds()).containsExactly("never");
    assertThat(target.get("b").declaredVersion()).isEqualTo("v");
    assertNothingToPush(catalog, target);
  }

  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static LongConsumer breakingOffAfter(int steps) {
    var left = new int[] {steps};
    return done -> {
      if (left[0]-- == 0) {
        throw new BrokenOff();
      }
    };
  }

  private void fill(int many, String metadata) {
    for (int from = 0; from < many; from += 500) {
      var some = new ArrayList<Registration>();
      for (int i = from; i < from + 500; i++) {
        some.add(dataset("d" + i % 7).id("d" + i).metadata("text", metadata));
      }
      catalog.registerAll(some).forEach(outcome -> outcome.orThrow());
    }
    catalog.tagWhere("name:d3", Map.of("team", "fraud"), List.of(), false);
  }

  @Test
  void wholePush_thatBreaksOff_isGoneOnWith() {
    fill(1_000, "x".repeat(5_000));
    assertThatThrownBy(() -> catalog.pushTo(target, breakingOffAfter(1)))
        .isInstanceOf(BrokenOff.class);
    assertThat(target.stats().seq()).isZero();
    assertThat(target.list(ListFilter.all()).items()).isEmpty();
    var steps = new ArrayList<Long>();
    catalog.pushTo(target, steps::add);
    assertThat(steps.getFirst()).as("lines that were there").isPositive();
    assertThat(exported(target)).isEqualTo(exported(catalog));
  }

  @Test
  void wholePush_thatBrokeOff_startsAnew_whereTheSourceWentOn() {
    fill(1_000, "x".repeat(5_000));
    assertThatThrownBy(() -> catalog.pushTo(target, breakingOffAfter(1)))
        .isInstanceOf(BrokenOff.class);
    catalog.tag("d0", "late", true);
    catalog.pushTo(target, done -> {});
    assertThat(exported(target)).isEqualTo(exported(catalog));
  }

  @Test
  void pushOfEvents_thatBreaksOff_isGoneOnWith() {
    fill(1_000, "x");
    target.register(dataset("own").id("own"));
    assertThatThrownBy(() -> catalog.pushTo(target, breakingOffAfter(0)))
        .isInstanceOf(BrokenOff.class);
    long there = target.stats().seq();
    assertThat(there).isEqualTo(1_001);
    assertThat(catalog.pushTo(target, done -> {}).events())
        .isEqualTo(catalog.stats().seq() - 1_000);
    assertThat(target.stats().artifacts()).isEqualTo(1_001);
    assertThat(target.search("team:fraud", 1_000, null).items())
        .hasSameSizeAs(catalog.search("team:fraud", 1_000, null).items());
    assertThat(catalog.tryPushTo(target, event -> {}).events()).isZero();
  }

  @Test
  void anEmptyProject_movesNothing() {
    var report = catalog.pushTo(target, done -> {});
    assertThat(report.events()).isZero();
    target.register(model("m").id("m"));
    assertThat(catalog.pushTo(target, done -> {}).events()).isZero();
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.exportEvents(-1, 10, new StringBuilder()));
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.pushTo(target.asOf(1), done -> {}));
  }
}
