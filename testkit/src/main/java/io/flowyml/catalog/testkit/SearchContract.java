package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class SearchContract extends Contract {

  private List<String> found(String query) {
    return names(catalog.search(query));
  }

  @Test
  void word_isLookedForInEveryText() {
    catalog.register(model("has needle here"));
    catalog.register(io.flowyml.catalog.Registration.artifact("type", "NeedleType"));
    catalog.register(model("pipeline").pipeline("a_needle_b"));
    catalog.register(model("step").step("needle"));
    catalog.register(model("run").run("run-needle-7"));
    catalog.register(model("tag key").tag("my_needle", 1));
    catalog.register(model("tag value").tag("k", "in a NEEDLEstack"));
    catalog.register(model("description").metadata("description", "it is a needle."));
    catalog.register(model("uri").uri("s3://needle"));
    catalog.register(model("other metadata").metadata("note", "needle"));
    assertThat(found("needle"))
        .containsExactly(
            "description",
            "tag value",
            "tag key",
            "run",
            "step",
            "pipeline",
            "type",
            "has needle here");
  }

  @Test
  void words_mustAllBeThere_andAPhraseAsItStands() {
    catalog.register(model("fraud model for cards"));
    catalog.register(model("model of fraud").tag("for", "cards"));
    assertThat(found("fraud cards")).containsExactly("model of fraud", "fraud model for cards");
    assertThat(found("\"fraud model\"")).containsExactly("fraud model for cards");
    assertThat(found("\"fraud  model\"")).isEmpty();
  }

  @Test
  void negation_excludes() {
    catalog.register(model("a").tag("stage", "archived"));
    catalog.register(model("b").tag("stage", "production"));
    catalog.register(model("c"));
    assertThat(found("-stage:archived")).containsExactly("c", "b");
    assertThat(found("-archived")).containsExactly("c", "b");
    assertThat(found("type:Model -stage:archived -name:c")).containsExactly("b");
    assertThat(found("-type:Model")).isEmpty();
  }

  @Test
  void keyAndValue_compareTheWholeValueIgnoringCase() {
    catalog.register(model("a").tag("stage", "Production").pipeline("Fraud"));
    catalog.register(model("b").tag("stage", "pre-production"));
    assertThat(found("stage:production")).containsExactly("a");
    assertThat(found("STAGE:production")).isEmpty();
    assertThat(found("pipeline:fraud")).containsExactly("a");
    assertThat(found("name:B")).containsExactly("b");
    assertThat(found("type:model")).containsExactly("b", "a");
    assertThat(found("team:x")).isEmpty();
  }

  @Test
  void keyAndNumber_findNumbersAndTextsThatAreNumbers() {
    catalog.register(model("whole").tag("n", 5));
    catalog.register(model("real").tag("n", 5.0));
    catalog.register(model("text").tag("n", "5"));
    catalog.register(model("other").tag("n", "5a"));
    assertThat(found("n:5")).containsExactly("text", "real", "whole");
  }

  @Test
  void truth_isFoundByItsWord() {
    catalog.register(model("yes").tag("ok", true));
    catalog.register(model("no").tag("ok", false));
    assertThat(found("ok:true")).containsExactly("yes");
  }

  @Test
  void shortWords_areFoundToo() {
    catalog.register(model("ab"));
    catalog.register(model("xay"));
    catalog.register(model("q").tag("k", "zb"));
    assertThat(found("a")).containsExactly("xay", "ab");
    assertThat(found("ab")).containsExactly("ab");
    assertThat(found("b")).containsExactly("q", "ab");
    assertThat(found("é")).isEmpty();
  }

  @Test
  void words_ignoreCaseInEveryScript() {
    catalog.register(model("École Ελλάς МОСКВА"));
    assertThat(found("ÉCOLE")).hasSize(1);
    assertThat(found("ελλάσ")).hasSize(1);
    assertThat(found("москва")).hasSize(1);
    assertThat(found("ecole")).isEmpty();
  }

  @Test
  void words_areLiteral() {
    catalog.register(model("100%_sure").tag("q", "it's \"quoted\" \\ *"));
    catalog.register(model("100 sure"));
    assertThat(found("100%_")).containsExactly("100%_sure");
    assertThat(found("it's")).containsExactly("100%_sure");
    assertThat(found("\"\\\"quoted\\\"\"")).containsExactly("100%_sure");
    assertThat(found("s3://b/x")).isEmpty();
  }

  @Test
  void words_ofCharactersBeyondTheBasicPlane_areFound() {
    catalog.register(model("🐎🐎🐎 race"));
    assertThat(found("🐎")).hasSize(1);
    assertThat(found("🐎🐎🐎")).hasSize(1);
    assertThat(found("🐎🐎🐎🐎")).isEmpty();
  }

  @Test
  void wordOfVeryManyValues_isFoundAmongTheFewThatTheRestLeaves() {
    var batch = new ArrayList<io.flowyml.catalog.Registration>();
    for (int i = 0; i < 400; i++) {
      batch.add(model("forecast_" + i).tag("rare", i % 150 == 7));
    }
    batch.add(model("another").tag("rare", true));
    catalog.registerAll(batch).forEach(outcome -> outcome.orThrow());
    for (int again = 0; again < 3; again++) {
      assertThat(found("forecast rare:true"))
          .containsExactly("forecast_307", "forecast_157", "forecast_7");
      assertThat(found("-forecast rare:true")).containsExactly("another");
      assertThat(found("forecast_30 rare:true")).containsExactly("forecast_307");
      assertThat(found("forecast rare:none")).isEmpty();
    }
  }

  /** All their trigrams are common, and so is a number among others. */
  @Test
  void wordOfCommonParts_isFound() {
    var batch = new ArrayList<io.flowyml.catalog.Registration>();
    for (int i = 0; i < 2_000; i++) {
      batch.add(model("m").run("run-%07d-of-the-nightly-batch".formatted(1_111_000 + i)));
    }
    catalog.registerAll(batch).forEach(outcome -> outcome.orThrow());
    assertThat(catalog.search("run-1111234").items())
        .singleElement()
        .satisfies(found -> assertThat(found.sourceRunId()).startsWith("run-1111234"));
    assertThat(found("1112345")).hasSize(1);
    assertThat(found("run-1113999-of")).isEmpty();
    assertThat(found("the-nightly-batch sort:run")).hasSize(50);
  }

  @Test
  void search_seesEachChangeAtOnce() {
    catalog.register(model("m").id("m").tag("stage", "staging"));
    assertThat(found("staging")).containsExactly("m");
    catalog.tag("m", "stage", "production");
    assertThat(found("staging")).isEmpty();
    assertThat(found("stage:production")).containsExactly("m");
    catalog.untag("m", "stage");
    assertThat(found("production")).isEmpty();
    catalog.delete("m");
    assertThat(found("m")).isEmpty();
    catalog.restore("m");
    assertThat(found("m")).containsExactly("m");
  }

  @Test
  void search_staysRight_whenManyChangesWereMade() {
    for (int i = 0; i < 1_500; i++) {
      catalog.register(model("m" + i).id("id" + i).tag("even", i % 2 == 0));
    }
    catalog.tagWhere("even:true", java.util.Map.of("stage", "gold"), List.of("even"), false);
    assertThat(catalog.search("even:true").items()).isEmpty();
    assertThat(catalog.search("stage:gold", 1_000, null).items()).hasSize(750);
    assertThat(found("m1499")).containsExactly("m1499");
    assertThat(catalog.search("even:false m14", 1_000, null).items()).hasSize(55);
  }

  @Test
  void emptyQuery_findsAllThatLives() {
    catalog.register(model("a"));
    catalog.register(model("b"));
    catalog.delete("a");
    assertThat(found("")).containsExactly("b");
  }

  @Test
  void pages_showEachOnceWhileOthersWrite() {
    for (int i = 0; i < 30; i++) {
      catalog.register(model("m").id("id" + i).tag("k", "v"));
    }
    var seen = new ArrayList<String>();
    String cursor = null;
    int round = 0;
    do {
      var page = catalog.search("k:v", 7, cursor);
      seen.addAll(ids(page));
      cursor = page.nextCursor();
      catalog.register(model("later").tag("k", "v"));
      catalog.tag("id" + round++, "unrelated", round);
    } while (cursor != null);
    assertThat(seen).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void cursor_ofAnotherQueryOrForged_isRefused() {
    for (int i = 0; i < 4; i++) {
      catalog.register(model("m").tag("k", "v"));
    }
    var cursor = catalog.search("k:v", 2, null).nextCursor();
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.search("m", 2, cursor));
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.search("k:v", 2, "nonsense"));
    var other = catalog.project("other");
    other.register(model("m").tag("k", "v"));
    refused(ErrorCode.INVALID_ARGUMENT, () -> other.search("k:v", 2, cursor));
  }

  @Test
  void query_thatDoesNotParse_isRefused() {
    refused(ErrorCode.QUERY_SYNTAX, () -> catalog.search("\"never closed"));
  }
}
