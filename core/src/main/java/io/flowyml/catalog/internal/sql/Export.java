package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.JsonTime;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a project as {@link ExportLine lines}, one artifact at a time. */
final class Export {
  private final Session session;
  private final String projectName;
  private final long project;
  private final ArtifactRows rows;

  Export(Session session, String projectName, long project, ArtifactRows rows) {
    this.session = session;
    this.projectName = projectName;
    this.project = project;
    this.rows = rows;
  }

  /** How much there is of a project. */
  record Counters(long artifacts, long events) {
    static Counters of(Session session, long project, String projectName) {
      var counters =
          session.first(
              "SELECT doc, seq FROM project WHERE project = ?",
              r -> new Counters(r.getLong(1), r.getLong(2)),
              project);
      if (counters == null) {
        throw SearchEngine.State.withoutRow(projectName);
      }
      return counters;
    }
  }

  void write(Appendable out) {
    var counters = Counters.of(session, project, projectName);
    header(out, projectName, counters);
    rows.stream(
        session, stored -> artifact(out, stored), "WHERE a.project = ? ORDER BY a.doc", project);
    session.stream(
        "SELECT seq, at, actor, kind, doc, detail FROM event WHERE project = ? ORDER BY seq",
        r -> line(out, ExportLine.EVENT, event(r)),
        project);
    end(out, counters);
  }

  /** The export of a project to which nothing was ever written. */
  static void writeEmpty(Appendable out, String projectName) {
    header(out, projectName, new Counters(0, 0));
    end(out, new Counters(0, 0));
  }

  private static void header(Appendable out, String projectName, Counters counters) {
    var header = new LinkedHashMap<String, @Nullable Object>();
    header.put("format", ExportLine.FORMAT);
    header.put("project", projectName);
    header.put("artifacts", counters.artifacts());
    header.put("events", counters.events());
    line(out, ExportLine.HEADER, header);
  }

  private static void end(Appendable out, Counters counters) {
    var end = new LinkedHashMap<String, @Nullable Object>();
    end.put("artifacts", counters.artifacts());
    end.put("events", counters.events());
    line(out, ExportLine.END, end);
  }

  private static void line(Appendable out, String what, Map<String, ?> value) {
    line(out, Map.of(what, value));
  }

  private static void line(Appendable out, Map<String, ?> value) {
    try {
      out.append(Json.write(value)).append('\n');
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE, "the export cannot be written: " + e.getMessage(), e);
    }
  }

  private static Map<String, @Nullable Object> event(ResultSet r) throws SQLException {
    var event = new LinkedHashMap<String, @Nullable Object>();
    event.put("seq", r.getLong(1));
    event.put("at", JsonTime.text(Clock.instant(r.getLong(2))));
    event.put("actor", r.getString(3));
    event.put("kind", ArtifactJson.text(Codes.constant(Event.Kind.class, r.getInt(4))));
    event.put("doc", r.getLong(5));
    var detail = r.getString(6);
    if (detail != null) {
      event.put("detail", Json.parseObject(detail, "the event's detail"));
    }
    return event;
  }

  /** What an artifact's row has beside the record. */
  private record Since(
      long identity,
      long tags,
      long metadata,
      @Nullable Long deletion,
      @Nullable Long purge,
      boolean changed) {
    static Since of(ResultSet r) throws SQLException {
      return new Since(
          r.getLong(1), r.getLong(2), r.getLong(3), number(r, 4), number(r, 5), r.getLong(6) != 0);
    }
  }

  private static @Nullable Long number(ResultSet r, int column) throws SQLException {
    long number = r.getLong(column);
    return r.wasNull() ? null : number;
  }

  private void artifact(Appendable out, ArtifactRows.Stored stored) {
    long doc = stored.doc();
    var since =
        session.first(
            """
            SELECT a.from_seq, a.tags_seq, a.metadata_seq, a.deleted_seq, a.purged_seq,
              CASE WHEN EXISTS (SELECT 1 FROM event e WHERE e.project = a.project AND e.doc = a.doc
                AND e.kind <> ?) THEN 1 ELSE 0 END
            FROM artifact a WHERE a.project = ? AND a.doc = ?\
            """,
            Since::of,
            Codes.of(Event.Kind.REGISTERED),
            project,
            doc);
    if (since == null) {
      throw new CatalogException(ErrorCode.CORRUPT, "artifact number %d vanished".formatted(doc));
    }
    var record = ArtifactJson.toMap(stored.artifact());
    record.put(ExportLine.STORED, stored(stored, since));
    line(out, record);
    if (since.changed()) {
      past(out, doc);
    }
  }

  private Map<String, @Nullable Object> stored(ArtifactRows.Stored artifact, Since since) {
    var stored = new LinkedHashMap<String, @Nullable Object>();
    stored.put("doc", artifact.doc());
    stored.put("since", since.identity());
    putUnless(since.identity(), stored, "tags_since", since.tags());
    putUnless(since.identity(), stored, "metadata_since", since.metadata());
    putUnless(null, stored, "deleted_since", since.deletion());
    putUnless(null, stored, "purged_since", since.purge());
    if (!artifact.artifact().parentIds().isEmpty()) {
      stored.put("parents", parents(artifact.doc(), since.identity()));
    }
    return stored;
  }

  private static void putUnless(
      @Nullable Object usual,
      Map<String, @Nullable Object> map,
      String key,
      @Nullable Object value) {
    if (value != null && !value.equals(usual)) {
      map.put(key, value);
    }
  }

  /** The current edges, in the order of the record's {@code parent_ids}. */
  private List<Map<String, @Nullable Object>> parents(long doc, long usualSince) {
    return session.list(
        """
        SELECT ord, parent, from_seq FROM parent
        WHERE project = ? AND child = ? AND to_seq IS NULL ORDER BY ord\
        """,
        r -> {
          var parent = new LinkedHashMap<String, @Nullable Object>();
          parent.put("ord", r.getLong(1));
          putUnless(null, parent, "doc", number(r, 2));
          putUnless(usualSince, parent, "since", r.getLong(3));
          return parent;
        },
        project,
        doc);
  }

  private void past(Appendable out, long doc) {
    session.each(
        """
        SELECT from_seq, to_seq, identity FROM artifact_past
        WHERE project = ? AND doc = ? ORDER BY from_seq\
        """,
        r -> {
          var row = row(doc, ExportLine.Part.IDENTITY, r);
          row.put("value", Json.parseObject(r.getString(3), "an identity"));
          line(out, ExportLine.PAST, row);
        },
        project,
        doc);
    values(out, "tags", doc, ExportLine.Part.TAGS);
    values(out, "metadata", doc, ExportLine.Part.METADATA);
    session.each(
        """
        SELECT from_seq, to_seq, purged_seq FROM deletion_past
        WHERE project = ? AND doc = ? ORDER BY from_seq\
        """,
        r -> {
          var row = row(doc, ExportLine.Part.DELETION, r);
          putUnless(null, row, "purged", number(r, 3));
          line(out, ExportLine.PAST, row);
        },
        project,
        doc);
    endedParents(out, doc);
    aliases(out, doc);
  }

  private static Map<String, @Nullable Object> row(long doc, ExportLine.Part part, ResultSet r)
      throws SQLException {
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put("doc", doc);
    row.put("part", ArtifactJson.text(part));
    row.put("from", r.getLong(1));
    putUnless(null, row, "to", number(r, 2));
    return row;
  }

  private void values(Appendable out, String column, long doc, ExportLine.Part part) {
    session.each(
        """
        SELECT from_seq, to_seq, %1$s FROM %1$s_past
        WHERE project = ? AND doc = ? ORDER BY from_seq\
        """
            .formatted(column),
        r -> {
          var row = row(doc, part, r);
          row.put("value", ArtifactRows.object(r.getString(3)));
          putUnless(null, row, "verbatim", ArtifactRows.verbatim(r.getString(3)));
          line(out, ExportLine.PAST, row);
        },
        project,
        doc);
  }

  private void endedParents(Appendable out, long doc) {
    session.each(
        """
        SELECT from_seq, to_seq, ord, parent, parent_id FROM parent
        WHERE project = ? AND child = ? AND to_seq IS NOT NULL ORDER BY ord\
        """,
        r -> {
          var row = row(doc, ExportLine.Part.PARENT, r);
          row.put("ord", r.getLong(3));
          putUnless(null, row, "parent", number(r, 4));
          putUnless(null, row, "parent_id", r.getString(5));
          line(out, ExportLine.PAST, row);
        },
        project,
        doc);
  }

  /** All that pointed at it, and what points at it now. */
  private void aliases(Appendable out, long doc) {
    session.each(
        """
        SELECT l.from_seq, l.to_seq, l.alias, n.name FROM alias l
        JOIN name n ON n.project = l.project AND n.no = l.name
        WHERE l.project = ? AND l.doc = ? ORDER BY l.from_seq, l.alias\
        """,
        r -> {
          var row = row(doc, ExportLine.Part.ALIAS, r);
          row.put("name", r.getString(4));
          row.put("alias", r.getString(3));
          line(out, ExportLine.PAST, row);
        },
        project,
        doc);
  }
}
