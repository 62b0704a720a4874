package io.flowyml.catalog.internal.json;

import java.math.BigDecimal;

/**
 * A double as Python's {@code repr} writes it. Both languages write the shortest digits that read
 * back as the same double, so the digits are {@code Double.toString}'s; the layout differs ({@code
 * 1e+16}, {@code 1e-05}), and so do the smallest doubles, where Java insists on two digits ({@code
 * 4.9E-324}, Python {@code 5e-324}).
 */
final class PythonFloat {
  /** Above this a double that one digit tells apart is never written with two by Java. */
  private static final double LARGEST_WITH_ONE_DIGIT = 1e-321;

  private PythonFloat() {}

  /** {@code NaN}, {@code Infinity} and {@code -Infinity} as Python's {@code json} writes them. */
  static String repr(double number) {
    var size = Math.abs(number);
    var text = Double.toString(number);
    if (!Double.isFinite(number) || size == 0 || (size >= 1e-3 && size < 1e7)) {
      return text;
    }
    var sign = number < 0 ? "-" : "";
    return sign + layOut(size, size < LARGEST_WITH_ONE_DIGIT ? shortest(size) : text);
  }

  private static String layOut(double size, String text) {
    var from = text.charAt(0) == '-' ? 1 : 0;
    var e = text.indexOf('E');
    var exponent = Integer.parseInt(text.substring(e + 1));
    var digits = text.charAt(from) + text.substring(from + 2, e);
    if (digits.endsWith("0")) {
      digits = digits.substring(0, 1);
    }
    if (size >= 1e16 || size < 1e-4) {
      var power = Math.abs(exponent);
      return digits.charAt(0)
          + (digits.length() == 1 ? "" : "." + digits.substring(1))
          + (exponent < 0 ? "e-" : "e+")
          + (power < 10 ? "0" : "")
          + power;
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    var whole = exponent + 1;
    return digits.length() <= whole
        ? digits + "0".repeat(whole - digits.length()) + ".0"
        : digits.substring(0, whole) + "." + digits.substring(whole);
  }

  /** One digit where that reads back as the same double: the nearest of those that do. */
  private static String shortest(double size) {
    var exact = new BigDecimal(size);
    var exponent = exact.precision() - exact.scale() - 1;
    var text = Double.toString(size);
    var nearest = text;
    var distance = (BigDecimal) null;
    for (var digit = 1; digit <= 10; digit++) {
      var candidate = digit == 10 ? "1.0E" + (exponent + 1) : digit + ".0E" + exponent;
      var apart = new BigDecimal(candidate).subtract(exact).abs();
      if (Double.parseDouble(candidate) == size
          && (distance == null || apart.compareTo(distance) < 0)) {
        nearest = candidate;
        distance = apart;
      }
    }
    return nearest;
  }
}
