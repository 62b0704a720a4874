package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.internal.sql.BulkRegistrar;
import io.flowyml.catalog.internal.sql.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The row ids that wait to be adopted, in their order, as one snapshot has them. */
final class RowList {
  /** Where a batch may end: behind so many rows, counted from the first ever adopted. */
  static final int STEP = 512;

  private final Adoption.State state;
  private long[] rows = new long[STEP];
  private int size;

  /** Of each row behind which a batch may end. */
  private final List<String> createdAt = new ArrayList<>();

  private RowList(Adoption.State state) {
    this.state = state;
  }

  static RowList read(Session session) {
    var state = Adoption.State.read(session);
    var list = new RowList(state);
    session.stream(
        state.adoptedRow() == null
            ? """
            SELECT rowid, created_at FROM artifacts WHERE rowid <= ?
            ORDER BY created_at, rowid\
            """
            : """
            SELECT rowid, created_at FROM artifacts
            WHERE rowid <= ? AND (created_at, rowid) > (?, ?) ORDER BY created_at, rowid\
            """,
        r -> {
          list.add(r.getLong(1));
          if (list.isEnd(list.size)) {
            list.createdAt.add(r.getString(2));
          }
        },
        state.adoptedRow() == null
            ? new Object[] {state.lastRow()}
            : new Object[] {state.lastRow(), state.createdAt(), state.adoptedRow()});
    return list;
  }

  private void add(long row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }

  /** How far adoption was when the list was read. */
  Adoption.State state() {
    return state;
  }

  int size() {
    return size;
  }

  long row(int index) {
    return rows[index];
  }

  /** Of a row behind which a batch ends. */
  String createdAt(int index) {
    return createdAt.get((int) (place(index + 1) / STEP - place(0) / STEP - 1));
  }

  /** Where a batch ends that begins at an index and has about so many rows. */
  int end(int from, int wanted) {
    long step = wanted < BulkRegistrar.CHUNK ? STEP : BulkRegistrar.CHUNK;
    long end = (place(from + wanted) / step) * step - place(0);
    long first = (place(from) / STEP + 1) * STEP - place(0);
    return (int) Math.min(size, Math.max(end, first));
  }

  private boolean isEnd(int rowsBefore) {
    return place(rowsBefore) % STEP == 0;
  }

  /** Number of the artifact that the row at an index becomes, where nobody else registers any. */
  private long place(int index) {
    return state.done() + index + 1;
  }
}
