package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Stats;
import io.flowyml.catalog.internal.json.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what a project holds without looking at all of it. */
final class Statistics {
  private Statistics() {}

  private record Counters(
      long seq, long indexedSeq, long docs, long names, long duplicates, long duplicateBytes) {}

  static Stats of(Session session, String projectName, long project) {
    var counters =
        session.first(
            """
            SELECT seq, indexed_seq, doc, name_no, duplicates, duplicate_bytes FROM project
            WHERE project = ?\
            """,
            r ->
                new Counters(
                    r.getLong(1),
                    r.getLong(2),
                    r.getLong(3),
                    r.getLong(4),
                    r.getLong(5),
                    r.getLong(6)),
            project);
    if (counters == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT, "project %s has no row of its own".formatted(projectName));
    }
    var byType = indexedByType(session, project);
    countTail(session, project, counters.indexedSeq(), byType);
    byType.values().removeIf(n -> n == 0);
    long living = byType.values().stream().mapToLong(n -> n).sum();
    return new Stats(
        projectName,
        counters.seq(),
        living,
        counters.docs() - living,
        counters.names(),
        counters.duplicates(),
        counters.duplicateBytes(),
        mostFrequentFirst(byType));
  }

  private static Map<String, Long> indexedByType(Session session, long project) {
    var byType = new HashMap<String, Long>();
    session.each(
        "SELECT value, n FROM term WHERE project = ? AND field = ? AND n > 0",
        r -> byType.put(r.getString(1), r.getLong(2)),
        project,
        Codes.of(Terms.Field.TYPE));
    return byType;
  }

  /** What the events that the index has not seen yet brought and took. */
  private static void countTail(
      Session session, long project, long indexedSeq, Map<String, Long> byType) {
    var isNew = new HashMap<Long, Boolean>();
    session.each(
        """
        SELECT doc, min(kind) FROM event
        WHERE project = ? AND seq > ? AND kind IN (?, ?, ?, ?) GROUP BY doc\
        """,
        r -> isNew.put(r.getLong(1), r.getInt(2) == Codes.of(Event.Kind.REGISTERED)),
        project,
        indexedSeq,
        Codes.of(Event.Kind.REGISTERED),
        Codes.of(Event.Kind.DELETED),
        Codes.of(Event.Kind.RESTORED),
        Codes.of(Event.Kind.REPLACED));
    isNew.forEach(
        (doc, registeredSince) -> {
          session.each(
              "SELECT type FROM artifact WHERE project = ? AND doc = ? AND deleted_seq IS NULL",
              r -> byType.merge(r.getString(1), 1L, Long::sum),
              project,
              doc);
          if (!registeredSince) {
            uncount(session, project, doc, indexedSeq, byType);
          }
        });
  }

  private static void uncount(
      Session session, long project, long doc, long seq, Map<String, Long> byType) {
    boolean wasDeleted =
        session.number(
                """
                SELECT 1 FROM artifact WHERE project = ? AND doc = ? AND deleted_seq <= ?
                UNION ALL SELECT 1 FROM deletion_past
                WHERE project = ? AND doc = ? AND from_seq <= ? AND to_seq > ?\
                """,
                project,
                doc,
                seq,
                project,
                doc,
                seq,
                seq)
            != null;
    if (wasDeleted) {
      return;
    }
    var type =
        session.<String>first(
            "SELECT type FROM artifact WHERE project = ? AND doc = ? AND from_seq <= ?",
            r -> r.getString(1),
            project,
            doc,
            seq);
    if (type == null) {
      type =
          session.<String>first(
              """
              SELECT identity FROM artifact_past
              WHERE project = ? AND doc = ? AND from_seq <= ? AND to_seq > ?\
              """,
              r -> String.valueOf(Json.parseObject(r.getString(1), "an identity").get("type")),
              project,
              doc,
              seq,
              seq);
    }
    if (type != null) {
      byType.merge(type, -1L, Long::sum);
    }
  }

  private static Map<String, Long> mostFrequentFirst(Map<String, Long> byType) {
    var sorted = new LinkedHashMap<String, Long>();
    byType.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }
}
