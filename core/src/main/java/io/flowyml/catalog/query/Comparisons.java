package io.flowyml.catalog.query;

/** Which comparisons there are: those that a query text can say. */
final class Comparisons {
  private Comparisons() {}

  static void check(Field field, Op op, Operand operand) {
    if (!isPossible(field, op, operand)) {
      throw new IllegalArgumentException("no comparison: " + field + " " + op + " " + operand);
    }
  }

  static boolean isPossible(Field field, Op op, Operand operand) {
    return switch (field) {
      case Field.BuiltIn.CREATED -> operand instanceof Operand.Period && op != Op.EXACT;
      case Field.BuiltIn.DUPLICATE ->
          op == Op.MATCH
              && operand instanceof Operand.Text(var text)
              && (text.equals("true") || text.equals("false"));
      default ->
          switch (operand) {
            case Operand.Text text -> true;
            case Operand.Numeric number -> field.isNumeric();
            case Operand.Pattern pattern -> op == Op.MATCH || op == Op.NOT_MATCH;
            case Operand.Period period -> false;
          };
    };
  }
}
