package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.internal.sql.BulkRegistrar;
import io.flowyml.catalog.internal.sql.Session;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows read and worked through for one transaction of {@link Adoption}.
 *
 * @param from index of the first in the list
 * @param to index behind the last
 * @param lastChange number of FlowyML's last noted write that the rows show already
 */
record Batch(
    int from, int to, List<BulkRegistrar.Prepared> rows, List<Problem> problems, long lastChange) {

  private static final String READ =
      "SELECT %s FROM artifacts WHERE rowid = ?".formatted(FlowymlRow.COLUMNS);

  /** Reads a part of a list; a row that is gone is left out. */
  static Batch read(Session session, RowList list, int from, int to, ZoneId zone) {
    var rows = new ArrayList<BulkRegistrar.Prepared>(to - from);
    var problems = new ArrayList<Problem>();
    var lastChange = session.number("SELECT max(no) FROM flowyml_change");
    for (int i = from; i < to; i++) {
      var row = session.first(READ, r -> FlowymlRow.of(r, 1), list.row(i));
      if (row != null) {
        var entry = Entry.of(row, zone);
        rows.add(BulkRegistrar.prepare(entry.draft()));
        problems.addAll(entry.problems());
      }
    }
    return new Batch(from, to, rows, problems, lastChange == null ? 0 : lastChange);
  }

  /** Takes FlowyML's noted writes away that the rows, now adopted, show already. */
  void forgetChanges(Session session, long project, long lastDoc) {
    if (lastChange > 0) {
      session.update(
          """
          DELETE FROM flowyml_change
          WHERE no <= ? AND (old_id IS NULL OR artifact_id IS NULL OR old_id = artifact_id)
          AND coalesce(artifact_id, old_id) IN (
            SELECT id FROM artifact WHERE project = ? AND doc > ?)\
          """,
          lastChange,
          project,
          lastDoc);
    }
  }
}
