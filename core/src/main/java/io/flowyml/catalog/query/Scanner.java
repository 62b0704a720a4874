package io.flowyml.catalog.query;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The text of a query, how far it is read, and errors that point into it. */
final class Scanner {
  /** How much of a long query an error shows on either side of the caret, in code points. */
  private static final int SHOWN = 60;

  private static final char END = '\0';

  private final String text;
  private int position;

  /** The text must hold neither NUL, which marks its end here, nor lone surrogates. */
  Scanner(String text) {
    this.text = text;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (codePoint == END || Character.getType(codePoint) == Character.SURROGATE) {
        throw error(
            i, "a text without U+%04X".formatted(codePoint), "no text in the catalog can hold it");
      }
    }
  }

  /**
   * A value as it was written.
   *
   * @param parts the text, cut at each {@code *} that is not escaped
   */
  record Written(List<String> parts, boolean quoted, int start) {
    boolean hasWildcard() {
      return parts.size() > 1;
    }

    String text() {
      return String.join("*", parts);
    }
  }

  int position() {
    return position;
  }

  void moveTo(int newPosition) {
    position = newPosition;
  }

  boolean atEnd() {
    return position == text.length();
  }

  /** The next character; NUL at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    int i = position + ahead;
    return i < text.length() ? text.charAt(i) : END;
  }

  boolean startsWith(String start) {
    return text.startsWith(start, position);
  }

  boolean take(String start) {
    if (!startsWith(start)) {
      return false;
    }
    position += start.length();
    return true;
  }

  void skipSpace() {
    while (isSpace(peek())) {
      position++;
    }
  }

  /** Whether a term may end here: space, a closing parenthesis or the end of the text. */
  boolean atBoundary() {
    return atEnd() || isSpace(peek()) || peek() == ')';
  }

  /** The word {@code AND}, {@code OR} or {@code NOT}, where it stands alone. */
  boolean atKeyword(String keyword) {
    if (!startsWith(keyword)) {
      return false;
    }
    char next = peek(keyword.length());
    return next == END || isSpace(next) || next == '(' || next == ')' || next == '"';
  }

  /** What stands before the next space, parenthesis or quote; empty where that comes at once. */
  String peekRun() {
    int end = position;
    while (end < text.length() && !endsRun(text.charAt(end))) {
      end++;
    }
    return text.substring(position, end);
  }

  String takeRun() {
    var run = peekRun();
    position += run.length();
    return run;
  }

  /** What stands before the next of these characters, or the end. */
  String takeUntil(String ends) {
    int start = position;
    while (!atEnd() && ends.indexOf(peek()) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  /** Reads {@code [A-Za-z_][\w.-]*}; empty where none begins here. */
  String takeKey() {
    int start = position;
    if (isKeyStart(peek())) {
      while (isKeyPart(peek())) {
        position++;
      }
    }
    return text.substring(start, position);
  }

  /** A word without quotes: a backslash before a star makes it a plain star. */
  Written takeBare() {
    int start = position;
    var run = takeRun();
    return new Written(cut(run, "*"), false, start);
  }

  /**
   * A text in quotes: a backslash stands before a star, a quote or a backslash that is meant
   * itself.
   */
  Written takeQuoted() {
    int start = position++;
    int from = position;
    while (peek() != '"') {
      if (atEnd()) {
        throw error(start, "a closing quote", "the quote that opens here is never closed");
      }
      position += peek() == '\\' && (peek(1) == '"' || peek(1) == '\\') ? 2 : 1;
    }
    var inside = text.substring(from, position++);
    return new Written(cut(inside, "*\"\\"), true, start);
  }

  private static List<String> cut(String written, String escapable) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '\\' && i + 1 < written.length() && escapable.indexOf(written.charAt(i + 1)) >= 0) {
        part.append(written.charAt(++i));
      } else if (c == '*') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static boolean endsRun(char c) {
    return isSpace(c) || c == '(' || c == ')' || c == '"';
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isKeyStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isKeyPart(char c) {
    return isKeyStart(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
  }

  CatalogException errorHere(String expected, String hint) {
    return error(position, expected, hint);
  }

  /**
   * An error at a place of the text.
   *
   * @param expected what could stand there
   * @param hint what to do, or what is there instead
   */
  CatalogException error(int at, String expected, String hint) {
    int column = text.codePointCount(0, at) + 1;
    var message =
        "query, column %d: expected %s; %s\n%s".formatted(column, expected, hint, marked(at));
    return new CatalogException(
        ErrorCode.QUERY_SYNTAX, message, Map.of("column", column, "expected", expected), null);
  }

  /** The text around a place, and a caret under it. */
  private String marked(int at) {
    int from = text.offsetByCodePoints(at, -Math.min(SHOWN, text.codePointCount(0, at)));
    int to = text.offsetByCodePoints(at, Math.min(SHOWN, text.codePointCount(at, text.length())));
    var before = (from > 0 ? "..." : "") + visible(text.substring(from, at));
    var after = visible(text.substring(at, to)) + (to < text.length() ? "..." : "");
    return "  "
        + before
        + after
        + "\n  "
        + " ".repeat(before.codePointCount(0, before.length()))
        + "^";
  }

  private static String visible(String part) {
    return part.codePoints()
        .map(
            c ->
                c == '\t' || c == '\n' || c == '\r'
                    ? ' '
                    : Character.getType(c) == Character.SURROGATE || Character.isISOControl(c)
                        ? 0xFFFD
                        : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
