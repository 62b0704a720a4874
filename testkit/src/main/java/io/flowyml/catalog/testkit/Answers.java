package io.flowyml.catalog.testkit;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.spi.HistoryOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What a catalog answers to some of many questions, which ones depends on a seed. */
final class Answers {
  private static final List<String> REFERENCES =
      RandomHistory.NAMES.stream()
          .flatMap(
              name ->
                  List.of(name, name + "@latest", name + "@production", name + "@gold", name + ":1")
                      .stream())
          .toList();

  private static final List<String> QUERIES =
      List.of(
          "",
          "fraud",
          "a",
          "5",
          "-fraud",
          "type:Model",
          "-type:Model -type:Dataset",
          "type:Model OR stage:production",
          "(team:fraud OR n:5) -note:staging",
          "stage:production",
          "-stage:production",
          "stage!=production",
          "stage:*",
          "note:*a*",
          "f1>0.5",
          "n<=5 -f1:*",
          "has:parents",
          "has:children",
          "-has:children has:content",
          "has:alias",
          "has:duplicates",
          "-has:alias -has:duplicates type:Report",
          "duplicate:true",
          "alias:production",
          "-alias:gold alias:*",
          "metadata.n:1",
          "metadata.description:now*",
          "-metadata.n:* name:churn",
          "now",
          "version:1",
          "version>1",
          "id:id7",
          "id:id1*",
          "hash:\"declared 3\"",
          "-hash:\"declared 2\" hash:*",
          "created>2020",
          "-created<-7d pipeline:*",
          "uri:*",
          "upstream(id9)",
          "upstream(fraud_detector@production) type:Dataset",
          "downstream(id0)",
          "downstream(id2, 1) OR upstream(churn, 1)",
          "sort:name",
          "type:Model sort:-f1",
          "stage:* sort:-note,f1",
          "sort:created",
          "sort:-alias,duplicate",
          "-type:Model sort:metadata.n,-version");
  private static final List<String> FACETS =
      List.of("type", "name", "stage", "n", "note", "tag.*", "alias", "created", "metadata.n");

  private static final int PAGE = 60;

  private final Random random;
  private final Map<String, Object> byQuestion = new LinkedHashMap<>();

  private final int oneIn;

  private Answers(long seed, int oneIn) {
    this.random = new Random(seed);
    this.oneIn = oneIn;
  }

  /**
   * @param ids of the artifacts that are asked for
   * @param oneIn of so many questions one is asked
   */
  static Map<String, Object> of(ArtifactCatalog catalog, List<String> ids, long seed, int oneIn) {
    var answers = new Answers(seed, oneIn);
    for (var id : ids) {
      answers.put("find " + id, () -> catalog.find(id));
      answers.put("get " + id, () -> catalog.get(id));
    }
    for (var reference : REFERENCES) {
      answers.put("resolve " + reference, () -> catalog.resolve(reference));
    }
    for (var name : RandomHistory.NAMES) {
      answers.put("versions " + name, () -> catalog.versions(name, Limits.PAGE, null).items());
      answers.put(
          "history of name " + name,
          () -> catalog.history(new HistoryOf.Name(name), Limits.PAGE, null).items());
    }
    for (var id : ids.subList(0, Math.min(ids.size(), 12))) {
      answers.put("lineage " + id, () -> catalog.getLineage(id));
      answers.put("upstream " + id, () -> catalog.upstream(id));
      answers.put("downstream " + id, () -> catalog.downstream(id, 2, 50));
      answers.put("path " + id, () -> catalog.path(ids.getFirst(), id));
      answers.put("history " + id, () -> catalog.history(id).items());
    }
    for (var query : QUERIES) {
      answers.put("search " + query, () -> pages(catalog, query));
    }
    for (var query : List.of("", "type:Model", "-stage:*")) {
      answers.put("facets " + query, () -> catalog.facets(query, FACETS, 10));
    }
    answers.put("list", () -> catalog.list(ListFilter.all().limit(Limits.PAGE)).items());
    answers.put("list models", () -> catalog.list(ListFilter.all().type("Model")).items());
    answers.put("list 5", () -> catalog.list(ListFilter.all().tag("n", 5)).items());
    answers.put("list note", () -> catalog.list(ListFilter.all().tag("note", "5")).items());
    answers.put(
        "history of alias",
        () ->
            catalog
                .history(new HistoryOf.Alias("fraud_detector", "production"), Limits.PAGE, null)
                .items());
    answers.put("stats", () -> catalog.stats());
    answers.put("hash", () -> catalog.findByHash("declared 3"));
    return answers.byQuestion;
  }

  private static List<Artifact> pages(ArtifactCatalog catalog, String query) {
    var found = new ArrayList<Artifact>();
    String cursor = null;
    do {
      var page = catalog.search(query, PAGE, cursor);
      page.forEach(found::add);
      cursor = page.nextCursor();
    } while (cursor != null);
    return found;
  }

  private void put(String question, Supplier<Object> answer) {
    if (random.nextInt(oneIn) > 0) {
      return;
    }
    try {
      byQuestion.put(question, answer.get());
    } catch (CatalogException e) {
      byQuestion.put(question, e.code());
    }
  }
}
