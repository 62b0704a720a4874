package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value as UTF-8. The text grows in a buffer and leaves it in pieces when there is a sink,
 * so that its length costs no memory then.
 */
final class JsonPrinter {
  /** Deeper values end with an error here, long before the stack does. */
  static final int MAX_DEPTH = 1000;

  private static final int PIECE = 8192;
  private static final String HEX = "0123456789abcdef";

  /** How the text looks, and what it escapes. */
  enum Style {
    /** {@code {"a":[1,2]}}, text as it is, NaN as {@code "NaN"}. */
    COMPACT(",", ":", false, false),
    /** A line for every member and element. */
    PRETTY(",", ": ", false, false),
    /** {@code {"a": [1, 2]}}, text beyond ASCII escaped, NaN as it is. */
    PYTHON(", ", ": ", true, false),
    /** As {@code PYTHON}, with the keys in code point order. */
    PYTHON_SORTED(", ", ": ", true, true);

    private final String comma;
    private final String colon;
    private final boolean python;
    private final boolean sorted;

    Style(String comma, String colon, boolean python, boolean sorted) {
      this.comma = comma;
      this.colon = colon;
      this.python = python;
      this.sorted = sorted;
    }
  }

  /** Takes a finished piece of the text; the array is used again afterwards. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] text, int length);
  }

  private final Style style;
  private final @Nullable Sink sink;
  private final ValuePath path = new ValuePath();
  private byte[] buffer;
  private int length;

  private JsonPrinter(Style style, @Nullable Sink sink, int capacity) {
    this.style = style;
    this.sink = sink;
    this.buffer = new byte[capacity];
  }

  static String print(@Nullable Object value, Style style) {
    var printer = new JsonPrinter(style, null, 128);
    printer.value(value);
    return new String(printer.buffer, 0, printer.length, StandardCharsets.UTF_8);
  }

  static byte[] bytes(@Nullable Object value, Style style) {
    var printer = new JsonPrinter(style, null, 1024);
    printer.value(value);
    return Arrays.copyOf(printer.buffer, printer.length);
  }

  static void print(@Nullable Object value, Style style, Sink sink) {
    var printer = new JsonPrinter(style, sink, 512);
    printer.value(value);
    sink.accept(printer.buffer, printer.length);
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> ascii("null");
      case String text -> string(text);
      case Boolean bool -> ascii(bool ? "true" : "false");
      case Long number -> ascii(Long.toString(number));
      case Integer number -> ascii(Integer.toString(number));
      case Short number -> ascii(Integer.toString(number));
      case Byte number -> ascii(Integer.toString(number));
      case BigInteger number -> ascii(number.toString());
      case Double number -> number(number);
      case Float number -> number(number);
      case Map<?, ?> map -> map(map);
      default -> {
        var list = ListView.of(value);
        if (list == null) {
          throw refused("is a " + value.getClass().getTypeName() + ", which JSON has no word for");
        }
        list(list);
      }
    }
  }

  private void number(double number) {
    var text = PythonFloat.repr(number);
    if (style.python || Double.isFinite(number)) {
      ascii(text);
    } else {
      string(text);
    }
  }

  private void list(List<?> list) {
    enter('[');
    var index = 0;
    for (var element : list) {
      path.at(index);
      separate(index++);
      value(element);
    }
    leave(index, ']');
  }

  private void map(Map<?, ?> map) {
    enter('{');
    Collection<? extends Map.Entry<?, ?>> entries = map.entrySet();
    if (style.sorted) {
      var inOrder = new ArrayList<Map.Entry<?, ?>>(entries);
      inOrder.sort((a, b) -> CodePointOrder.INSTANCE.compare(key(a), key(b)));
      entries = inOrder;
    }
    var members = 0;
    for (var entry : entries) {
      var key = key(entry);
      path.at(key);
      separate(members++);
      string(key);
      ascii(style.colon);
      value(entry.getValue());
    }
    leave(members, '}');
  }

  private String key(Map.Entry<?, ?> entry) {
    if (entry.getKey() instanceof String key) {
      return key;
    }
    path.leave();
    throw refused("has a key that is " + ValuePath.kind(entry.getKey()) + "; keys are strings");
  }

  private void enter(char bracket) {
    if (path.depth() == MAX_DEPTH) {
      throw refused("is nested more than " + MAX_DEPTH + " levels deep, or contains itself");
    }
    path.enter();
    put(bracket);
  }

  private void leave(int items, char bracket) {
    path.leave();
    if (items > 0) {
      newLine();
    }
    put(bracket);
  }

  private void separate(int index) {
    if (index > 0) {
      ascii(style.comma);
    }
    newLine();
  }

  private void newLine() {
    if (style == Style.PRETTY) {
      put('\n');
      for (var i = 0; i < path.depth(); i++) {
        ascii("  ");
      }
    }
  }

  private void string(String text) {
    put('"');
    var plain = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' || c >= 127 || c == '"' || c == '\\') {
        ascii(text, plain, i);
        i += special(text, i, c);
        plain = i + 1;
      }
    }
    ascii(text, plain, text.length());
    put('"');
  }

  /** Answers how many characters more than one it was. */
  private int special(String text, int index, char c) {
    switch (c) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      case '\f' -> ascii("\\f");
      case '\b' -> ascii("\\b");
      default -> {
        var character = text.codePointAt(index);
        // A lone surrogate would be lost in UTF-8.
        if (c < ' ' || style.python || isSurrogate(character)) {
          escape(c);
        } else {
          utf8(character);
          return Character.charCount(character) - 1;
        }
      }
    }
    return 0;
  }

  private static boolean isSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  private void escape(char c) {
    ascii("\\u");
    for (var shift = 12; shift >= 0; shift -= 4) {
      put(HEX.charAt((c >> shift) & 15));
    }
  }

  private void utf8(int character) {
    if (character < 0x80) {
      put(character);
      return;
    }
    if (character < 0x800) {
      put(0xc0 | (character >> 6));
    } else {
      if (character < 0x10000) {
        put(0xe0 | (character >> 12));
      } else {
        put(0xf0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3f));
      }
      put(0x80 | ((character >> 6) & 0x3f));
    }
    put(0x80 | (character & 0x3f));
  }

  private void ascii(String text) {
    ascii(text, 0, text.length());
  }

  @SuppressWarnings("deprecation") // what it does to other characters than ASCII
  private void ascii(String text, int begin, int end) {
    var from = begin;
    while (from < end) {
      if (length == buffer.length) {
        makeRoom();
      }
      var part = Math.min(end - from, buffer.length - length);
      text.getBytes(from, from + part, buffer, length);
      length += part;
      from += part;
    }
  }

  private void put(int value) {
    if (length == buffer.length) {
      makeRoom();
    }
    buffer[length++] = (byte) value;
  }

  private void makeRoom() {
    if (sink == null || buffer.length < PIECE) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
      return;
    }
    sink.accept(buffer, length);
    length = 0;
  }

  private CatalogException refused(String why) {
    return new CatalogException(ErrorCode.INVALID_ARGUMENT, path.in("the value") + " " + why);
  }
}
