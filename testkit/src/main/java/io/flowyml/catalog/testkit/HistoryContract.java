package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.spi.HistoryOf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class HistoryContract extends Contract {

  private static Map<String, Object> pointer(String id, String version) {
    return Map.of("id", id, "version", version);
  }

  @Test
  void events_areNumberedWithoutGapAndNeverGoBackInTime() {
    for (int i = 0; i < 20; i++) {
      catalog.register(model("m").id("id" + i));
      catalog.tag("id" + i, "i", i);
    }
    var events = feed();
    assertThat(events).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(events.get(i).seq()).isEqualTo(i + 1);
    }
    assertThat(events).extracting(Event::at).isSorted();
    assertThat(catalog.get("id19").seq()).isEqualTo(40);
  }

  @Test
  void tagging_tellsWhatWasAndWhatIs() {
    catalog.register(model("m").id("m").tag("stage", "staging").tag("old", 1L).tag("same", true));
    catalog.tag("m", Map.of("stage", "production", "new", 0.5, "same", true));
    catalog.untag("m", "old");
    var events = history("m");
    assertThat(events.get(1).kind()).isEqualTo(Event.Kind.TAGGED);
    assertThat(events.get(1).changes())
        .isEqualTo(
            Map.of(
                "tags",
                Map.of(
                    "stage",
                    Map.of("from", "staging", "to", "production"),
                    "new",
                    Map.of("to", 0.5))));
    assertThat(events.get(2).changes())
        .isEqualTo(Map.of("tags", Map.of("old", Map.of("from", 1L))));
  }

  @Test
  void earlierEvents_tellTheirOwnChangeWhateverCameLater() {
    catalog.register(model("m").id("m").tag("n", 0L));
    for (long i = 1; i <= 5; i++) {
      catalog.tag("m", "n", i);
    }
    var events = history("m");
    assertThat(events.getFirst().changes())
        .isEqualTo(Map.of("tags", Map.of("n", Map.of("to", 0L))));
    for (long i = 1; i <= 5; i++) {
      assertThat(events.get((int) i).changes())
          .isEqualTo(Map.of("tags", Map.of("n", Map.of("from", i - 1, "to", i))));
    }
  }

  @Test
  void metadata_tellsItsTopLevelKeys() {
    catalog.register(model("m").id("m").metadata(Map.of("owner", "ann", "deep", Map.of("x", 1L))));
    catalog.setMetadata("m", Map.of("deep", Map.of("y", 2L)));
    catalog.setMetadata("m", Collections.singletonMap("owner", null));
    var events = history("m");
    assertThat(events.get(1).kind()).isEqualTo(Event.Kind.METADATA_SET);
    assertThat(events.get(1).changes())
        .isEqualTo(
            Map.of(
                "metadata",
                Map.of("deep", Map.of("from", Map.of("x", 1L), "to", Map.of("x", 1L, "y", 2L)))));
    assertThat(events.get(2).changes())
        .isEqualTo(Map.of("metadata", Map.of("owner", Map.of("from", "ann"))));
  }

  @Test
  void parents_tellThoseAdded() {
    List.of("x", "y", "z").forEach(id -> catalog.register(dataset(id).id(id)));
    catalog.register(model("m").id("m").parent("x"));
    catalog.addParents("m", List.of("z", "x", "y"));
    assertThat(history("m").get(1).kind()).isEqualTo(Event.Kind.PARENTS_ADDED);
    assertThat(history("m").get(1).changes())
        .isEqualTo(Map.of("parent_ids", Map.of("added", List.of("z", "y"))));
  }

  @Test
  void alias_hasItsMoves() {
    catalog.register(model("m").id("one").alias("production"));
    catalog.register(model("m").id("two"));
    catalog.actor("bob").promote("two", "production");
    catalog.demote("m@production");
    catalog.promote("one", "production");
    catalog.promote("one", "other");
    var moves = history(new HistoryOf.Alias("m", "production"));
    assertThat(kinds(moves))
        .containsExactly(
            Event.Kind.ALIAS_MOVED,
            Event.Kind.ALIAS_MOVED,
            Event.Kind.ALIAS_DROPPED,
            Event.Kind.ALIAS_MOVED);
    assertThat(moves.get(0).changes())
        .isEqualTo(Map.of("alias", "production", "to", pointer("one", "1")));
    assertThat(moves.get(1).actor()).isEqualTo("bob");
    assertThat(moves.get(1).artifactId()).isEqualTo("two");
    assertThat(moves.get(1).changes())
        .isEqualTo(
            Map.of("alias", "production", "from", pointer("one", "1"), "to", pointer("two", "2")));
    assertThat(moves.get(2).changes())
        .isEqualTo(Map.of("alias", "production", "from", pointer("two", "2")));
    assertThat(moves.get(3).changes())
        .isEqualTo(Map.of("alias", "production", "to", pointer("one", "1")));
  }

  @Test
  void alias_hasTheDeletionAndRestorationOfWhatItPointedAt() {
    catalog.register(model("m").id("one").alias("production"));
    catalog.delete("one", true);
    catalog.restore("one");
    assertThat(kinds(history(new HistoryOf.Alias("m", "production"))))
        .containsExactly(Event.Kind.ALIAS_MOVED, Event.Kind.DELETED, Event.Kind.RESTORED);
  }

  @Test
  void artifact_hasTheMoveThatTookItsAliasAway() {
    catalog.register(model("m").id("one").alias("production"));
    catalog.register(model("m").id("two"));
    catalog.promote("two", "production");
    var events = history("one");
    assertThat(kinds(events))
        .containsExactly(Event.Kind.REGISTERED, Event.Kind.ALIAS_MOVED, Event.Kind.ALIAS_MOVED);
    assertThat(events.getLast().artifactId()).isEqualTo("two");
    assertThat(events.getLast().seq()).isEqualTo(catalog.get("one").seq());
  }

  @Test
  void name_hasTheEventsOfAllItsVersions() {
    catalog.register(model("m").id("one"));
    catalog.register(model("other").id("other"));
    catalog.register(model("m").id("two"));
    catalog.tag("one", "x", 1);
    catalog.tag("other", "x", 1);
    catalog.delete("two");
    assertThat(history(new HistoryOf.Name("m")))
        .extracting(Event::artifactId)
        .containsExactly("one", "two", "one", "two");
    assertThat(history(new HistoryOf.Name("m")))
        .extracting(Event::version)
        .containsExactly("1", "2", "1", "2");
  }

  @Test
  void events_nameWhatTheyAreOfAndWhoDidIt() {
    catalog.actor("bob").register(model("m").id("one").version("v7"));
    var event = feed().getFirst();
    assertThat(event.actor()).isEqualTo("bob");
    assertThat(event.artifactId()).isEqualTo("one");
    assertThat(event.name()).isEqualTo("m");
    assertThat(event.version()).isEqualTo("v7");
  }

  @Test
  void history_byAnyReference_ofTombstonesToo() {
    catalog.register(model("m").id("one").alias("production"));
    assertThat(history("m@production")).hasSize(2);
    assertThat(history("m:1")).hasSize(2);
    catalog.delete("one", true);
    assertThat(history("one")).hasSize(3);
  }

  @Test
  void history_ofWhatNeverWas_isNotFound() {
    List<HistoryOf> nothing =
        List.of(
            new HistoryOf.OneArtifact("nothing"),
            new HistoryOf.Name("nothing"),
            new HistoryOf.Alias("m", "nothing"),
            new HistoryOf.Alias("nothing", "production"));
    nothing.forEach(of -> refused(ErrorCode.NOT_FOUND, () -> catalog.history(of, 10, null)));
    assertThat(feed()).isEmpty();
    catalog.register(model("m"));
    nothing.forEach(of -> refused(ErrorCode.NOT_FOUND, () -> catalog.history(of, 10, null)));
  }

  @Test
  void pages_goOnWhereTheyEnded() {
    catalog.register(model("m").id("m").alias("a"));
    catalog.register(model("m").id("n"));
    for (int i = 0; i < 12; i++) {
      catalog.promote(i % 2 == 0 ? "n" : "m", "a");
    }
    for (HistoryOf of :
        List.of(
            new HistoryOf.OneArtifact("m"),
            new HistoryOf.Name("m"),
            new HistoryOf.Alias("m", "a"),
            new HistoryOf.Project())) {
      var whole = history(of);
      var paged = new ArrayList<Event>();
      String cursor = null;
      do {
        var page = catalog.history(of, 3, cursor);
        assertThat(page.items()).hasSizeBetween(1, 3);
        paged.addAll(page.items());
        cursor = page.nextCursor();
      } while (cursor != null);
      assertThat(paged).isEqualTo(whole);
    }
  }

  @Test
  void cursor_ofAnotherHistory_isRefused() {
    catalog.register(model("m").id("m"));
    catalog.tag("m", "x", 1);
    var cursor = catalog.history(new HistoryOf.OneArtifact("m"), 1, null).nextCursor();
    assertThat(cursor).isNotNull();
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.history(new HistoryOf.Project(), 1, cursor));
  }
}
