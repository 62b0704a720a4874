package io.flowyml.catalog.query;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import org.jspecify.annotations.Nullable;

/**
 * One value of a field as comparisons see it.
 *
 * @param text its own text, or its JSON
 * @param number the number it is, or wholly looks like
 * @param comparable whether inequalities and sorting look at it
 * @since 0.1
 */
public record FieldValue(String text, @Nullable Double number, boolean comparable) {

  /**
   * A text, seen as a number too where it is wholly one.
   *
   * @param text the value
   * @return with a number where it looks like one
   */
  public static FieldValue text(String text) {
    return new FieldValue(text, JsonNumber.parse(text), true);
  }

  /**
   * A text that is never seen as a number.
   *
   * @param text the value
   * @return without a number
   */
  public static FieldValue plain(String text) {
    return new FieldValue(text, null, true);
  }

  /**
   * A JSON-like value; lists, objects, null and NaN are found by their JSON text only.
   *
   * @param value as a tag or metadata has it
   * @return as comparisons see it
   */
  public static FieldValue of(@Nullable Object value) {
    return switch (value) {
      case String text -> text(text);
      case Boolean truth -> plain(truth.toString());
      case Double number when !Double.isFinite(number) ->
          new FieldValue(PythonJson.dumps(number), null, false);
      case Number number -> {
        var text = Json.write(number);
        yield new FieldValue(text, JsonNumber.parse(text), true);
      }
      case null, default -> new FieldValue(PythonJson.dumps(value), null, false);
    };
  }

  /**
   * Whether a comparison holds for this one value.
   *
   * @param op not {@link Op#NOT_MATCH}, which looks at all values of a field
   * @param operand not a {@link Operand.Period}
   * @return whether it holds
   */
  public boolean holds(Op op, Operand operand) {
    return switch (operand) {
      case Operand.Numeric(var wanted) ->
          number != null && holds(op, Double.compare(number, wanted));
      case Operand.Text(var wanted) ->
          switch (op) {
            case MATCH -> CaseFolding.fold(text).equals(CaseFolding.fold(wanted));
            case EXACT -> text.equals(wanted);
            case NOT_MATCH -> throw new IllegalStateException("decided over all values");
            default ->
                comparable
                    && number == null
                    && holds(
                        op,
                        CaseFolding.ORDER.compare(
                            CaseFolding.fold(text), CaseFolding.fold(wanted)));
          };
      case Operand.Pattern pattern -> fits(pattern);
      case Operand.Period period -> throw new IllegalStateException("only times have a period");
    };
  }

  private static boolean holds(Op op, int order) {
    return switch (op) {
      case MATCH, EXACT -> order == 0;
      case NOT_MATCH -> order != 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
    };
  }

  private boolean fits(Operand.Pattern pattern) {
    var folded = CaseFolding.fold(text);
    var parts = pattern.parts();
    var first = CaseFolding.fold(parts.getFirst());
    var last = CaseFolding.fold(parts.getLast());
    if (folded.length() < first.length() + last.length()
        || !folded.startsWith(first)
        || !folded.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = folded.length() - last.length();
    for (var part : parts.subList(1, parts.size() - 1)) {
      var middle = CaseFolding.fold(part);
      int found = folded.indexOf(middle, at);
      if (found < 0 || found + middle.length() > end) {
        return false;
      }
      at = found + middle.length();
    }
    return true;
  }
}
