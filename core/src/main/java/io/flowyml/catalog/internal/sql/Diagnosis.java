package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the tables agree with each other, project by project. */
public final class Diagnosis {
  /** What must not be there, each counted by a statement whose only parameter is the project. */
  private static final Map<String, String> CONTRADICTIONS = new LinkedHashMap<>();

  static {
    CONTRADICTIONS.put(
        "events missing in the numbering",
        "SELECT seq - (SELECT count(*) FROM event e WHERE e.project = p.project) FROM project p"
            + " WHERE p.project = ?");
    CONTRADICTIONS.put(
        "artifacts missing in the numbering",
        "SELECT doc - (SELECT count(*) FROM artifact a WHERE a.project = p.project) FROM project p"
            + " WHERE p.project = ?");
    CONTRADICTIONS.put(
        "artifacts without a name",
        """
        SELECT count(*) FROM artifact a WHERE a.project = ? AND NOT EXISTS (
          SELECT 1 FROM name n WHERE n.project = a.project AND n.no = a.name)\
        """);
    CONTRADICTIONS.put(
        "artifacts with a wrong number of parents",
        """
        SELECT count(*) FROM artifact a WHERE a.project = ? AND a.parents <> (
          SELECT count(*) FROM parent p
          WHERE p.project = a.project AND p.child = a.doc AND p.to_seq IS NULL)\
        """);
    CONTRADICTIONS.put(
        "parents that are not there",
        """
        SELECT count(*) FROM parent p WHERE p.project = ? AND p.parent IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM artifact a WHERE a.project = p.project AND a.doc = p.parent)\
        """);
    CONTRADICTIONS.put(
        "aliases of deleted artifacts",
        """
        SELECT count(*) FROM alias l JOIN artifact a ON a.project = l.project AND a.doc = l.doc
        WHERE l.project = ? AND l.to_seq IS NULL AND a.deleted_seq IS NOT NULL\
        """);
    CONTRADICTIONS.put(
        "artifacts that share an id",
        """
        SELECT count(*) FROM (SELECT 1 FROM artifact WHERE project = ?
          GROUP BY id HAVING count(*) > 1) twice\
        """);
    CONTRADICTIONS.put(
        "duplicates counted wrongly",
        """
        SELECT abs(p.duplicates - (SELECT count(*) FROM artifact a
            WHERE a.project = p.project AND a.content_key IS NOT NULL AND a.deleted_seq IS NULL
            AND EXISTS (SELECT 1 FROM artifact d WHERE d.project = a.project
              AND d.content_key = a.content_key AND d.content_hash = a.content_hash
              AND d.deleted_seq IS NULL AND d.doc < a.doc)))
        FROM project p WHERE p.project = ?\
        """);
    CONTRADICTIONS.put(
        "living artifacts that the index lacks, or has too many",
        """
        SELECT abs((SELECT count(*) FROM artifact a WHERE a.project = p.project
            AND a.deleted_seq IS NULL)
          - coalesce((SELECT sum(t.n) FROM term t WHERE t.project = p.project AND t.field = 0), 0))
        FROM project p WHERE p.project = ? AND p.seq = p.indexed_seq\
        """);
    CONTRADICTIONS.put(
        "changes of values that the index does not know",
        """
        SELECT count(*) FROM posting_past p WHERE p.project = ? AND NOT EXISTS (
          SELECT 1 FROM term t WHERE t.project = p.project AND t.no = p.term)\
        """);
  }

  private Diagnosis() {}

  /**
   * Looks at every project; reads all of it.
   *
   * @return one line for each contradiction; none where everything agrees
   */
  public static List<String> contradictions(Session session) {
    var found = new ArrayList<String>();
    var projects = new LinkedHashMap<Long, String>();
    session.each(
        "SELECT project, name FROM project ORDER BY project",
        r -> projects.put(r.getLong(1), r.getString(2)));
    projects.forEach(
        (no, name) ->
            CONTRADICTIONS.forEach(
                (what, sql) -> {
                  var count = session.number(sql, no);
                  if (count != null && count != 0) {
                    found.add("project %s: %d %s".formatted(name, count, what));
                  }
                }));
    projects.forEach((no, name) -> PastDiagnosis.contradictions(session, no, name, found));
    return found;
  }

  /** Events of all projects that searches still look at one by one. */
  public static long unindexed(Session session) {
    var tail = session.number("SELECT sum(seq - indexed_seq) FROM project");
    return tail == null ? 0 : tail;
  }
}
