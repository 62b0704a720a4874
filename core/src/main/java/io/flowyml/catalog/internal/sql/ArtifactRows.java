package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the artifact record, as it is or as it was: one statement, whatever it is asked by. */
final class ArtifactRows {
  /** The most documents that one statement names. */
  private static final int WIDEST = 128;

  /** What a record takes in memory, and more for each character of its tags and metadata. */
  private static final long RECORD_BYTES = 1_500;

  private static final long VALUE_BYTES = 8;

  /** Conditions that name so many documents. */
  private static final Map<Integer, String> BY_DOCS = new HashMap<>();

  static {
    for (int width = 1; width <= WIDEST; width *= 2) {
      BY_DOCS.put(width, "WHERE a.project = ? AND a.doc IN (?" + ", ?".repeat(width - 1) + ")");
    }
  }

  private final String project;
  private final Statements present;
  private final Statements past;
  private final @Nullable Moment moment;
  private final @Nullable RecordCache cache;

  ArtifactRows(String project, Dialect dialect) {
    this(project, dialect, null);
  }

  /**
   * @param cache {@code null} within transactions that write
   */
  ArtifactRows(String project, Dialect dialect, @Nullable RecordCache cache) {
    this(project, Statements.of(select(dialect)), Statements.of(Past.select(dialect)), null, cache);
  }

  private ArtifactRows(
      String project,
      Statements present,
      Statements past,
      @Nullable Moment moment,
      @Nullable RecordCache cache) {
    this.project = project;
    this.present = present;
    this.past = past;
    this.moment = moment;
    this.cache = cache;
  }

  /** What begins every statement, and each once it was completed by a condition. */
  private record Statements(String select, Map<String, String> byCondition) {
    static Statements of(String select) {
      return new Statements(select, new ConcurrentHashMap<>());
    }

    String where(String condition) {
      return byCondition.computeIfAbsent(condition, select::concat);
    }
  }

  /**
   * The records as they were; what was registered later is not there. A condition sees the present
   * columns of {@code a}, and the moment as {@code t (seq, docs)}.
   */
  ArtifactRows at(Moment moment) {
    return new ArtifactRows(project, present, past, moment, null);
  }

  /** For those who look at thousands once. */
  ArtifactRows uncached() {
    return cache == null ? this : new ArtifactRows(project, present, past, moment, null);
  }

  /** Those of some documents that were read lately. */
  Map<Long, Stored> known(Session session, Collection<Long> docs) {
    return cache == null ? Map.of() : cache.find(session, docs);
  }

  /** When the records are from; {@code null} for the present. */
  @Nullable Moment moment() {
    return moment;
  }

  /**
   * A record with what it is stored under.
   *
   * @param projectSeq the project's last event when it was read
   * @param bytes what it takes in memory, roughly
   */
  record Stored(long doc, Artifact artifact, boolean purged, long projectSeq, long bytes) {}

  private static String select(Dialect dialect) {
    return """
    SELECT a.doc, a.id, n.name, a.version, a.declared_version, a.type, a.content_hash, a.size,
      a.hash_origin, a.uri, a.step, a.run, a.pipeline, a.created_at, a.created_by, a.seq,
      a.purged_seq, a.tags, a.metadata,
      CASE WHEN a.deleted_seq IS NOT NULL THEN (
        SELECT e.at FROM event e WHERE e.project = a.project AND e.seq = a.deleted_seq) END,
      CASE WHEN a.content_key IS NOT NULL AND a.deleted_seq IS NULL THEN (
        SELECT d.id FROM artifact d WHERE d.project = a.project AND d.content_key = a.content_key
        AND d.content_hash = a.content_hash AND d.doc < a.doc AND d.deleted_seq IS NULL
        ORDER BY d.doc LIMIT 1) END,
      CASE WHEN EXISTS (
        SELECT 1 FROM alias l WHERE l.project = a.project AND l.doc = a.doc AND l.to_seq IS NULL)
      THEN (
        SELECT %s FROM alias l WHERE l.project = a.project AND l.doc = a.doc
        AND l.to_seq IS NULL) END,
      CASE WHEN a.parents > 0 THEN (
        SELECT %s FROM parent p LEFT JOIN artifact x ON x.project = p.project AND x.doc = p.parent
        WHERE p.project = a.project AND p.child = a.doc AND p.to_seq IS NULL) END,
      CASE WHEN a.parents > 0 AND EXISTS (
        SELECT 1 FROM parent p
        WHERE p.project = a.project AND p.child = a.doc AND p.to_seq IS NULL AND p.parent IS NULL)
      THEN (
        SELECT %s FROM parent p
        WHERE p.project = a.project AND p.child = a.doc AND p.to_seq IS NULL
        AND p.parent IS NULL) END,
      (SELECT o.seq FROM project o WHERE o.project = a.project)
    FROM artifact a JOIN name n ON n.project = a.project AND n.no = a.name
    """
        .formatted(
            dialect.jsonArray("l.alias", "l.alias"),
            dialect.jsonArray("coalesce(x.id, p.parent_id)", "p.ord"),
            dialect.jsonArray("p.parent_id", "p.ord"));
  }

  /** The records that a condition on {@code a} keeps. */
  List<Stored> list(Session session, String where, @Nullable Object... params) {
    return session.list(statement(where), this::map, parameters(params));
  }

  @Nullable Stored first(Session session, String where, @Nullable Object... params) {
    return session.first(statement(where), this::map, parameters(params));
  }

  /** Hands over each record that a condition keeps; the consumer may read and write freely. */
  void stream(
      Session session, Consumer<Stored> consumer, String where, @Nullable Object... params) {
    session.stream(statement(where), r -> consumer.accept(map(r)), parameters(params));
  }

  private String statement(String where) {
    return (moment == null ? present : past).where(where);
  }

  private @Nullable Object[] parameters(@Nullable Object... params) {
    if (moment == null) {
      return params;
    }
    var all = new @Nullable Object[params.length + 2];
    all[0] = moment.seq();
    all[1] = moment.docs();
    System.arraycopy(params, 0, all, 2, params.length);
    return all;
  }

  @Nullable Stored byDoc(Session session, long projectNo, long doc) {
    if (cache != null && cache.mayHave(doc)) {
      var known = cache.find(session, List.of(doc)).get(doc);
      if (known != null) {
        return known;
      }
    }
    return kept(session, first(session, "WHERE a.project = ? AND a.doc = ?", projectNo, doc));
  }

  @Nullable Stored byId(Session session, long projectNo, String id) {
    var doc = cache == null ? null : cache.document(id);
    return doc != null
        ? byDoc(session, projectNo, doc)
        : kept(
            session,
            first(
                session,
                "WHERE a.project = ? AND a.id_key = ? AND a.id = ?",
                projectNo,
                Keys.ofId(id),
                id));
  }

  private @Nullable Stored kept(Session session, @Nullable Stored read) {
    if (cache != null && read != null) {
      cache.put(session, List.of(read));
    }
    return read;
  }

  /** The records of documents, in the order of the documents; one that is gone is left out. */
  List<Stored> byDocs(Session session, long projectNo, List<Long> docs) {
    var byDoc = new HashMap<Long, Stored>(2 * docs.size());
    var missing = docs;
    if (cache != null) {
      byDoc.putAll(cache.find(session, docs));
      missing = docs.stream().filter(doc -> !byDoc.containsKey(doc)).toList();
    }
    for (int from = 0; from < missing.size(); from += WIDEST) {
      var some = missing.subList(from, Math.min(missing.size(), from + WIDEST));
      var read = someByDocs(session, projectNo, some);
      read.forEach(stored -> byDoc.put(stored.doc(), stored));
      if (cache != null) {
        cache.put(session, read);
      }
    }
    var all = new ArrayList<Stored>(docs.size());
    for (long doc : docs) {
      var stored = byDoc.get(doc);
      if (stored != null) {
        all.add(stored);
      }
    }
    return all;
  }

  /** Asks for them by a statement of the next larger width, its places filled with the last one. */
  private List<Stored> someByDocs(Session session, long projectNo, List<Long> docs) {
    int width = 1;
    while (width < docs.size()) {
      width = Math.min(WIDEST, width * 2);
    }
    var params = new @Nullable Object[width + 1];
    params[0] = projectNo;
    for (int i = 0; i < width; i++) {
      params[i + 1] = docs.get(Math.min(i, docs.size() - 1));
    }
    return list(session, Objects.requireNonNull(BY_DOCS.get(width)), params);
  }

  private Stored map(ResultSet r) throws SQLException {
    var stored = presentColumns(r);
    if (moment == null) {
      return stored;
    }
    var artifact = stored.artifact();
    var identity = r.getString(26);
    if (identity != null) {
      artifact = Past.Identity.parse(artifact, identity);
    }
    if (stored.purged()) {
      artifact = Past.erased(artifact);
    }
    return new Stored(stored.doc(), artifact, stored.purged(), 0, stored.bytes());
  }

  private Stored presentColumns(ResultSet r) throws SQLException {
    var tags = orNone(r.getString(18));
    var metadata = orNone(r.getString(19));
    long size = r.getLong(8);
    var knownSize = r.wasNull() ? null : size;
    int origin = r.getInt(9);
    var hashOrigin = r.wasNull() ? null : Codes.constant(Artifact.HashOrigin.class, origin);
    long deletedAt = r.getLong(20);
    var deleted = r.wasNull() ? null : Clock.instant(deletedAt);
    var duplicateOf = r.getString(21);
    var aliases = r.getString(22);
    var parents = r.getString(23);
    var unresolved = r.getString(24);
    long seq = r.getLong(16);
    return new Stored(
        r.getLong(1),
        new Artifact(
            r.getString(2),
            project,
            r.getString(3),
            r.getString(6),
            r.getString(4),
            r.getString(5),
            r.getString(7),
            knownSize,
            hashOrigin,
            deleted == null ? duplicateOf : null,
            r.getString(10),
            r.getString(11),
            r.getString(12),
            r.getString(13),
            strings(parents),
            strings(unresolved),
            object(tags),
            object(metadata),
            verbatim(tags),
            verbatim(metadata),
            strings(aliases),
            Clock.instant(r.getLong(14)),
            r.getString(15),
            moment == null ? seq : Math.max(seq, r.getLong(25)),
            deleted),
        r.getLong(17) != 0,
        moment == null ? r.getLong(25) : 0,
        RECORD_BYTES + VALUE_BYTES * ((long) tags.length() + metadata.length()));
  }

  /** Values that were erased are none. */
  private static String orNone(@Nullable String json) {
    return json == null ? "{}" : json;
  }

  /** The texts of an array that the database made; most of them need no parser. */
  private static List<String> strings(@Nullable String json) {
    if (json == null || json.equals("[]")) {
      return List.of();
    }
    if (json.indexOf('\\') >= 0) {
      return Json.parseStrings(json);
    }
    var strings = new ArrayList<String>();
    for (int begin = json.indexOf('"'); begin >= 0; ) {
      int end = json.indexOf('"', begin + 1);
      strings.add(json.substring(begin + 1, end));
      begin = json.indexOf('"', end + 1);
    }
    return strings;
  }

  static Map<String, @Nullable Object> object(String json) {
    if (json.equals("{}")) {
      return Map.of();
    }
    if (Json.parsePython(json, Integer.MAX_VALUE) instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // JSON objects have text keys
      var object = (Map<String, @Nullable Object>) map;
      return object;
    }
    throw new CatalogException(
        ErrorCode.CORRUPT, "stored tags or metadata are no JSON object: " + json);
  }

  /** The text itself where it holds what JSON cannot, so that it can be given back as it came. */
  static @Nullable String verbatim(String json) {
    boolean suspect = json.contains("NaN") || json.contains("Infinity");
    return suspect && Json.holdsNonJson(Json.parsePython(json, Integer.MAX_VALUE)) ? json : null;
  }
}
