package io.flowyml.catalog.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The features of wines: what a model is given.
 *
 * @param names of the features, in the order of {@link Row#values()}
 */
record FeatureTable(List<String> names, List<Row> rows) {

  FeatureTable {
    names = List.copyOf(names);
    rows = List.copyOf(rows);
  }

  /** One wine and its features. */
  record Row(int wine, String cultivar, List<Double> values) {
    Row {
      values = List.copyOf(values);
    }
  }

  /** The measurements, and three ratios that say more about a cultivar than their parts. */
  static FeatureTable of(List<Wine> wines) {
    var names =
        Stream.concat(
                Arrays.stream(Measurement.values()).map(Measurement::column),
                Stream.of("flavanoid_share", "nonflavanoid_share", "color_per_hue"))
            .toList();
    var rows = new ArrayList<Row>();
    for (var wine : wines) {
      var values = new ArrayList<>(wine.row());
      double phenols = wine.value(Measurement.TOTAL_PHENOLS);
      values.add(wine.value(Measurement.FLAVANOIDS) / phenols);
      values.add(wine.value(Measurement.NONFLAVANOID_PHENOLS) / phenols);
      values.add(wine.value(Measurement.COLOR_INTENSITY) / wine.value(Measurement.HUE));
      rows.add(new Row(wine.number(), wine.cultivar(), values));
    }
    return new FeatureTable(names, rows);
  }

  FeatureTable only(Set<Integer> wines) {
    return new FeatureTable(
        names, rows.stream().filter(row -> wines.contains(row.wine())).toList());
  }

  void write(Path file) throws IOException {
    var header = new ArrayList<>(List.of("wine", "cultivar"));
    header.addAll(names);
    var lines = new ArrayList<List<String>>();
    for (var row : rows) {
      var line = new ArrayList<>(List.of(Integer.toString(row.wine()), row.cultivar()));
      row.values().forEach(value -> line.add(Csv.number(value)));
      lines.add(line);
    }
    new Csv(header, lines).write(file);
  }

  static FeatureTable read(Path file) throws IOException {
    var csv = Csv.read(file);
    var rows = new ArrayList<Row>();
    for (var line : csv.rows()) {
      var values = line.subList(2, line.size()).stream().map(Double::valueOf).toList();
      rows.add(new Row(Integer.parseInt(line.get(0)), line.get(1), values));
    }
    return new FeatureTable(csv.header().subList(2, csv.header().size()), rows);
  }
}
