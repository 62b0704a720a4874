package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.query.QueryParser;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sort:} in any order, page by page, on more artifacts than are sorted in one go. */
abstract class SortContract extends Contract {
  private static final int ALL = 1_400;
  private static final int PAGE = 101;

  private static final List<Object> VALUES =
      List.of(
          0.5,
          "0.5",
          "0.50",
          5L,
          "5",
          -3L,
          "1e999",
          "-1e999",
          0L,
          "-0",
          new BigInteger("123456789012345678901234567890"),
          true,
          "true",
          "TRUE",
          "école",
          "ÉCOLE",
          "😀",
          "\uFF5E",
          "",
          "a".repeat(60) + "b",
          "a".repeat(60) + "c",
          "a".repeat(60) + "C");

  private static final List<String> SORTS =
      List.of(
          "mixed",
          "-mixed",
          "score",
          "-score",
          "-score,name",
          "stage",
          "-stage,-score",
          "type,stage,-mixed",
          "-type,name,created",
          "name",
          "-name",
          "created",
          "-created",
          "-created,mixed",
          "version",
          "-version,score",
          "pipeline,-run",
          "-step",
          "alias",
          "-alias,name",
          "id",
          "-id",
          "hash",
          "uri",
          "-duplicate,score",
          "metadata.owner",
          "-metadata.owner,score",
          "metadata.list",
          "-metadata.list,stage",
          "metadata.description",
          "nothing",
          "-nothing,-score",
          "tag.name");

  private final Random random = new Random(5);

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private Registration random(int i) {
    var tags = new HashMap<String, Object>();
    if (random.nextInt(3) > 0) {
      tags.put("mixed", pick(VALUES));
    }
    if (random.nextInt(5) > 0) {
      tags.put("score", random.nextInt(4_000) / 1_000.0);
    }
    if (random.nextInt(3) > 0) {
      tags.put("stage", pick(List.of("production", "Production", "staging", "archived")));
    }
    var registration =
        Registration.artifact("name " + random.nextInt(300), pick(List.of("Model", "model", "X")))
            .id("id" + random.nextInt(9) + "-" + i)
            .tags(tags);
    if (random.nextBoolean()) {
      registration = registration.pipeline("p" + random.nextInt(3)).step(pick(List.of("a", "9")));
    }
    if (random.nextBoolean()) {
      registration = registration.run("" + random.nextInt(50)).uri("s3://" + random.nextInt(20));
    }
    if (random.nextInt(40) == 0) {
      registration = registration.alias("alias" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      registration = registration.content(new byte[random.nextInt(40)]);
    }
    if (random.nextBoolean()) {
      registration =
          registration
              .metadata("owner", pick(VALUES))
              .metadata("list", List.of(pick(VALUES), pick(VALUES), Map.of("a", 1)))
              .metadata("description", "text " + random.nextInt(30));
    }
    if (random.nextInt(60) == 0) {
      registration = registration.metadata("much", Collections.nCopies(3, "x".repeat(600)));
    }
    return registration;
  }

  private void fill() {
    var registrations = new ArrayList<Registration>();
    for (int i = 0; i < ALL; i++) {
      registrations.add(random(i));
    }
    catalog.registerAll(registrations).forEach(outcome -> outcome.orThrow());
    for (var tags : List.of("[1]", "null", "{\"a\": 1}", "\"x\"", "7", "[1]", "null", "\"0.70\"")) {
      tolerated(
          "{\"name\": \"odd\", \"artifact_type\": \"X\", \"tags\": {\"mixed\": %s, \"score\": %s}}"
              .formatted(tags, tags));
    }
    for (int i = 0; i < 40; i++) {
      var id = Objects.requireNonNull(registrations.get(random.nextInt(ALL)).id());
      if (i % 4 == 0 && !catalog.find(id).isEmpty()) {
        catalog.delete(id, true);
      } else if (!catalog.find(id).isEmpty()) {
        catalog.tag(id, Map.of("mixed", pick(VALUES), "score", random.nextInt(3)));
      }
    }
  }

  @Test
  void anySort_givesTheOrderOfItsMeaning() {
    fill();
    var oracle = new QueryOracle(everything());
    for (var sort : SORTS) {
      for (var where : List.of("", "stage:production", "-score>1", "odd OR alias:*")) {
        var query = where + " sort:" + sort;
        var expected = oracle.search(QueryParser.parse(query, Instant.now()));
        assertThat(found(query)).as(query).isEqualTo(ids(expected));
      }
    }
  }

  private List<Artifact> everything() {
    var all = new ArrayList<Artifact>();
    String cursor = null;
    do {
      var page = catalog.list(ListFilter.all().limit(Limits.PAGE).cursor(cursor));
      all.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    return all.reversed();
  }

  private List<String> found(String query) {
    return found(query, PAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-score", "mixed,score", "-stage", "name", "metadata.owner", "-created"})
  void pages_showWhatDidNotChangeOnce_whileOthersWrite(String sort) {
    fill();
    var query = "type:model sort:" + sort;
    var before = found(query);
    var touched = new HashSet<String>();
    var seen = new ArrayList<String>();
    String cursor = null;
    do {
      var page = catalog.search(query, PAGE, cursor);
      seen.addAll(ids(page));
      cursor = page.nextCursor();
      catalog.register(random(ALL + seen.size()).id("later" + seen.size()));
      for (int i = 0; i < 5; i++) {
        var id = pick(before);
        touched.add(id);
        catalog.tag(id, Map.of("mixed", pick(VALUES), "score", random.nextInt(4), "stage", "s"));
        catalog.setMetadata(id, Map.of("owner", "new owner"));
      }
    } while (cursor != null);
    seen.removeIf(id -> touched.contains(id) || id.startsWith("later"));
    before.removeAll(touched);
    assertThat(seen).isEqualTo(before);
  }

  @Test
  void cursor_ofAnotherOrder_isRefused() {
    for (int i = 0; i < 4; i++) {
      catalog.register(model("m").tag("k", i));
    }
    var cursor = Objects.requireNonNull(catalog.search("m sort:k", 2, null).nextCursor());
    assertThat(ids(catalog.search("m sort:k", 2, cursor))).hasSize(2);
    for (var other : List.of("m sort:-k", "m", "M sort:k", "m sort:K", "m sort:k,name")) {
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.search(other, 2, cursor));
    }
    var forged = (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1);
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.search("m sort:k", 2, forged));
  }

  @Test
  void cursor_ofTimesBeforeNow_keepsTheTimeOfTheFirstPage() {
    for (int i = 0; i < 5; i++) {
      catalog.register(model("m").id("id" + i));
    }
    assertThat(found("created>-7d", 2)).containsExactly("id4", "id3", "id2", "id1", "id0");
    assertThat(found("created>-7d sort:created", 2)).startsWith("id0").hasSize(5);
    var cursor = catalog.search("created>-7d", 2, null).nextCursor();
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.search("created>-7d", 2, "1" + cursor));
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.search("created>-7d", 2, "?" + cursor));
  }

  private List<String> found(String query, int limit) {
    var found = new ArrayList<String>();
    String cursor = null;
    do {
      var page = catalog.search(query, limit, cursor);
      found.addAll(ids(page));
      cursor = page.nextCursor();
    } while (cursor != null);
    return found;
  }
}
