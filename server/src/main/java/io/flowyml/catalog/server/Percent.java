package io.flowyml.catalog.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoded UTF-8, in which nothing malformed passes. */
final class Percent {
  private Percent() {}

  /**
   * @param plusIsSpace as in a query
   * @throws IllegalArgumentException where an escape is cut off or the bytes are no UTF-8
   */
  static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0) && isAscii(text)) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '%') {
        if (at + 2 >= text.length()) {
          throw new IllegalArgumentException("an escape is cut off");
        }
        bytes.write(digit(text.charAt(at + 1)) << 4 | digit(text.charAt(at + 2)));
        at += 3;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
        at++;
      } else {
        int character = text.codePointAt(at);
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(character);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the bytes are no UTF-8", e);
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static int digit(char c) {
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("behind % stand two hexadecimal digits");
    }
    return digit;
  }
}
