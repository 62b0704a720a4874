package io.flowyml.catalog.cli;

import java.util.List;

/** Rows of comma-separated values by RFC 4180, each ended by a single line feed. */
final class Csv {
  private Csv() {}

  static String row(List<String> cells) {
    var row = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        row.append(',');
      }
      append(row, cells.get(i));
    }
    return row.toString();
  }

  private static void append(StringBuilder row, String cell) {
    boolean quoted = false;
    for (int i = 0; i < cell.length() && !quoted; i++) {
      char c = cell.charAt(i);
      quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
    }
    if (quoted) {
      row.append('"').append(cell.replace("\"", "\"\"")).append('"');
    } else {
      row.append(cell);
    }
  }
}
