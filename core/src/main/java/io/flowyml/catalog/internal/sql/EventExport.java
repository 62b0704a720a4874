package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.EventJson;
import io.flowyml.catalog.internal.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happened after an event as lines that {@link Replay} does again elsewhere: each event
 * with what it left behind.
 */
final class EventExport {
  /** A page of them ends here, however many events were asked for. */
  private static final long LONGEST_PAGE = 4L << 20;

  private static final List<String> VALUES =
      List.of("tags", "tags_verbatim", "metadata", "metadata_verbatim", "parent_ids");

  /** What a record has of the present, of other artifacts, or of the project it stands in. */
  private static final List<String> NOT_MOVED =
      List.of("project", "seq", "aliases", "deleted_at", "duplicate_of", "unresolved_parent_ids");

  private final Session session;
  private final String projectName;
  private final long project;
  private final ArtifactRows rows;

  EventExport(Session session, String projectName, long project, ArtifactRows rows) {
    this.session = session;
    this.projectName = projectName;
    this.project = project;
    this.rows = rows;
  }

  void write(Appendable out, long after, int limit) {
    var counters = Export.Counters.of(session, project, projectName);
    header(out, projectName, counters.artifacts(), counters.events(), after);
    long written = 0;
    long characters = 0;
    for (var event : new History(session, project, rows).after(after, limit)) {
      var line = Json.write(line(event));
      append(out, line);
      written++;
      characters += line.length();
      if (characters > LONGEST_PAGE) {
        break;
      }
    }
    end(out, written);
  }

  /** Of a project to which nothing was ever written. */
  static void writeEmpty(Appendable out, String projectName, long after) {
    header(out, projectName, 0, 0, after);
    end(out, 0);
  }

  private static void header(
      Appendable out, String projectName, long artifacts, long events, long after) {
    var header = new LinkedHashMap<String, @Nullable Object>();
    header.put("format", ExportLine.FORMAT);
    header.put("project", projectName);
    header.put("artifacts", artifacts);
    header.put("events", events);
    header.put(ExportLine.AFTER, after);
    append(out, Json.write(Map.of(ExportLine.HEADER, header)));
  }

  private static void end(Appendable out, long events) {
    append(out, Json.write(Map.of(ExportLine.END, Map.of("events", events))));
  }

  private static void append(Appendable out, String line) {
    try {
      out.append(line).append('\n');
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE, "the export cannot be written: " + e.getMessage(), e);
    }
  }

  private Map<String, @Nullable Object> line(Event event) {
    var line = new LinkedHashMap<String, @Nullable Object>();
    line.put(ExportLine.EVENT, EventJson.toMap(event));
    var left =
        switch (event.kind()) {
          case REGISTERED, REPLACED -> record(event);
          case TAGGED, METADATA_SET -> values(present(event), event);
          case PARENTS_ADDED, ALIAS_MOVED, ALIAS_DROPPED, DELETED, RESTORED, PURGED ->
              Map.<String, @Nullable Object>of();
        };
    if (!left.isEmpty()) {
      line.put(ExportLine.RECORD, left);
    }
    return line;
  }

  /** The identity that it has now, since another one cannot be registered first. */
  private Map<String, @Nullable Object> record(Event event) {
    var present = present(event);
    var record =
        new LinkedHashMap<String, @Nullable Object>(ArtifactJson.toMap(present.artifact()));
    record.keySet().removeAll(NOT_MOVED);
    var then = values(present, event);
    record.keySet().removeAll(VALUES);
    record.putAll(then);
    return record;
  }

  /** Tags, metadata and parents as the event left them, without the rest of the record then. */
  private Map<String, @Nullable Object> values(ArtifactRows.Stored present, Event event) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    if (present.artifact().seq() == event.seq()) {
      values.putAll(ArtifactJson.toMap(present.artifact()));
      values.keySet().retainAll(VALUES);
      return values;
    }
    values.put("parent_ids", parents(present.doc(), event.seq()));
    put(values, "tags", present.doc(), event.seq());
    put(values, "metadata", present.doc(), event.seq());
    return values;
  }

  private void put(Map<String, @Nullable Object> values, String column, long doc, long seq) {
    var text =
        session.<String>first(
            "SELECT %1$s FROM artifact WHERE project = ? AND doc = ? AND %1$s_seq <= ?"
                .formatted(column),
            r -> r.getString(1),
            project,
            doc,
            seq);
    if (text == null) {
      text =
          session.<String>first(
              """
              SELECT %1$s FROM %1$s_past
              WHERE project = ? AND doc = ? AND from_seq <= ? AND to_seq > ?\
              """
                  .formatted(column),
              r -> r.getString(1),
              project,
              doc,
              seq,
              seq);
    }
    var json = text == null ? "{}" : text; // purged
    values.put(column, ArtifactRows.object(json));
    var verbatim = ArtifactRows.verbatim(json);
    if (verbatim != null) {
      values.put(column + "_verbatim", verbatim);
    }
  }

  private List<String> parents(long doc, long seq) {
    return session.list(
        """
        SELECT coalesce(x.id, p.parent_id) FROM parent p
        LEFT JOIN artifact x ON x.project = p.project AND x.doc = p.parent
        WHERE p.project = ? AND p.child = ? AND p.from_seq <= ?
        AND (p.to_seq IS NULL OR p.to_seq > ?) ORDER BY p.ord\
        """,
        r -> r.getString(1),
        project,
        doc,
        seq,
        seq);
  }

  private ArtifactRows.Stored present(Event event) {
    var id = event.artifactId();
    var stored = id == null ? null : rows.byId(session, project, id);
    if (stored == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT,
          "event %d is of an artifact that is missing; restore a backup".formatted(event.seq()));
    }
    return stored;
  }
}
