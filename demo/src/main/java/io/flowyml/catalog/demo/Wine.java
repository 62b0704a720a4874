package io.flowyml.catalog.demo;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One analysed wine.
 *
 * @param number its line in the raw file, from 1: how a wine is told from another in every later
 *     file
 * @param cultivar the class to predict: {@code cultivar_1} to {@code cultivar_3}
 * @param values one for every {@link Measurement}
 */
record Wine(int number, String cultivar, Map<Measurement, Double> values) {
  Wine {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    if (values.size() != Measurement.values().length) {
      throw new IllegalArgumentException("wine " + number + " lacks measurements: " + values);
    }
  }

  double value(Measurement measurement) {
    return values.getOrDefault(measurement, Double.NaN);
  }

  /** The values in the order of the measurements. */
  List<Double> row() {
    return List.copyOf(values.values());
  }
}
