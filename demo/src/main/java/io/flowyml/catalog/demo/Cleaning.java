package io.flowyml.catalog.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of the raw lines: the wines to work with, and an account of every line that is not
 * among them and every value that was changed.
 *
 * @param wines in the order of the raw file
 * @param rejected lines that do not describe a wine, with the reason
 * @param duplicates lines that repeat an earlier wine in every column; kept, they could stand in
 *     the training and the test split at once
 * @param repairs values that carried more digits than were measured
 */
record Cleaning(List<Wine> wines, List<Note> rejected, List<Note> duplicates, List<Note> repairs) {

  /**
   * Digits behind the point that the laboratory reported at most; further ones are rounding noise.
   */
  private static final int DIGITS = 4;

  Cleaning {
    wines = List.copyOf(wines);
    rejected = List.copyOf(rejected);
    duplicates = List.copyOf(duplicates);
    repairs = List.copyOf(repairs);
  }

  /** Something that was found in a line, counted from 1. */
  record Note(int line, String what) {
    @Override
    public String toString() {
      return "line " + line + ": " + what;
    }
  }

  /**
   * Cleans lines of the form {@code 1,14.23,1.71,...}: cultivar, then one number for each
   * measurement. Empty lines are passed over.
   */
  static Cleaning of(List<String> lines) {
    var wines = new ArrayList<Wine>();
    var rejected = new ArrayList<Note>();
    var duplicates = new ArrayList<Note>();
    var repairs = new ArrayList<Note>();
    Map<Wine, Integer> seen = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 1;
      if (lines.get(i).isBlank()) {
        continue;
      }
      var repaired = new ArrayList<Note>();
      Wine wine;
      try {
        wine = parsed(number, lines.get(i), repaired);
      } catch (NotAWine e) {
        rejected.add(new Note(number, e.getMessage()));
        continue;
      }
      var first = seen.putIfAbsent(new Wine(0, wine.cultivar(), wine.values()), number);
      if (first != null) {
        duplicates.add(new Note(number, "repeats line " + first));
        continue;
      }
      wines.add(wine);
      repairs.addAll(repaired);
    }
    return new Cleaning(wines, rejected, duplicates, repairs);
  }

  private static Wine parsed(int number, String line, List<Note> repaired) throws NotAWine {
    var fields = line.split(",", -1);
    var measurements = Measurement.values();
    if (fields.length != 1 + measurements.length) {
      throw new NotAWine("%d columns, not %d".formatted(fields.length, 1 + measurements.length));
    }
    var cultivar = fields[0].strip();
    if (!cultivar.matches("[123]")) {
      throw new NotAWine("cultivar \"%s\", not 1, 2 or 3".formatted(cultivar));
    }
    var values = new EnumMap<Measurement, Double>(Measurement.class);
    int column = 1;
    for (var measurement : measurements) {
      var text = fields[column++].strip();
      var read = number(measurement, text);
      if (!measurement.allows(read)) {
        throw new NotAWine(
            "%s %s, outside %s".formatted(measurement.column(), text, measurement.bounds()));
      }
      var value = read.setScale(DIGITS, RoundingMode.HALF_UP);
      if (value.compareTo(read) != 0) {
        repaired.add(
            new Note(
                number, "%s %s -> %s".formatted(measurement.column(), text, Csv.number(value))));
      }
      values.put(measurement, value.doubleValue());
    }
    return new Wine(number, "cultivar_" + cultivar, values);
  }

  private static BigDecimal number(Measurement measurement, String text) throws NotAWine {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new NotAWine("%s \"%s\", not a number".formatted(measurement.column(), text));
    }
  }

  /** The reason why a line is rejected. */
  private static final class NotAWine extends Exception {
    private static final long serialVersionUID = 1L;

    NotAWine(String reason) {
      super(reason, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
