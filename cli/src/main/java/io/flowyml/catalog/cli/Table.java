package io.flowyml.catalog.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in columns that fit a terminal. Where they are too wide, the widest columns that may be cut
 * give way first, then columns that can be missed disappear.
 */
final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  /** How a column gives way. */
  enum Fit {
    /** Never cut: what people copy. */
    WHOLE,
    /** Cut with an ellipsis. */
    SHRINKS,
    /** Cut, and left out altogether before a whole column would be cut. */
    OPTIONAL,
    /** Never cut, but the first to be left out: what only a program needs. */
    SPARE
  }

  /**
   * One column.
   *
   * @param right whether its cells stand at its right edge, as numbers do
   */
  record Column(String title, Fit fit, boolean right) {
    Column(String title, Fit fit) {
      this(title, fit, false);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  void row(String... cells) {
    var row = new ArrayList<String>(cells.length);
    for (var cell : cells) {
      row.add(Text.oneLine(cell));
    }
    rows.add(row);
  }

  /** The lines, titles first, none wider than {@code width}. */
  List<String> lines(int width, Style style) {
    var shown = new ArrayList<Integer>();
    for (int i = 0; i < columns.size(); i++) {
      shown.add(i);
    }
    int[] widths = naturalWidths();
    while (!shrink(widths, shown, width) && dropOne(shown)) {
      widths = naturalWidths();
    }
    var lines = new ArrayList<String>(rows.size() + 1);
    lines.add(style.title(line(titles(), widths, shown, width)));
    for (var row : rows) {
      lines.add(line(row, widths, shown, width));
    }
    return lines;
  }

  private List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  private int[] naturalWidths() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Text.width(columns.get(i).title());
    }
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i)));
      }
    }
    return widths;
  }

  /** Takes from the widest column that may give until all fit; whether they do. */
  private boolean shrink(int[] widths, List<Integer> shown, int width) {
    long excess = -GAP - (long) width;
    for (int i : shown) {
      excess += widths[i] + GAP;
    }
    while (excess > 0) {
      int widest = -1;
      int second = NARROWEST;
      for (int i : shown) {
        if (isCut(columns.get(i).fit()) && widths[i] > NARROWEST) {
          if (widest < 0 || widths[i] > widths[widest]) {
            second = widest < 0 ? second : widths[widest];
            widest = i;
          } else {
            second = Math.max(second, widths[i]);
          }
        }
      }
      if (widest < 0) {
        return false;
      }
      int step = (int) Math.min(excess, Math.max(1, widths[widest] - second));
      widths[widest] -= step;
      excess -= step;
    }
    return true;
  }

  private static boolean isCut(Fit fit) {
    return switch (fit) {
      case SHRINKS, OPTIONAL -> true;
      case WHOLE, SPARE -> false;
    };
  }

  private boolean dropOne(List<Integer> shown) {
    return dropLast(shown, Fit.SPARE) || dropLast(shown, Fit.OPTIONAL);
  }

  private boolean dropLast(List<Integer> shown, Fit fit) {
    for (int at = shown.size() - 1; at >= 0; at--) {
      if (columns.get(shown.get(at)).fit() == fit) {
        shown.remove(/* index */ at);
        return true;
      }
    }
    return false;
  }

  private String line(List<String> cells, int[] widths, List<Integer> shown, int width) {
    var line = new StringBuilder();
    for (int i : shown) {
      var cell = Text.cut(cells.get(i), widths[i]);
      if (!line.isEmpty()) {
        line.append(" ".repeat(GAP));
      }
      line.append(
          columns.get(i).right()
              ? " ".repeat(Math.max(0, widths[i] - Text.width(cell))) + cell
              : Text.padded(cell, widths[i]));
    }
    return Text.cut(line.toString().stripTrailing(), width);
  }
}
