package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import io.flowyml.catalog.internal.sql.Mirror;
import io.flowyml.catalog.internal.sql.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether FlowyML's table and the catalog show the same, and what of it could not be taken over.
 */
public final class FlowymlDiagnosis {
  private static final int MOST = 100;

  /**
   * Artifacts that FlowyML wrote to since the catalog looked last: their difference is no fault.
   */
  private static final String PENDING =
      """
      (SELECT artifact_id FROM flowyml_change WHERE artifact_id IS NOT NULL
       UNION SELECT old_id FROM flowyml_change WHERE old_id IS NOT NULL)\
      """;

  /** Ids that FlowyML's table has in another form, since the catalog cannot hold it. */
  private static final String RENAMED =
      "(SELECT %s FROM flowyml_problem WHERE column_name = 'artifact_id')";

  private static final String LIVING =
      """
      FROM artifact a JOIN project p ON p.project = a.project AND p.name = '%s'
      JOIN name n ON n.project = a.project AND n.no = a.name\
      """
          .formatted(Mirror.PROJECT);

  private static final String MISSING =
      """
      SELECT a.id %s WHERE a.deleted_seq IS NULL
      AND NOT EXISTS (SELECT 1 FROM artifacts x WHERE x.artifact_id = a.id)
      AND a.id NOT IN %s AND a.id NOT IN %s\
      """
          .formatted(LIVING, PENDING, RENAMED.formatted("id"));

  private static final String UNKNOWN =
      """
      SELECT x.artifact_id FROM artifacts x WHERE x.artifact_id NOT IN (
        SELECT a.id %s WHERE a.deleted_seq IS NULL)
      AND x.artifact_id NOT IN %s AND x.artifact_id NOT IN %s\
      """
          .formatted(LIVING, PENDING, RENAMED.formatted("artifact_id"));

  /**
   * Texts that FlowyML wrote stand in both tables alike; of the catalog's own the meaning decides.
   */
  private static final String DIFFERENT =
      """
      SELECT a.id, a.tags, a.metadata, x.tags, x.metadata,
        n.name IS NOT x.name, a.type IS NOT x.artifact_type,
        coalesce(x.version, '') NOT IN ('', a.version, coalesce(a.declared_version, '')),
        coalesce(a.content_hash, '') IS NOT coalesce(x.content_hash, ''),
        coalesce(a.step, '') IS NOT coalesce(x.source_step, ''),
        coalesce(a.run, '') IS NOT coalesce(x.source_run_id, ''),
        coalesce(a.pipeline, '') IS NOT coalesce(x.source_pipeline, ''),
        coalesce(a.uri, '') IS NOT coalesce(x.uri, ''),
        CASE WHEN a.parents = 0 AND coalesce(x.parent_ids, '') IN ('', '[]', 'null') THEN 0
          WHEN NOT json_valid(x.parent_ids) THEN 1
          ELSE EXISTS (SELECT 1 FROM json_each(x.parent_ids) j WHERE j.type = 'text' AND NOT EXISTS (
              SELECT 1 FROM parent e LEFT JOIN artifact y ON y.project = e.project AND y.doc = e.parent
              WHERE e.project = a.project AND e.child = a.doc AND e.to_seq IS NULL
              AND coalesce(y.id, e.parent_id) = j.value))
            OR a.parents <> (SELECT count(DISTINCT j.value) FROM json_each(x.parent_ids) j) END
      %s JOIN artifacts x ON x.artifact_id = a.id
      WHERE a.deleted_seq IS NULL AND a.id NOT IN %s\
      """
          .formatted(LIVING, PENDING);

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "artifact_type",
          "version",
          "content_hash",
          "source_step",
          "source_run_id",
          "source_pipeline",
          "uri",
          "parent_ids");

  private static final int FIRST_COLUMN = 6;

  private FlowymlDiagnosis() {}

  /** What could not be taken from FlowyML's table as it stands there. */
  public static List<Problem> problems(Session session) {
    return session.list(
        """
        SELECT artifact_id, id, column_name, problem FROM flowyml_problem
        ORDER BY artifact_id, column_name\
        """,
        r -> new Problem(r.getString(1), r.getString(2), r.getString(3), r.getString(4)));
  }

  /** FlowyML's writes that wait to be taken in. */
  public static long waiting(Session session) {
    var waiting = session.number("SELECT count(*) FROM flowyml_change");
    return waiting == null ? 0 : waiting;
  }

  /**
   * Compares every row; what is a {@linkplain #problems problem} already is no disagreement.
   *
   * @return one line for each artifact that FlowyML sees otherwise, at most 100
   */
  public static List<String> disagreements(Session session) {
    var found = new ArrayList<String>();
    session.each(MISSING, r -> add(found, "artifact %s is not in FlowyML's table", r.getString(1)));
    session.each(
        UNKNOWN,
        r -> add(found, "row %s of FlowyML's table is not in the catalog", r.getString(1)));
    var problems = problems(session);
    session.stream(
        DIFFERENT,
        r -> {
          var id = r.getString(1);
          var columns = new ArrayList<String>();
          if (!sameObject(r.getString(2), r.getString(4))) {
            columns.add("tags");
          }
          if (!sameObject(r.getString(3), r.getString(5))) {
            columns.add("metadata");
          }
          for (int i = 0; i < COLUMNS.size(); i++) {
            if (r.getBoolean(FIRST_COLUMN + i)) {
              columns.add(COLUMNS.get(i));
            }
          }
          columns.removeIf(
              column ->
                  problems.stream().anyMatch(p -> p.id().equals(id) && p.column().equals(column)));
          if (!columns.isEmpty()) {
            add(found, "artifact %s has other " + columns + " in FlowyML's table", id);
          }
        });
    return found;
  }

  private static void add(List<String> found, String line, @Nullable String id) {
    if (found.size() < MOST) {
      found.add(line.formatted(id));
    }
  }

  private static boolean sameObject(String known, @Nullable String theirs) {
    if (known.equals(theirs)) {
      return true;
    }
    if (theirs == null || theirs.isEmpty() || theirs.equals("null")) {
      return known.equals("{}");
    }
    try {
      return Json.parsePython(theirs, PythonJson.MAX_DEPTH) instanceof Map<?, ?> other
          && PythonJson.dumpsSorted(Json.parsePython(known, PythonJson.MAX_DEPTH))
              .equals(PythonJson.dumpsSorted(other));
    } catch (CatalogException e) {
      return false; // it does not parse, so it does not mean the same
    }
  }
}
