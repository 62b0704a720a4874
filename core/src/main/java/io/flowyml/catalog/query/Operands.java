package io.flowyml.catalog.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a value means to the right of a field and an operator. */
final class Operands {
  /** Numbers as people write them where JSON does not. */
  private static final Pattern NEARLY_NUMBER =
      Pattern.compile("[+-]?(\\d+\\.|\\.\\d+|\\d+(\\.\\d+)?)([eE][+-]?\\d+)?");

  private static final Pattern LEADING_ZERO = Pattern.compile("-?0\\d.*");

  private final Scanner in;
  private final Instant now;

  Operands(Scanner in, Instant now) {
    this.in = in;
    this.now = now;
  }

  Query comparison(Field field, Op op, Scanner.Written value) {
    return switch (field) {
      case Field.BuiltIn.CREATED -> created(op, value);
      case Field.BuiltIn.DUPLICATE -> duplicate(op, value);
      default -> new Query.Compare(field, op, operand(field, op, value));
    };
  }

  private Operand operand(Field field, Op op, Scanner.Written value) {
    if (value.hasWildcard() && (op == Op.MATCH || op == Op.NOT_MATCH)) {
      return new Operand.Pattern(withoutRepeats(value.parts()));
    }
    var text = value.text();
    if (value.quoted() || !field.isNumeric()) {
      return new Operand.Text(text);
    }
    var number = JsonNumber.parse(text);
    if (number != null) {
      return new Operand.Numeric(number);
    }
    if (op.isInequality()
        && NEARLY_NUMBER.matcher(text).matches()
        && !LEADING_ZERO.matcher(text).matches()) {
      throw in.error(
          value.start(),
          "a number as JSON writes it",
          "write 0.9, not .9 or +0.9, and quotes where the text is meant");
    }
    return new Operand.Text(text);
  }

  /** Two stars mean what one means. */
  private static List<String> withoutRepeats(List<String> parts) {
    var kept = new ArrayList<String>();
    for (int i = 0; i < parts.size(); i++) {
      if (i == 0 || i == parts.size() - 1 || !parts.get(i).isEmpty()) {
        kept.add(parts.get(i));
      }
    }
    return kept;
  }

  private Query created(Op op, Scanner.Written value) {
    var period = Times.parse(value.text(), now);
    if (period == null) {
      throw in.error(value.start(), Times.EXPECTED, "'" + value.text() + "' is none");
    }
    if (Times.isAgo(value.text()) && !op.isInequality()) {
      throw in.error(
          value.start(), "a date", "-7d is a single moment; write created>-7d for the time since");
    }
    return new Query.Compare(Field.BuiltIn.CREATED, op == Op.EXACT ? Op.MATCH : op, period);
  }

  private Query duplicate(Op op, Scanner.Written value) {
    var text = CaseFolding.fold(value.text());
    boolean isTrue = text.equals("true");
    if (op.isInequality() || !(isTrue || text.equals("false"))) {
      throw in.error(
          value.start(), "true or false", "write duplicate:true for the later of two equal ones");
    }
    boolean wanted = isTrue == (op != Op.NOT_MATCH);
    return new Query.Compare(
        Field.BuiltIn.DUPLICATE, Op.MATCH, new Operand.Text(Boolean.toString(wanted)));
  }
}
