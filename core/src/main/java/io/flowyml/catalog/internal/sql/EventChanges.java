package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.ArtifactJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event changed: the difference between the intervals that ended with it and that began.
 */
final class EventChanges {
  /** What FlowyML can overwrite, by the names of the record. */
  private static final List<String> IDENTITY =
      List.of(
          "name",
          "artifact_type",
          "version",
          "declared_version",
          "content_hash",
          "size",
          "hash_origin",
          "uri",
          "source_step",
          "source_run_id",
          "source_pipeline",
          "created_at",
          "created_by");

  private final Session session;
  private final long project;
  private final ArtifactRows rows;

  EventChanges(Session session, long project, ArtifactRows rows) {
    this.session = session;
    this.project = project;
    this.rows = rows;
  }

  /** What an artifact was called after an event. */
  record Subject(String id, long nameNo, String name, String version) {}

  Subject subject(long doc, long seq) {
    var past =
        session.first(
            """
            SELECT a.id, n.no, n.name, p.version FROM artifact a
            JOIN artifact_past p ON p.project = a.project AND p.doc = a.doc
            JOIN name n ON n.project = p.project AND n.no = p.name
            WHERE a.project = ? AND a.doc = ? AND a.from_seq > ? AND p.from_seq <= ? AND p.to_seq > ?\
            """,
            EventChanges::subject,
            project,
            doc,
            seq,
            seq,
            seq);
    if (past != null) {
      return past;
    }
    var subject =
        session.first(
            """
            SELECT a.id, n.no, n.name, a.version FROM artifact a
            JOIN name n ON n.project = a.project AND n.no = a.name
            WHERE a.project = ? AND a.doc = ?\
            """,
            EventChanges::subject,
            project,
            doc);
    if (subject == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT,
          "event %d is of artifact number %d, which is missing; restore a backup"
              .formatted(seq, doc));
    }
    return subject;
  }

  private static Subject subject(ResultSet r) throws SQLException {
    return new Subject(r.getString(1), r.getLong(2), r.getString(3), r.getString(4));
  }

  /**
   * @param alias of an alias event
   */
  Map<String, @Nullable Object> of(long seq, Event.Kind kind, long doc, String alias) {
    return switch (kind) {
      case REGISTERED -> registered(doc, seq);
      case TAGGED -> changed("tags", values(Part.TAGS, doc, seq));
      case METADATA_SET -> changed("metadata", values(Part.METADATA, doc, seq));
      case PARENTS_ADDED -> changed("parent_ids", parents(doc, seq));
      case ALIAS_MOVED -> aliasMoved(seq, doc, alias);
      case ALIAS_DROPPED -> {
        var changes = new LinkedHashMap<String, @Nullable Object>();
        changes.put("alias", alias);
        changes.put("from", pointer(doc, seq));
        yield changes;
      }
      case DELETED -> changed("aliases", aliases("dropped", "to_seq", doc, seq));
      case RESTORED -> changed("aliases", aliases("restored", "from_seq", doc, seq));
      case REPLACED -> replaced(doc, seq);
      case PURGED -> Map.of();
    };
  }

  private static Map<String, @Nullable Object> changed(String field, Map<String, ?> change) {
    return change.isEmpty() ? Map.of() : Map.of(field, change);
  }

  private Map<String, @Nullable Object> registered(long doc, long seq) {
    var changes = new LinkedHashMap<String, @Nullable Object>();
    var parents = parentIds("from_seq", doc, seq);
    if (!parents.isEmpty()) {
      changes.put("parent_ids", Map.of("to", parents));
    }
    changes.putAll(changed("tags", values(Part.TAGS, doc, seq)));
    return changes;
  }

  /** The columns and the table of values that change as a whole. */
  private enum Part {
    TAGS("tags"),
    METADATA("metadata");

    private final String current;
    private final String began;
    private final String ended;

    Part(String column) {
      current =
          "SELECT %1$s FROM artifact WHERE project = ? AND doc = ? AND %1$s_seq = ?"
              .formatted(column);
      began =
          "SELECT %1$s FROM %1$s_past WHERE project = ? AND doc = ? AND from_seq = ?"
              .formatted(column);
      ended =
          """
          SELECT %1$s FROM %1$s_past
          WHERE project = ? AND doc = ? AND from_seq < ? AND to_seq = ?\
          """
              .formatted(column);
    }
  }

  /** Member by member: {@code {"stage": {"from": "staging", "to": "production"}}}. */
  private Map<String, Map<String, @Nullable Object>> values(Part part, long doc, long seq) {
    var before = session.<String>first(part.ended, r -> r.getString(1), project, doc, seq, seq);
    var after = session.<String>first(part.current, r -> r.getString(1), project, doc, seq);
    if (after == null) {
      after = session.<String>first(part.began, r -> r.getString(1), project, doc, seq);
    }
    return difference(object(before), object(after));
  }

  /** Nothing where the values were erased. */
  private static Map<String, @Nullable Object> object(@Nullable String json) {
    return json == null ? Map.of() : ArtifactRows.object(json);
  }

  private static Map<String, Map<String, @Nullable Object>> difference(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    var keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    var changes = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    for (var key : keys) {
      var from = before.get(key);
      var to = after.get(key);
      if (before.containsKey(key) != after.containsKey(key) || !Objects.equals(from, to)) {
        var change = new LinkedHashMap<String, @Nullable Object>();
        if (before.containsKey(key)) {
          change.put("from", from);
        }
        if (after.containsKey(key)) {
          change.put("to", to);
        }
        changes.put(key, change);
      }
    }
    return changes;
  }

  private Map<String, List<String>> parents(long doc, long seq) {
    var changes = new LinkedHashMap<String, List<String>>();
    var began = parentIds("from_seq", doc, seq);
    var ended = parentIds("to_seq", doc, seq);
    var added = without(began, ended);
    if (!added.isEmpty()) {
      changes.put("added", added);
    }
    var removed = without(ended, began);
    if (!removed.isEmpty()) {
      changes.put("removed", removed);
    }
    return changes;
  }

  private static List<String> without(List<String> ids, List<String> others) {
    var excluded = Set.copyOf(others);
    return ids.stream().filter(id -> !excluded.contains(id)).toList();
  }

  private List<String> parentIds(String bound, long doc, long seq) {
    return session.list(
        """
        SELECT coalesce(x.id, p.parent_id) FROM parent p
        LEFT JOIN artifact x ON x.project = p.project AND x.doc = p.parent
        WHERE p.project = ? AND p.child = ? AND p.%s = ? ORDER BY p.ord\
        """
            .formatted(bound),
        r -> r.getString(1),
        project,
        doc,
        seq);
  }

  /**
   * An alias may have moved any number of times: the index on {@code to_seq} finds this move at
   * once.
   */
  private Map<String, @Nullable Object> aliasMoved(long seq, long doc, String alias) {
    var from =
        session.number(
            "SELECT doc FROM alias WHERE project = ? AND to_seq = ? AND +name = ? AND alias = ?",
            project,
            seq,
            subject(doc, seq).nameNo(),
            alias);
    var changes = new LinkedHashMap<String, @Nullable Object>();
    changes.put("alias", alias);
    if (from != null) {
      changes.put("from", pointer(from, seq));
    }
    changes.put("to", pointer(doc, seq));
    return changes;
  }

  private Map<String, String> pointer(long doc, long seq) {
    var subject = subject(doc, seq);
    var pointer = new LinkedHashMap<String, String>();
    pointer.put("id", subject.id());
    pointer.put("version", subject.version());
    return pointer;
  }

  private Map<String, List<String>> aliases(String what, String bound, long doc, long seq) {
    var aliases =
        session.list(
            "SELECT alias FROM alias WHERE project = ? AND doc = ? AND %s = ? ORDER BY alias"
                .formatted(bound),
            r -> r.getString(1),
            project,
            doc,
            seq);
    return aliases.isEmpty() ? Map.of() : Map.of(what, aliases);
  }

  private Map<String, @Nullable Object> replaced(long doc, long seq) {
    var changes = new LinkedHashMap<String, @Nullable Object>();
    var stored = rows.byDoc(session, project, doc);
    var before = stored == null ? null : identity(stored.artifact(), "to_seq", doc, seq);
    if (stored != null && before != null) {
      var replacement = identity(stored.artifact(), "from_seq", doc, seq);
      var after = replacement == null ? stored.artifact() : replacement;
      changes.putAll(difference(identity(before), identity(after)));
    }
    changes.putAll(changed("parent_ids", parents(doc, seq)));
    changes.putAll(changed("tags", values(Part.TAGS, doc, seq)));
    changes.putAll(changed("metadata", values(Part.METADATA, doc, seq)));
    var aliases = new LinkedHashMap<String, List<String>>();
    aliases.putAll(aliases("dropped", "to_seq", doc, seq));
    aliases.putAll(aliases("restored", "from_seq", doc, seq));
    changes.putAll(changed("aliases", aliases));
    return changes;
  }

  private @Nullable Artifact identity(Artifact now, String bound, long doc, long seq) {
    var text =
        session.<String>first(
            "SELECT identity FROM artifact_past WHERE project = ? AND doc = ? AND %s = ?"
                .formatted(bound),
            r -> r.getString(1),
            project,
            doc,
            seq);
    return text == null ? null : Past.Identity.parse(now, text);
  }

  private static Map<String, @Nullable Object> identity(Artifact artifact) {
    var identity = ArtifactJson.toMap(artifact);
    identity.keySet().retainAll(IDENTITY);
    return identity;
  }
}
