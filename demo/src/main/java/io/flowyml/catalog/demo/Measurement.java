package io.flowyml.catalog.demo;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * The thirteen columns that were measured for a wine, in the order of the file, each with bounds
 * that no wine crosses: a value outside them is an error of transcription, not a special wine.
 */
enum Measurement {
  /** Percent by volume. */
  ALCOHOL("8", "18"),
  MALIC_ACID("0.1", "10"),
  ASH("0.5", "5"),
  ALCALINITY_OF_ASH("5", "40"),
  /** Milligrams a litre. */
  MAGNESIUM("40", "250"),
  TOTAL_PHENOLS("0.1", "8"),
  FLAVANOIDS("0.05", "8"),
  NONFLAVANOID_PHENOLS("0.05", "2"),
  PROANTHOCYANINS("0.05", "8"),
  COLOR_INTENSITY("0.5", "20"),
  HUE("0.2", "3"),
  /** Absorbance of the diluted wine at 280 nm over that at 315 nm. */
  OD280_OD315("0.5", "6"),
  /** Milligrams a litre. */
  PROLINE("100", "3000");

  private final BigDecimal lowest;
  private final BigDecimal highest;

  Measurement(String lowest, String highest) {
    this.lowest = new BigDecimal(lowest);
    this.highest = new BigDecimal(highest);
  }

  /** The name of the column. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean allows(BigDecimal value) {
    return value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
  }

  String bounds() {
    return lowest.toPlainString() + " to " + highest.toPlainString();
  }
}
