package io.flowyml.catalog.cli;

import java.util.ArrayList;
import java.util.List;

/** Text as a terminal shows it: how wide it is, and what must not reach it as it is. */
final class Text {
  private Text() {}

  /**
   * The text with control characters made visible, so that a name can neither move the cursor nor
   * break a table: ESC becomes {@code \x1b}. Line ends and tabs stay.
   */
  static String printable(String text) {
    return escaped(text, true);
  }

  /** As {@link #printable} in one line: a line end becomes {@code \n}. */
  static String oneLine(String text) {
    return escaped(text, false);
  }

  private static String escaped(String text, boolean lines) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i), lines)) {
        return rewritten(text, lines);
      }
    }
    return text;
  }

  private static boolean isControl(char c, boolean lines) {
    if (lines && (c == '\n' || c == '\t')) {
      return false;
    }
    // C0, DEL, C1; the characters that turn the direction of what follows
    return c < ' '
        || (c >= 0x7f && c < 0xa0)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static String rewritten(String text, boolean lines) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isControl(c, lines)) {
        out.append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (c < 0x100) {
        out.append("\\x").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append("\\u").append(Integer.toHexString(c));
      }
    }
    return out.toString();
  }

  /** Columns that the text takes: 2 for East Asian and emoji, 0 for combining characters. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      width += width(c);
      i += Character.charCount(c);
    }
    return width;
  }

  private static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  /** East Asian Width W and F of Unicode, in blocks: Hangul, CJK, kana, full width forms, emoji. */
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115f
            || (c >= 0x2e80 && c <= 0x303e)
            || (c >= 0x3041 && c <= 0xa4cf)
            || (c >= 0xa960 && c <= 0xa97c)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1f64f)
            || (c >= 0x1f680 && c <= 0x1f6ff)
            || (c >= 0x1f900 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd));
  }

  /** The text within so many columns, with {@code …} where something was cut off. */
  static String cut(String text, int columns) {
    if (text.length() <= columns / 2 || width(text) <= columns) {
      return text;
    }
    int width = 1;
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (width + width(c) > columns) {
        break;
      }
      width += width(c);
      end += Character.charCount(c);
    }
    return text.substring(0, end) + "…";
  }

  /** The text filled up with blanks. */
  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** The text in pieces of at most so many columns; one empty piece where it is empty. */
  static List<String> folded(String text, int columns) {
    if (text.length() <= columns / 2 || width(text) <= columns) {
      return List.of(text);
    }
    var pieces = new ArrayList<String>();
    int start = 0;
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (width + width(c) > columns) {
        pieces.add(text.substring(start, i));
        start = i;
        width = 0;
      }
      width += width(c);
      i += Character.charCount(c);
    }
    pieces.add(text.substring(start));
    return pieces;
  }
}
