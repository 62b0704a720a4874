package io.flowyml.catalog.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;

/** The clean wines as a file: {@code wine,cultivar,alcohol,...}, one line each. */
final class CleanFile {
  private CleanFile() {}

  static void write(List<Wine> wines, Path file) throws IOException {
    var header = new ArrayList<>(List.of("wine", "cultivar"));
    Arrays.stream(Measurement.values()).map(Measurement::column).forEach(header::add);
    var rows = new ArrayList<List<String>>();
    for (var wine : wines) {
      var row = new ArrayList<>(List.of(Integer.toString(wine.number()), wine.cultivar()));
      wine.row().forEach(value -> row.add(Csv.number(value)));
      rows.add(row);
    }
    new Csv(header, rows).write(file);
  }

  static List<Wine> read(Path file) throws IOException {
    var wines = new ArrayList<Wine>();
    for (var row : Csv.read(file).rows()) {
      var values = new EnumMap<Measurement, Double>(Measurement.class);
      var cells = row.subList(2, row.size()).iterator();
      for (var measurement : Measurement.values()) {
        values.put(measurement, Double.valueOf(cells.next()));
      }
      wines.add(new Wine(Integer.parseInt(row.get(0)), row.get(1), values));
    }
    return wines;
  }
}
