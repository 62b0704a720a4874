package io.flowyml.catalog.demo;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with a header, as it stands in a file. The cells here are numbers and plain words, so
 * nothing is quoted, and a cell that would need it is refused.
 */
record Csv(List<String> header, List<List<String>> rows) {
  private static final int DIGITS = 6;

  Csv {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
    for (var row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "%d cells under %d columns: %s".formatted(row.size(), header.size(), row));
      }
    }
  }

  static Csv read(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    if (lines.isEmpty()) {
      throw new IOException(file + " is empty; it should begin with a line of column names");
    }
    var rows = new ArrayList<List<String>>();
    for (var line : lines.subList(1, lines.size())) {
      rows.add(List.of(line.split(",", -1)));
    }
    return new Csv(List.of(lines.getFirst().split(",", -1)), rows);
  }

  void write(Path file) throws IOException {
    var text = new StringBuilder();
    append(text, header);
    rows.forEach(row -> append(text, row));
    Files.writeString(file, text);
  }

  private static void append(StringBuilder text, List<String> cells) {
    for (var cell : cells) {
      if (cell.isEmpty() || cell.matches("(?s).*[,\"\\r\\n].*")) {
        throw new IllegalArgumentException("a cell that would need quotes: \"" + cell + "\"");
      }
    }
    text.append(String.join(",", cells)).append('\n');
  }

  /** A number as it is written into files: at most six digits behind the point, no exponent. */
  static String number(double value) {
    return number(new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_UP));
  }

  static String number(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
