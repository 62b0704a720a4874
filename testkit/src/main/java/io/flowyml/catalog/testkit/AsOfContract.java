package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.AsOf;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.spi.HistoryOf;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of a time or an event is answered as it was answered then. */
abstract class AsOfContract extends Contract {
  private static final int OPERATIONS = 200;
  private static final int MANY_EVERY = 80;

  /** What was answered after each operation, by its last event, and who could be asked for. */
  private record Asked(List<String> ids, Map<String, Object> answers) {}

  private Map<Long, Asked> recorded(RandomHistory history) {
    var recorded = new LinkedHashMap<Long, Asked>();
    for (int i = 0; i < OPERATIONS; i++) {
      history.step();
      if (i % MANY_EVERY == MANY_EVERY / 2) {
        registerMany();
      }
      var ids = List.copyOf(history.ids());
      long seq = catalog.stats().seq();
      if (seq > 0 && !recorded.containsKey(seq)) {
        recorded.put(seq, new Asked(ids, answers(catalog, ids, seq)));
      }
    }
    return recorded;
  }

  /** So many at once are indexed at once, and what happened before with them. */
  private void registerMany() {
    var many = new ArrayList<Registration>();
    for (int i = 0; i < 100; i++) {
      many.add(dataset("one of many").tag("many", i));
    }
    catalog.registerAll(many).forEach(Outcome::orThrow);
  }

  private Map<String, Object> answers(ArtifactCatalog asked, List<String> ids, long seq) {
    return Answers.of(asked, ids, seq, contract().oneQuestionIn());
  }

  private void assertAnsweredAgain(ArtifactCatalog catalog, Map<Long, Asked> recorded) {
    recorded.forEach(
        (seq, asked) ->
            assertThat(answers(catalog.asOf(seq), asked.ids(), seq))
                .as("as of %s", seq)
                .isEqualTo(asked.answers()));
  }

  @Test
  void everyAnswer_isGivenAgain_alsoByACopy() {
    var recorded = recorded(new RandomHistory(catalog, 31).withoutPurge());
    assertAnsweredAgain(catalog, recorded);
    registerMany();
    assertAnsweredAgain(catalog, recorded);
    try (var copy = another()) {
      imported(copy, exported(catalog));
      assertAnsweredAgain(copy, recorded);
    }
  }

  /** What stays of the answers about artifacts one by one. */
  private record Kept(
      Map<String, Optional<Artifact>> found,
      Map<String, List<String>> searches,
      Map<String, LineageGraph> upstream) {
    static Kept of(ArtifactCatalog catalog, List<String> ids) {
      var found = new LinkedHashMap<String, Optional<Artifact>>();
      var upstream = new LinkedHashMap<String, LineageGraph>();
      for (var id : ids) {
        found.put(id, catalog.find(id));
        upstream.put(id, catalog.upstream(id));
      }
      var searches = new LinkedHashMap<String, List<String>>();
      for (var query :
          List.of("", "fraud", "-type:Model", "stage:* sort:note", "has:alias OR n:5")) {
        searches.put(query, Contract.ids(catalog.search(query, 1_000, null)));
      }
      return new Kept(found, searches, upstream);
    }
  }

  @Test
  void afterAPurge_answersAreTheSame_butForThePurged() {
    var history = new RandomHistory(catalog, 33).withoutPurge();
    var recorded = new LinkedHashMap<Long, Kept>();
    for (int i = 0; i < OPERATIONS; i++) {
      history.step();
      if (i == OPERATIONS / 2) {
        registerMany();
      }
      if (i % 5 == 0) {
        recorded.put(catalog.stats().seq(), Kept.of(catalog, List.copyOf(history.ids())));
      }
    }
    var purged = Set.copyOf(catalog.purge(Duration.ZERO, false).ids());
    assertThat(purged).hasSizeGreaterThan(5);
    recorded.forEach(
        (seq, kept) -> {
          var past = catalog.asOf(seq);
          kept.found()
              .forEach(
                  (id, before) -> {
                    if (purged.contains(id)) {
                      assertThat(past.find(id)).isEmpty();
                      refused(ErrorCode.DELETED, () -> past.get(id));
                    } else {
                      assertThat(past.find(id).map(AsOfContract::withoutTwin))
                          .as("as of %s: %s", seq, id)
                          .isEqualTo(before.map(AsOfContract::withoutTwin));
                    }
                  });
          kept.searches()
              .forEach(
                  (query, before) ->
                      assertThat(Contract.ids(past.search(query, 1_000, null)))
                          .as("as of %s: %s", seq, query)
                          .isEqualTo(before.stream().filter(id -> !purged.contains(id)).toList()));
          kept.upstream()
              .forEach(
                  (id, before) -> {
                    var graph = past.upstream(id);
                    assertThat(graph.edges()).isEqualTo(before.edges());
                    for (var node : graph.nodes()) {
                      var artifact = node.artifact();
                      if (artifact != null && purged.contains(artifact.id())) {
                        assertThat(artifact.isDeleted()).isTrue();
                        assertThat(artifact.tags()).isEmpty();
                      }
                    }
                  });
        });
  }

  /** A record as text, without the twin: one whose content was erased is nobody's twin any more. */
  private static String withoutTwin(Artifact artifact) {
    return artifact.toString().replace("duplicateOf=" + artifact.duplicateOf(), "");
  }

  @Test
  void tags_metadata_aliases_parents_deletion_areThoseOfTheTime() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(model("m").id("m").tag("stage", "staging"));
    catalog.tag("m", "stage", "production");
    catalog.setMetadata("m", Map.of("owner", "ann"));
    catalog.promote("m", "gold");
    catalog.addParents("m", List.of("raw"));
    catalog.delete("m", true);
    catalog.restore("m");

    assertThat(catalog.asOf(2).get("m").tags()).containsEntry("stage", "staging");
    assertThat(catalog.asOf(3).get("m").tags()).containsEntry("stage", "production");
    assertThat(catalog.asOf(3).get("m").metadata()).isEmpty();
    assertThat(catalog.asOf(4).get("m").metadata()).containsEntry("owner", "ann");
    assertThat(catalog.asOf(4).find("m@gold")).isEmpty();
    assertThat(catalog.asOf(5).resolve("m@gold")).isEqualTo("m");
    assertThat(catalog.asOf(5).getLineage("m").parents()).isEmpty();
    assertThat(catalog.asOf(6).getLineage("m").parentIds()).containsExactly("raw");
    refused(ErrorCode.DELETED, () -> catalog.asOf(7).get("m"));
    assertThat(catalog.asOf(7).find("m@gold")).isEmpty();
    assertThat(catalog.asOf(8).resolve("m@gold")).isEqualTo("m");
    assertThat(catalog.asOf(1).find("m")).isEmpty();
  }

  @Test
  void aTime_meansTheLastEventNotAfterIt() {
    catalog.register(model("m").id("m").tag("n", 0));
    catalog.tag("m", "n", 1);
    catalog.tag("m", "n", 2);
    var times = feed().stream().map(Event::at).toList();
    assertThat(numberAt(times.get(0))).isEqualTo(0L);
    assertThat(numberAt(times.get(1).minus(1, ChronoUnit.MICROS))).isEqualTo(0L);
    assertThat(numberAt(times.get(1))).isEqualTo(1L);
    assertThat(numberAt(times.get(2).minus(1, ChronoUnit.MICROS))).isEqualTo(1L);
    assertThat(numberAt(times.get(2).plus(1, ChronoUnit.MICROS))).isEqualTo(2L);
    assertThat(numberAt(Instant.parse("9999-12-31T00:00:00Z"))).isEqualTo(2L);
  }

  private @Nullable Object numberAt(Instant time) {
    return catalog.asOf(time).get("m").tags().get("n");
  }

  @Test
  void aTimeInTheFuture_isThePresent_andMovesOn() {
    var future = catalog.asOf(Instant.now().plus(1, ChronoUnit.DAYS));
    assertThat(future.find("m")).isEmpty();
    catalog.register(model("m").id("one"));
    assertThat(future.resolve("m")).isEqualTo("one");
    catalog.register(model("m").id("two"));
    assertThat(future.resolve("m")).isEqualTo("two");
  }

  @Test
  void beforeTheHistoryBegins_theErrorSaysWhen() {
    catalog.register(model("m").id("m"));
    var begins = feed().getFirst().at();
    var before = catalog.asOf(begins.minus(1, ChronoUnit.MICROS));
    List<ThrowingCallable> reads =
        List.of(
            () -> before.get("m"),
            () -> before.find("m"),
            () -> before.versions("m"),
            () -> before.history("m"),
            () -> before.upstream("m"),
            () -> before.findByHash("x"),
            () -> catalog.asOf(0).find("m"));
    for (var read : reads) {
      var error = refused(ErrorCode.NOT_FOUND, read);
      assertThat(error.getMessage()).contains(begins.toString().substring(0, 19));
      assertThat(error.facts()).containsKey("begins");
    }
  }

  @Test
  void anEventThatHasNotHappened_isRefused() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.asOf(1).find("m"));
    catalog.register(model("m").id("m"));
    assertThat(catalog.asOf(1).find("m")).isPresent();
    var error = refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.asOf(2).find("m"));
    assertThat(error.getMessage()).contains("the last one is 1");
  }

  @Test
  void changes_areRefused() {
    catalog.register(model("m").id("m").alias("gold"));
    var past = catalog.asOf(1);
    List<ThrowingCallable> changes =
        List.of(
            () -> past.register(model("m")),
            () -> past.registerAll(List.of(model("m"))),
            () -> past.tag("m", "k", 1),
            () -> past.untag("m", "k"),
            () -> past.setMetadata("m", Map.of("k", 1)),
            () -> past.addParents("m", List.of("m")),
            () -> past.promote("m", "gold"),
            () -> past.promote("m", "gold", "m"),
            () -> past.demote("m@gold"),
            () -> past.delete("m", true),
            () -> past.restore("m"),
            () -> past.tagWhere("m", Map.of("k", 1), List.of(), true),
            () -> past.deleteWhere("m", true, true),
            () -> past.purge(Duration.ZERO, true),
            () -> past.importLines(new BufferedReader(new StringReader("{}")), outcome -> {}),
            () -> past.backup(Path.of("never-written.db")));
    for (var change : changes) {
      var error = refused(ErrorCode.INVALID_ARGUMENT, change);
      assertThat(error.getMessage()).contains("as of 1", "past");
    }
    assertThat(feed()).hasSize(2);
  }

  @Test
  void views_keepTheTime_andSayIt() {
    catalog.register(model("m").id("m"));
    var past = catalog.asOf(new AsOf.Seq(1));
    assertThat(past.asOf()).isEqualTo(new AsOf.Seq(1));
    assertThat(past.actor("bob").asOf()).isEqualTo(past.asOf());
    assertThat(past.project("default").asOf()).isEqualTo(past.asOf());
    assertThat(catalog.asOf()).isNull();
  }

  @Test
  void diff_ofTwoTimes_tellsWhatChangedMeanwhile() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(model("m").id("m").tag("stage", "staging").tag("same", 1));
    catalog.tag("m", Map.of("stage", "production", "n", 5));
    catalog.setMetadata("m", Map.of("owner", "ann"));
    catalog.addParents("m", List.of("raw"));
    catalog.promote("m", "gold");
    var difference = catalog.diff("m", new AsOf.Seq(2), new AsOf.Seq(6));
    assertThat(difference.changes())
        .isEqualTo(
            Map.of(
                "tags",
                Map.of(
                    "stage", Map.of("from", "staging", "to", "production"), "n", Map.of("to", 5L)),
                "metadata",
                Map.of("owner", Map.of("to", "ann")),
                "parent_ids",
                Map.of("added", List.of("raw")),
                "aliases",
                Map.of("added", List.of("gold"))));
    assertThat(catalog.diff("m", new AsOf.Seq(6), new AsOf.Seq(6)).changes()).isEmpty();
    assertThat(catalog.diff("m", new AsOf.Seq(6), new AsOf.Seq(4)).changes())
        .containsEntry("parent_ids", Map.of("removed", List.of("raw")))
        .doesNotContainKey("tags");
    refused(ErrorCode.NOT_FOUND, () -> catalog.diff("m", new AsOf.Seq(1), new AsOf.Seq(6)));
  }

  @Test
  void diff_ofTwoVersions_tellsWhatIsDifferent() {
    catalog.register(model("m").id("one").tag("f1", 0.5).alias("gold").uri("s3://one"));
    catalog.register(model("m").id("two").tag("f1", 0.75).uri("s3://two"));
    var difference = catalog.diff("m:1", "m");
    assertThat(difference.from().id()).isEqualTo("one");
    assertThat(difference.to().id()).isEqualTo("two");
    assertThat(difference.changes())
        .isEqualTo(
            Map.of(
                "version",
                Map.of("from", "1", "to", "2"),
                "uri",
                Map.of("from", "s3://one", "to", "s3://two"),
                "tags",
                Map.of("f1", Map.of("from", 0.5, "to", 0.75)),
                "aliases",
                Map.of("removed", List.of("gold"))));
    catalog.promote("two", "gold");
    assertThat(catalog.diff("m@gold", new AsOf.Seq(3), new AsOf.Seq(4)).to().id()).isEqualTo("two");
  }

  @Test
  void history_endsThen() {
    catalog.register(model("m").id("m"));
    catalog.tag("m", "k", 1);
    catalog.promote("m", "gold");
    var past = catalog.asOf(2);
    assertThat(kinds(past.history("m").items()))
        .containsExactly(Event.Kind.REGISTERED, Event.Kind.TAGGED);
    assertThat(past.history(new HistoryOf.Project(), 10, null).items()).hasSize(2);
    refused(ErrorCode.NOT_FOUND, () -> past.history(new HistoryOf.Alias("m", "gold"), 10, null));
    catalog.register(model("later"));
    refused(ErrorCode.NOT_FOUND, () -> past.history(new HistoryOf.Name("later"), 10, null));
  }

  @Test
  void purged_isATombstoneAtAnyTime() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(model("m").id("m").tag("secret", "x").parent("raw").alias("gold"));
    catalog.register(model("report").id("r").parent("m"));
    catalog.delete("m", true);
    catalog.purge(Duration.ZERO, false);
    var past = catalog.asOf(4);
    var error = refused(ErrorCode.DELETED, () -> past.get("m"));
    assertThat(error.getMessage()).contains("purged");
    refused(ErrorCode.DELETED, () -> past.get("m@gold"));
    refused(ErrorCode.DELETED, () -> past.get("m@latest"));
    Artifact tombstone = past.versions("m").first();
    assertThat(tombstone.tags()).isEmpty();
    assertThat(tombstone.aliases()).isEmpty();
    assertThat(tombstone.deletedAt()).isNotNull();
    assertThat(tombstone.parentIds()).containsExactly("raw");
    assertThat(ids(past.getLineage("r").parents())).containsExactly("m");
  }

  @Test
  void cursor_ofAnotherTime_isRefused() {
    for (int i = 0; i < 3; i++) {
      catalog.register(model("m"));
    }
    var cursor = catalog.asOf(2).versions("m", 1, null).nextCursor();
    assertThat(cursor).isNotNull();
    assertThat(catalog.asOf(2).versions("m", 1, cursor).items()).hasSize(1);
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.versions("m", 1, cursor));
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.asOf(3).versions("m", 1, cursor));
  }
}
