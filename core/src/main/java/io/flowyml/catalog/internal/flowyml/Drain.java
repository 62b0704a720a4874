package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.internal.sql.ForeignWrites;
import io.flowyml.catalog.internal.sql.Mirror;
import io.flowyml.catalog.internal.sql.Session;
import io.flowyml.catalog.internal.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Takes the images of FlowyML's writes into the catalog, oldest first. */
final class Drain {
  /** Who did it, in the events. */
  static final String ACTOR = "external";

  private static final String READ =
      "SELECT no, op, old_id, %s FROM flowyml_change ORDER BY no LIMIT ?"
          .formatted(FlowymlRow.COLUMNS);

  private final ZoneId zone;

  Drain(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * One write: what row it was done to, and how that stands afterwards.
   *
   * @param oldId {@code null} where the row is new
   * @param row {@code null} where the row was deleted
   */
  private record Image(long no, @Nullable String oldId, @Nullable FlowymlRow row) {
    static Image of(ResultSet r) throws SQLException {
      return switch (r.getString(2)) {
        case "I" -> new Image(r.getLong(1), null, FlowymlRow.of(r, 4));
        case "U" -> new Image(r.getLong(1), id(r.getString(3)), FlowymlRow.of(r, 4));
        default -> new Image(r.getLong(1), id(r.getString(3)), null);
      };
    }

    private static String id(@Nullable String artifactId) {
      return artifactId == null ? "" : artifactId;
    }
  }

  /**
   * @return whether there is more
   */
  boolean run(Transaction transaction, int limit) {
    var session = transaction.session();
    var images = new ArrayList<Image>();
    session.each(READ, r -> images.add(Image.of(r)), limit);
    if (images.isEmpty()) {
      return false;
    }
    var writes = new ForeignWrites(transaction, transaction.project(Mirror.PROJECT), ACTOR);
    for (var image : images) {
      apply(session, writes, image);
    }
    session.update("DELETE FROM flowyml_change WHERE no <= ?", images.getLast().no());
    return images.size() == limit;
  }

  private void apply(Session session, ForeignWrites writes, Image image) {
    var entry = image.row() == null ? null : Entry.of(image.row(), zone);
    var oldId = image.oldId();
    if (oldId != null && (entry == null || !oldId.equals(entry.artifactId()))) {
      forget(session, oldId);
      writes.deleted(Entry.id(oldId));
    }
    if (entry != null) {
      forget(session, entry.artifactId());
      entry.problems().forEach(problem -> note(session, problem));
      writes.wrote(entry.draft());
    }
  }

  private static void forget(Session session, String artifactId) {
    session.update("DELETE FROM flowyml_problem WHERE artifact_id = ?", artifactId);
  }

  static void note(Session session, Problem problem) {
    session.update(
        """
        INSERT OR REPLACE INTO flowyml_problem (artifact_id, column_name, id, problem)
        VALUES (?, ?, ?, ?)\
        """,
        problem.artifactId(),
        problem.column(),
        problem.id(),
        problem.problem());
  }
}
