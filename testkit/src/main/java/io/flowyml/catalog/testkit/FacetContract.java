package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Facets;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.query.Evaluation;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.QueryParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class FacetContract extends Contract {
  private static final List<String> FIELDS =
      List.of(
          "type",
          "name",
          "pipeline",
          "step",
          "run",
          "version",
          "alias",
          "stage",
          "f1",
          "note",
          "nothing",
          "tag.team",
          "metadata.owner",
          "metadata.description",
          "metadata.list",
          "metadata.much",
          "tag.*");

  private static final List<String> QUERIES =
      List.of("", "fraud", "-type:Model", "f1>0", "owner:x OR has:parents", "metadata.owner:*");

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void counts_areThoseOfEachArtifact(long seed) {
    var history = new RandomHistory(catalog, seed);
    for (int round = 0; round < 4; round++) {
      history.steps(150);
      if (round == 2) {
        indexAll();
      }
      var living = catalog.list(ListFilter.all().limit(1_000)).items();
      var oracle = new QueryOracle(living.reversed());
      for (var query : QUERIES) {
        var found = oracle.search(QueryParser.parse(query, Instant.now()));
        var facets = catalog.facets(query, FIELDS, 1_000);
        assertThat(facets.exact()).isTrue();
        assertThat(facets.matches()).as(query).isEqualTo(found.size());
        for (var facet : facets.facets()) {
          check(query, facet, found);
        }
      }
    }
  }

  /** Enough changes that the index takes in what was done before. */
  private void indexAll() {
    catalog.register(model("busy").id("busy"));
    for (int i = 0; i < 1_000; i++) {
      catalog.tag("busy", "n", i % 2);
    }
  }

  private static void check(String query, Facets.Facet facet, List<Artifact> found) {
    var expected = new HashMap<String, Long>();
    long without = 0;
    for (var artifact : found) {
      var values = new HashSet<>(texts(facet.field(), artifact));
      values.forEach(value -> expected.merge(value, 1L, Long::sum));
      without += values.isEmpty() ? 1 : 0;
    }
    var counted = new HashMap<String, Long>();
    for (var value : facet.values()) {
      counted.merge(FieldValue.of(value.value()).text(), value.count(), Long::sum);
    }
    var as = facet.field() + " of " + query;
    if (!facet.field().startsWith("metadata.list")) {
      // Of a list, 5 and "5" are two values of one artifact.
      assertThat(counted).as(as).isEqualTo(expected);
    } else {
      assertThat(counted.keySet()).as(as).isEqualTo(expected.keySet());
    }
    assertThat(facet.without()).as(as).isEqualTo(without);
    assertThat(facet.distinct()).as(as).isEqualTo(facet.values().size());
    assertThat(facet.values())
        .as(as)
        .isSortedAccordingTo((a, b) -> Long.compare(b.count(), a.count()));
  }

  private static List<String> texts(String field, Artifact artifact) {
    return field.equals("tag.*")
        ? List.copyOf(artifact.tags().keySet())
        : Evaluation.values(QueryParser.field(field), artifact).stream()
            .map(FieldValue::text)
            .toList();
  }

  @Test
  void values_keepTheirType_andTheMostFrequentComeFirst() {
    catalog.register(model("a").tag("k", 5).tag("ok", true));
    catalog.register(model("b").tag("k", "5").tag("ok", true));
    catalog.register(model("c").tag("k", "5"));
    var facets = catalog.facets("", List.of("k", "ok"), 1).facets();
    assertThat(facets.get(0).values()).containsExactly(new Facets.Value("5", 2));
    assertThat(facets.get(0).distinct()).isEqualTo(2);
    assertThat(facets.get(1).values()).containsExactly(new Facets.Value(true, 2));
    assertThat(facets.get(1).without()).isEqualTo(1);
  }

  @Test
  void numbers_areToldInRangesWhereTheyAreMany() {
    var registrations = new ArrayList<Registration>();
    for (int i = 0; i < 200; i++) {
      registrations.add(model("m").tag("score", i / 200.0).tag("text", "0." + i));
    }
    catalog.registerAll(registrations);
    var facet = catalog.facets("", List.of("score")).facets().getFirst();
    assertThat(facet.distinct()).isEqualTo(200);
    assertThat(facet.ranges()).hasSize(10).allMatch(range -> range.count() == 20);
    assertThat(facet.ranges().getFirst()).isEqualTo(new Facets.Range(0, 0.1, 20));
    assertThat(facet.ranges().get(3)).isEqualTo(new Facets.Range(0.3, 0.4, 20));
    var half = catalog.facets("score>=0.5", List.of("score", "text")).facets();
    assertThat(half.get(0).ranges().stream().mapToLong(Facets.Range::count).sum()).isEqualTo(100);
    assertThat(half.get(1).ranges().stream().mapToLong(Facets.Range::count).sum()).isEqualTo(100);
    assertThat(catalog.facets("score>=0.95", List.of("score")).facets().getFirst().ranges())
        .isEmpty();
  }

  @Test
  void nothing_hasFacetsWithoutValues() {
    var facets = catalog.facets("", List.of("type"));
    assertThat(facets).isEqualTo(new Facets(0, true, List.of(empty("type", 0))));
    catalog.register(model("m"));
    assertThat(catalog.facets("", List.of("stage")).facets()).containsExactly(empty("stage", 1));
    assertThat(catalog.facets("other", List.of("type")).matches()).isZero();
  }

  private static Facets.Facet empty(String field, long without) {
    return new Facets.Facet(field, without, 0, List.of(), List.of());
  }

  @Test
  void fieldsWithoutFacets_areRefused() {
    for (var field : List.of("id", "hash", "uri", "duplicate")) {
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.facets("", List.of(field)));
    }
    for (var field : List.of("", "a b", "type:", "tag.", "9")) {
      refused(ErrorCode.QUERY_SYNTAX, () -> catalog.facets("", List.of(field)));
    }
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.facets("", List.of("type"), 0));
    var many = java.util.Collections.nCopies(51, "type");
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.facets("", many));
  }

  @Test
  void explanation_tellsQueryPlanAndRows() {
    for (int i = 0; i < 3; i++) {
      catalog.register(model("m" + i).tag("stage", "production"));
    }
    var explained = catalog.explain("stage:production  AND -name:m1 sort:name");
    assertThat(explained.query()).isEqualTo("stage:production -name:m1 sort:name");
    assertThat(explained.answers()).isEqualTo(2);
    assertThat(explained.rows()).isPositive();
    assertThat(explained.plan().inputs()).hasSize(2);
    assertThat(explained.plan().inputs().getFirst().what()).startsWith("stage:production ");
    refused(ErrorCode.QUERY_SYNTAX, () -> catalog.explain("("));
  }

  @Test
  void reference_thatIsMeantByAQuery_isFound() {
    catalog.register(model("fraud_detector").id("m1"));
    assertThat(catalog.search("fraud_detector:1").items()).isEmpty();
    assertThat(catalog.meant(" fraud_detector:1 ")).map(Artifact::id).contains("m1");
    assertThat(catalog.meant("fraud_detector:2")).isEmpty();
    assertThat(catalog.meant("stage:production team:fraud")).isEmpty();
    assertThat(catalog.meant("")).isEmpty();
    assertThat(catalog.meant("x".repeat(5_000))).isEmpty();
  }
}
