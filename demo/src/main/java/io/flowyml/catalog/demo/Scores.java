package io.flowyml.catalog.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often a model was right about wines it had not seen.
 *
 * @param macroF1 the mean of the F1 of each class, so that a small class counts as much as a large
 *     one
 * @param confusion true class -> predicted class -> wines; classes in alphabetical order
 */
record Scores(
    double macroF1,
    double accuracy,
    int wines,
    Map<String, ClassScore> classes,
    Map<String, Map<String, Integer>> confusion) {

  /** Of one class. What was never predicted has precision 0, what never occurs has recall 0. */
  record ClassScore(double precision, double recall, double f1) {}

  static Scores of(List<String> truth, List<String> predicted) {
    if (truth.isEmpty() || truth.size() != predicted.size()) {
      throw new IllegalArgumentException(
          "%d predictions for %d wines".formatted(predicted.size(), truth.size()));
    }
    var names = new TreeSet<>(truth);
    names.addAll(predicted);
    var confusion = new TreeMap<String, Map<String, Integer>>();
    for (var name : names) {
      var row = new TreeMap<String, Integer>();
      names.forEach(other -> row.put(other, 0));
      confusion.put(name, row);
    }
    int right = 0;
    for (int i = 0; i < truth.size(); i++) {
      confusion
          .getOrDefault(truth.get(i), new TreeMap<>())
          .merge(predicted.get(i), 1, Integer::sum);
      right += truth.get(i).equals(predicted.get(i)) ? 1 : 0;
    }
    var classes = new TreeMap<String, ClassScore>();
    names.forEach(name -> classes.put(name, score(name, confusion)));
    double f1 = classes.values().stream().mapToDouble(ClassScore::f1).sum() / classes.size();
    return new Scores(f1, (double) right / truth.size(), truth.size(), classes, confusion);
  }

  private static ClassScore score(String name, Map<String, Map<String, Integer>> confusion) {
    int hits = 0;
    int predicted = 0;
    int actual = 0;
    for (var row : confusion.entrySet()) {
      for (var cell : row.getValue().entrySet()) {
        boolean isName = row.getKey().equals(name);
        boolean saidName = cell.getKey().equals(name);
        hits += isName && saidName ? cell.getValue() : 0;
        predicted += saidName ? cell.getValue() : 0;
        actual += isName ? cell.getValue() : 0;
      }
    }
    return new ClassScore(
        predicted == 0 ? 0 : (double) hits / predicted,
        actual == 0 ? 0 : (double) hits / actual,
        hits == 0 ? 0 : 2.0 * hits / (predicted + actual));
  }

  /** Wines that the model named wrongly, as {@code 1 cultivar_2 taken for cultivar_1}. */
  List<String> mistakes() {
    var mistakes = new ArrayList<String>();
    confusion.forEach(
        (actual, row) ->
            row.forEach(
                (said, count) -> {
                  if (count > 0 && !actual.equals(said)) {
                    mistakes.add("%d %s taken for %s".formatted(count, actual, said));
                  }
                }));
    return mistakes;
  }

  /** How many wines the model named wrongly. */
  int mistakeCount() {
    int right = 0;
    for (var row : confusion.entrySet()) {
      right += row.getValue().getOrDefault(row.getKey(), 0);
    }
    return wines - right;
  }

  Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("f1_score", macroF1);
    json.put("accuracy", accuracy);
    json.put("wines", wines);
    var byClass = new LinkedHashMap<String, Object>();
    classes.forEach(
        (name, score) -> {
          var one = new LinkedHashMap<String, Object>();
          one.put("precision", score.precision());
          one.put("recall", score.recall());
          one.put("f1_score", score.f1());
          byClass.put(name, one);
        });
    json.put("classes", byClass);
    json.put("confusion", confusion);
    return json;
  }
}
