package io.flowyml.catalog.query;

/**
 * How a comparison compares; {@link Operand} says with what.
 *
 * @since 0.1
 */
public enum Op {
  /** {@code key:value}: some value of the field is this one, ignoring case, or fits the pattern. */
  MATCH(":"),
  /** {@code key=value}: some value of the field has exactly this text. */
  EXACT("="),
  /** {@code key!=value}: the field has a value, and {@link #MATCH} does not hold. */
  NOT_MATCH("!="),
  /** Some value is greater. */
  GREATER(">"),
  /** Some value is greater or equal. */
  GREATER_OR_EQUAL(">="),
  /** Some value is less. */
  LESS("<"),
  /** Some value is less or equal. */
  LESS_OR_EQUAL("<=");

  private final String symbol;

  Op(String symbol) {
    this.symbol = symbol;
  }

  /**
   * The operator as it is written.
   *
   * @return {@code :} for {@link #MATCH}
   */
  public String symbol() {
    return symbol;
  }

  /**
   * Whether it is one of {@code > >= < <=}.
   *
   * @return whether it looks at an order
   */
  public boolean isInequality() {
    return compareTo(NOT_MATCH) > 0;
  }
}
