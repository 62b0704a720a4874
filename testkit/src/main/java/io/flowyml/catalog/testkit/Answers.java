package io.flowyml.catalog.testkit;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.spi.HistoryOf;
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

  /** One question in so many is asked. */
  private static final int ONE_IN = 5;

  private final Random random;
  private final Map<String, Object> byQuestion = new LinkedHashMap<>();

  private Answers(long seed) {
    this.random = new Random(seed);
  }

  /**
   * @param ids of the artifacts that are asked for
   */
  static Map<String, Object> of(ArtifactCatalog catalog, List<String> ids, long seed) {
    var answers = new Answers(seed);
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
    answers.put(
        "history of alias",
        () ->
            catalog
                .history(new HistoryOf.Alias("fraud_detector", "production"), Limits.PAGE, null)
                .items());
    answers.put("hash", () -> catalog.findByHash("declared 3"));
    return answers.byQuestion;
  }

  private void put(String question, Supplier<Object> answer) {
    if (random.nextInt(ONE_IN) > 0) {
      return;
    }
    try {
      byQuestion.put(question, answer.get());
    } catch (CatalogException e) {
      byQuestion.put(question, e.code());
    }
  }
}
