package io.flowyml.catalog.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Wines for tests, each unlike any other. */
final class Wines {
  private Wines() {}

  /** The first third of them from {@code cultivar_1}, and so on; numbered from 1. */
  static List<Wine> many(int count) {
    var wines = new ArrayList<Wine>();
    for (int i = 0; i < count; i++) {
      wines.add(wine(i + 1, "cultivar_" + (1 + i * 3 / count), 1 + i));
    }
    return wines;
  }

  /** A wine of which every measurement is {@code value}, plus its position. */
  static Wine wine(int number, String cultivar, double value) {
    var values = new EnumMap<Measurement, Double>(Measurement.class);
    double next = value;
    for (var measurement : Measurement.values()) {
      values.put(measurement, next++);
    }
    return new Wine(number, cultivar, values);
  }
}
