package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.SortKey;
import io.flowyml.catalog.query.SortOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks up by which values documents are placed; reads no more of them than that takes. */
final class SortValues {
  private static final int WIDTH = 128;
  private static final String DOCS =
      " FROM artifact a WHERE a.project = ? AND a.doc IN (?" + ", ?".repeat(WIDTH - 1) + ")";

  private final ArtifactRows rows;
  private final long project;
  private final List<SortKey> keys;
  private final @Nullable String select;

  SortValues(ArtifactRows rows, long project, List<SortKey> keys) {
    this.rows = rows;
    this.project = project;
    this.keys = keys;
    boolean wholeRecord =
        rows.moment() != null
            || keys.stream()
                .map(SortKey::field)
                .anyMatch(f -> f == Field.BuiltIn.ALIAS || f == Field.BuiltIn.DUPLICATE);
    this.select = wholeRecord ? null : "SELECT a.doc, " + columns() + DOCS;
  }

  private String columns() {
    var columns = new ArrayList<String>();
    columns.add(of(Field.BuiltIn.ID, "a.id", "''"));
    columns.add(
        of(
            Field.BuiltIn.NAME,
            "(SELECT n.name FROM name n WHERE n.project = a.project AND n.no = a.name)",
            "''"));
    columns.add(of(Field.BuiltIn.TYPE, "a.type", "''"));
    columns.add(of(Field.BuiltIn.VERSION, "a.version", "''"));
    columns.add(of(Field.BuiltIn.HASH, "a.content_hash", "NULL"));
    columns.add(of(Field.BuiltIn.URI, "a.uri", "NULL"));
    columns.add(of(Field.BuiltIn.STEP, "a.step", "NULL"));
    columns.add(of(Field.BuiltIn.RUN, "a.run", "NULL"));
    columns.add(of(Field.BuiltIn.PIPELINE, "a.pipeline", "NULL"));
    boolean tags = keys.stream().anyMatch(key -> key.field() instanceof Field.Tag);
    boolean metadata = keys.stream().anyMatch(key -> key.field() instanceof Field.Metadata);
    columns.add(tags ? "a.tags" : "'{}'");
    columns.add(metadata ? "a.metadata" : "'{}'");
    columns.add(of(Field.BuiltIn.CREATED, "a.created_at", "0"));
    return String.join(", ", columns);
  }

  private String of(Field field, String column, String none) {
    return keys.stream().anyMatch(key -> key.field().equals(field)) ? column : none;
  }

  /** The place of a record that is at hand. */
  SortPosition position(long doc, Artifact artifact) {
    return new SortPosition(
        keys.stream().<@Nullable FieldValue>map(key -> SortOrder.value(key, artifact)).toList(),
        doc);
  }

  /**
   * Hands over the place of each document of a set.
   *
   * @param prefix what is known of the first keys' values
   */
  void each(
      Session session,
      DocBits docs,
      List<@Nullable FieldValue> prefix,
      Consumer<SortPosition> each) {
    var batch = new ArrayList<Long>(WIDTH);
    docs.newestFirst(
        doc -> {
          batch.add(doc);
          if (batch.size() == WIDTH) {
            read(session, batch, prefix, each);
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      read(session, batch, prefix, each);
    }
  }

  private void read(
      Session session,
      List<Long> docs,
      List<@Nullable FieldValue> prefix,
      Consumer<SortPosition> each) {
    if (select == null) {
      for (var stored : rows.byDocs(session, project, docs)) {
        each.accept(position(stored.doc(), stored.artifact(), prefix));
      }
      return;
    }
    var params = new @Nullable Object[WIDTH + 1];
    Arrays.fill(params, docs.getLast());
    params[0] = project;
    for (int i = 0; i < docs.size(); i++) {
      params[i + 1] = docs.get(i);
    }
    session.each(select, r -> each.accept(position(r.getLong(1), artifact(r), prefix)), params);
  }

  private SortPosition position(long doc, Artifact artifact, List<@Nullable FieldValue> prefix) {
    var values = new ArrayList<@Nullable FieldValue>(prefix);
    for (var key : keys.subList(prefix.size(), keys.size())) {
      values.add(SortOrder.value(key, artifact));
    }
    return new SortPosition(values, doc);
  }

  /** A record of which only the values to sort by are right. */
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
