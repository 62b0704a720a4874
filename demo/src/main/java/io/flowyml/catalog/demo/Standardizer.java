package io.flowyml.catalog.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings every feature to mean 0 and standard deviation 1. Fitted on the wines that a model learns
 * from and on no other: else the test split would have told the model something.
 *
 * @param fittedOn how many wines it was fitted on
 */
record Standardizer(List<String> names, List<Scale> scales, int fittedOn) {

  Standardizer {
    names = List.copyOf(names);
    scales = List.copyOf(scales);
  }

  /**
   * Of one feature.
   *
   * @param deviation standard deviation of the population; 1 for a feature that never varies
   */
  record Scale(double mean, double deviation) {
    double apply(double value) {
      return (value - mean) / deviation;
    }
  }

  static Standardizer fit(FeatureTable train) {
    var rows = train.rows();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no wines to fit the standardizer on");
    }
    var scales = new ArrayList<Scale>();
    for (int i = 0; i < train.names().size(); i++) {
      int column = i;
      double mean = rows.stream().mapToDouble(row -> row.values().get(column)).sum() / rows.size();
      double variance =
          rows.stream().mapToDouble(row -> Math.pow(row.values().get(column) - mean, 2)).sum()
              / rows.size();
      scales.add(new Scale(mean, variance > 0 ? Math.sqrt(variance) : 1));
    }
    return new Standardizer(train.names(), scales, rows.size());
  }

  FeatureTable apply(FeatureTable table) {
    if (!table.names().equals(names)) {
      throw new IllegalArgumentException(
          "fitted on %s, applied to %s".formatted(names, table.names()));
    }
    var rows = new ArrayList<FeatureTable.Row>();
    for (var row : table.rows()) {
      var values = new ArrayList<Double>();
      for (int i = 0; i < scales.size(); i++) {
        values.add(scales.get(i).apply(row.values().get(i)));
      }
      rows.add(new FeatureTable.Row(row.wine(), row.cultivar(), values));
    }
    return new FeatureTable(names, rows);
  }

  /** What is needed to bring a new wine to the same scale. */
  Map<String, Object> toJson() {
    var features = new LinkedHashMap<String, Object>();
    for (int i = 0; i < names.size(); i++) {
      var scale = new LinkedHashMap<String, Object>();
      scale.put("mean", scales.get(i).mean());
      scale.put("deviation", scales.get(i).deviation());
      features.put(names.get(i), scale);
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("fitted_on", fittedOn);
    json.put("features", features);
    return json;
  }
}
