package io.flowyml.catalog.demo;

import java.util.Map;

/** Writes maps of text and finite numbers as indented JSON, numbers with at most six decimals. */
final class JsonText {
  private JsonText() {}

  static String of(Map<String, ?> object) {
    var text = new StringBuilder();
    append(text, object, "");
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Object value, String indent) {
    switch (value) {
      case Map<?, ?> map -> {
        var separator = "";
        text.append('{');
        for (var entry : map.entrySet()) {
          text.append(separator).append('\n').append(indent).append("  ");
          append(text, String.valueOf(entry.getKey()), "");
          text.append(": ");
          append(text, entry.getValue(), indent + "  ");
          separator = ",";
        }
        text.append('\n').append(indent).append('}');
      }
      case Double number -> text.append(Csv.number(number));
      case Integer number -> text.append(number);
      case Long number -> text.append(number);
      case String plain -> text.append('"').append(escaped(plain)).append('"');
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static String escaped(String plain) {
    if (plain.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("a control character in \"" + plain + "\"");
    }
    return plain.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
