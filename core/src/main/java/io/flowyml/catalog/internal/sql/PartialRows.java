package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.Field.BuiltIn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads many records of which only some fields are wanted, by a statement that reads no more; the
 * others are empty in what it hands over.
 */
final class PartialRows {
  /** The most documents to ask for at once. */
  static final int WIDTH = 128;

  private static final String DOCS =
      " FROM artifact a WHERE a.project = ? AND a.doc IN (?" + ", ?".repeat(WIDTH - 1) + ")";

  private final ArtifactRows rows;
  private final long project;
  private final @Nullable String select;

  PartialRows(ArtifactRows rows, long project, Set<Field> wanted) {
    this.rows = rows;
    this.project = project;
    boolean whole =
        rows.moment() != null
            || wanted.contains(BuiltIn.ALIAS)
            || wanted.contains(BuiltIn.DUPLICATE);
    this.select = whole ? null : "SELECT a.doc, " + columns(wanted) + DOCS;
  }

  private static String columns(Set<Field> wanted) {
    boolean tags = wanted.stream().anyMatch(field -> field instanceof Field.Tag);
    boolean metadata = wanted.stream().anyMatch(field -> field instanceof Field.Metadata);
    return String.join(
        ", ",
        wanted.contains(BuiltIn.ID) ? "a.id" : "''",
        wanted.contains(BuiltIn.NAME)
            ? "(SELECT n.name FROM name n WHERE n.project = a.project AND n.no = a.name)"
            : "''",
        wanted.contains(BuiltIn.TYPE) ? "a.type" : "''",
        wanted.contains(BuiltIn.VERSION) ? "a.version" : "''",
        wanted.contains(BuiltIn.HASH) ? "a.content_hash" : "NULL",
        wanted.contains(BuiltIn.URI) ? "a.uri" : "NULL",
        wanted.contains(BuiltIn.STEP) ? "a.step" : "NULL",
        wanted.contains(BuiltIn.RUN) ? "a.run" : "NULL",
        wanted.contains(BuiltIn.PIPELINE) ? "a.pipeline" : "NULL",
        tags ? "a.tags" : "'{}'",
        metadata ? "a.metadata" : "'{}'",
        wanted.contains(BuiltIn.CREATED) ? "a.created_at" : "0");
  }

  /** Takes a record of which only the wanted fields are right. */
  interface Each {
    void accept(long doc, Artifact artifact);
  }

  /**
   * In no certain order.
   *
   * @param docs up to {@link #WIDTH}, at least one
   */
  void each(Session session, Collection<Long> docs, Each each) {
    var known = rows.known(session, docs);
    known.forEach((doc, stored) -> each.accept(doc, stored.artifact()));
    var numbers = docs.stream().filter(doc -> !known.containsKey(doc)).toList();
    if (numbers.isEmpty()) {
      return;
    }
    if (select == null) {
      for (var stored : rows.uncached().byDocs(session, project, numbers)) {
        each.accept(stored.doc(), stored.artifact());
      }
      return;
    }
    var params = new @Nullable Object[WIDTH + 1];
    Arrays.fill(params, numbers.getLast());
    params[0] = project;
    for (int i = 0; i < numbers.size(); i++) {
      params[i + 1] = numbers.get(i);
    }
    session.each(select, r -> each.accept(r.getLong(1), artifact(r)), params);
  }

  private static Artifact artifact(ResultSet r) throws SQLException {
    return new Artifact(
        r.getString(2),
        "",
        r.getString(3),
        r.getString(4),
        r.getString(5),
        null,
        r.getString(6),
        null,
        null,
        null,
        r.getString(7),
        r.getString(8),
        r.getString(9),
        r.getString(10),
        List.of(),
        List.of(),
        ArtifactRows.object(r.getString(11)),
        ArtifactRows.object(r.getString(12)),
        null,
        null,
        List.of(),
        Clock.instant(r.getLong(13)),
        "",
        0,
        null);
  }
}
