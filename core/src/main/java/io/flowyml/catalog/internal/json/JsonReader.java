package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text by recursive descent: a method for each rule of RFC 8259. Everything that
 * Python's {@code json} writes must come through unchanged, so names and strings may hold lone
 * surrogates.
 */
final class JsonReader {
  /** Python refuses longer ones too; to read them takes quadratic time. */
  private static final int LONGEST_INTEGER = 4300;

  /** Of these many digits every integer is a {@code long}. */
  private static final int DIGITS_OF_ANY_LONG = 18;

  private final String text;
  private final boolean python;
  private final int maxDepth;
  private int at;
  private int depth;

  private JsonReader(String text, boolean python, int maxDepth) {
    this.text = text;
    this.python = python;
    this.maxDepth = maxDepth;
  }

  static @Nullable Object strict(String text) {
    return strict(text, Limits.JSON_DEPTH);
  }

  static @Nullable Object strict(String text, int maxDepth) {
    return new JsonReader(text, false, maxDepth).whole();
  }

  static @Nullable Object python(String text, int maxDepth) {
    return new JsonReader(text, true, maxDepth).whole();
  }

  private @Nullable Object whole() {
    skipSpace();
    var value = value();
    skipSpace();
    if (at < text.length()) {
      throw expected("the end of the text");
    }
    return value;
  }

  private @Nullable Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      case 'N' -> pythonWord("NaN", Double.NaN);
      case 'I' -> pythonWord("Infinity", Double.POSITIVE_INFINITY);
      case '-' ->
          text.startsWith("-I", at) ? pythonWord("-Infinity", Double.NEGATIVE_INFINITY) : number();
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private Map<String, @Nullable Object> object() {
    enter();
    var object = new LinkedHashMap<String, @Nullable Object>();
    if (!ends('}')) {
      do {
        skipSpace();
        if (peek() != '"') {
          throw expected("a name in double quotes");
        }
        var name = string();
        skipSpace();
        if (peek() != ':') {
          throw expected("':'");
        }
        at++;
        skipSpace();
        object.put(name, value());
      } while (continues('}'));
    }
    depth--;
    return object;
  }

  private List<@Nullable Object> array() {
    enter();
    var array = new ArrayList<@Nullable Object>();
    if (!ends(']')) {
      do {
        skipSpace();
        array.add(value());
      } while (continues(']'));
    }
    depth--;
    return array;
  }

  private void enter() {
    if (++depth > maxDepth) {
      throw refused(
          python ? ErrorCode.INVALID_ARGUMENT : ErrorCode.LIMIT_EXCEEDED,
          "more than " + maxDepth + " arrays and objects are inside each other");
    }
    at++;
  }

  private boolean ends(char bracket) {
    skipSpace();
    if (peek() != bracket) {
      return false;
    }
    at++;
    return true;
  }

  private boolean continues(char bracket) {
    skipSpace();
    var c = peek();
    if (c != ',' && c != bracket) {
      throw expected("',' or '" + bracket + "'");
    }
    at++;
    return c == ',';
  }

  private String string() {
    var start = ++at;
    while (true) {
      var c = peek();
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\') {
        return escapedString(start);
      }
      checkInString(c);
      at++;
    }
  }

  private String escapedString(int start) {
    var string = new StringBuilder().append(text, start, at);
    while (true) {
      var c = peek();
      if (c == '"') {
        at++;
        return string.toString();
      }
      if (c == '\\') {
        at++;
        string.append(escape());
      } else {
        checkInString(c);
        string.append(c);
        at++;
      }
    }
  }

  private void checkInString(char c) {
    if (at == text.length()) {
      throw expected("'\"'");
    }
    if (c < ' ') {
      throw refused("a control character in a string must be escaped");
    }
  }

  private char escape() {
    var c = peek();
    var escaped =
        switch (c) {
          case '"', '\\', '/' -> c;
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'u' -> unicode();
          default -> throw expected("one of \"\\/bfnrtu behind the backslash");
        };
    at++;
    return escaped;
  }

  /** Leaves the place at the last of the four digits. */
  private char unicode() {
    var unit = 0;
    for (var i = 0; i < 4; i++) {
      at++;
      var digit = hexDigit(peek());
      if (digit < 0) {
        throw expected("four hexadecimal digits");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /** {@code Character.digit} takes digits of every script. */
  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private Number number() {
    var start = at;
    if (peek() == '-') {
      at++;
    }
    var firstDigit = at;
    digits();
    if (text.charAt(firstDigit) == '0' && at > firstDigit + 1) {
      at = firstDigit + 1;
      throw refused("a number has no leading zeros");
    }
    var c = peek();
    if (c != '.' && c != 'e' && c != 'E') {
      return integer(start, firstDigit);
    }
    if (c == '.') {
      at++;
      digits();
      c = peek();
    }
    if (c == 'e' || c == 'E') {
      at++;
      c = peek();
      if (c == '+' || c == '-') {
        at++;
      }
      digits();
    }
    return floating(start);
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    do {
      at++;
    } while (isDigit(peek()));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Number integer(int start, int firstDigit) {
    var digits = at - firstDigit;
    if (digits <= DIGITS_OF_ANY_LONG) {
      return Long.parseLong(text, start, at, 10);
    }
    if (digits > LONGEST_INTEGER) {
      at = start;
      throw refused("the integer has more than " + LONGEST_INTEGER + " digits");
    }
    var integer = new BigInteger(text.substring(start, at));
    return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
  }

  private Double floating(int start) {
    var number = Double.parseDouble(text.substring(start, at));
    if (Double.isInfinite(number) && !python) {
      at = start;
      throw refused("no double can hold a number as large as this");
    }
    return number;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
    return value;
  }

  private @Nullable Object pythonWord(String word, Double value) {
    if (!python) {
      throw refused("JSON has no NaN and no infinities; use null or a string");
    }
    return word(word, value);
  }

  private void skipSpace() {
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case ' ', '\n', '\r', '\t' -> at++;
        default -> {
          return;
        }
      }
    }
  }

  /** The character at the place; NUL, which no rule begins with, at the end of the text. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private CatalogException expected(String what) {
    var found =
        at < text.length() ? JsonPrinter.print(shown(), JsonPrinter.Style.PYTHON) : "the end";
    return refused("expected " + what + ", found " + found);
  }

  private String shown() {
    return Character.toString(text.codePointAt(at));
  }

  private CatalogException refused(String why) {
    return refused(ErrorCode.INVALID_ARGUMENT, why);
  }

  private CatalogException refused(ErrorCode code, String why) {
    var before = text.substring(0, at);
    var line = 1 + before.chars().filter(c -> c == '\n').count();
    var column = (long) at - before.lastIndexOf('\n');
    return new CatalogException(
        code,
        "the JSON text is refused at " + line + ":" + column + ": " + why,
        Map.of("line", line, "column", column),
        null);
  }
}
