package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Facets;
import io.flowyml.catalog.Stats;
import io.flowyml.catalog.query.Field.BuiltIn;
import io.flowyml.catalog.query.Query;
import io.flowyml.catalog.spi.FacetField;
import io.flowyml.catalog.spi.FacetQuery;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a project holds by its counters and by what the dictionary says of each type, name
 * and day: it costs as many rows as there are of these, and none of the artifacts. Of the past,
 * names and duplicates are counted by reading all artifacts.
 */
final class Statistics {
  private static final int TOP_NAMES = 10;
  private static final int DAYS = 31;
  private static final int WEEKS = 26;
  private static final int MONTH_TEXT = "2026-03".length();

  private static final FacetQuery COUNTS =
      new FacetQuery(
          new Query.All(),
          List.of(
              new FacetField.Values("type", BuiltIn.TYPE),
              new FacetField.Values("created", BuiltIn.CREATED)),
          Integer.MAX_VALUE);

  private static final FacetQuery NAMES =
      new FacetQuery(
          new Query.All(), List.of(new FacetField.Values("name", BuiltIn.NAME)), TOP_NAMES);

  /** What lived and had content, but for the oldest of each content. */
  private static final String DUPLICATES_THEN =
      """
      SELECT count(*), coalesce(sum(size), 0) FROM (
        SELECT size, row_number() OVER (PARTITION BY content_key, content_hash ORDER BY doc) AS nth
        FROM (
          SELECT a.doc, a.size,
            CASE WHEN a.from_seq <= t.seq THEN a.content_key ELSE p.content_key END AS content_key,
            CASE WHEN a.from_seq <= t.seq THEN a.content_hash ELSE p.content_hash END AS content_hash
          FROM (SELECT CAST(? AS BIGINT) AS seq) t
          JOIN artifact a ON a.project = ?
          LEFT JOIN artifact_past p ON p.project = a.project AND p.doc = a.doc
            AND a.from_seq > t.seq AND p.from_seq <= t.seq AND p.to_seq > t.seq
          WHERE (a.from_seq <= t.seq OR p.doc IS NOT NULL)
          AND (a.deleted_seq IS NULL OR a.deleted_seq > t.seq) AND %s) living
        WHERE content_key IS NOT NULL) numbered
      WHERE nth > 1\
      """
          .formatted(Past.notDeleted("a"));

  private Statistics() {}

  private record Counters(long seq, long docs, long names, long duplicates, long duplicateBytes) {}

  static Stats of(
      Session session, String projectName, long project, ArtifactRows rows, SearchEngine searches) {
    var moment = rows.moment();
    var counters = moment == null ? counters(session, project) : past(session, project, moment);
    var facets = searches.facets(session, projectName, project, rows, COUNTS);
    var names = searches.facets(session, projectName, project, rows, NAMES);
    if (counters == null) {
      throw SearchEngine.State.withoutRow(projectName);
    }
    var days = new TreeMap<String, Long>(Collections.reverseOrder());
    days.putAll(counts(facets.facets().get(1)));
    return new Stats(
        projectName,
        counters.seq(),
        facets.matches(),
        counters.docs() - facets.matches(),
        counters.names(),
        counters.duplicates(),
        counters.duplicateBytes(),
        counts(facets.facets().get(0)),
        counts(names.facets().get(0)),
        new Stats.Growth(
            summed(days, day -> day, DAYS),
            summed(days, Statistics::monday, WEEKS),
            summed(days, day -> day.substring(0, MONTH_TEXT), Integer.MAX_VALUE)));
  }

  private static @Nullable Counters counters(Session session, long project) {
    return session.first(
        "SELECT seq, doc, name_no, duplicates, duplicate_bytes FROM project WHERE project = ?",
        r -> new Counters(r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5)),
        project);
  }

  /** Nobody kept what the counters were: what had a name and content then is counted again. */
  private static Counters past(Session session, long project, Moment moment) {
    var names =
        session.number(
            """
            SELECT count(*) FROM (
              SELECT name FROM artifact WHERE project = ? AND from_seq <= ?
              UNION SELECT name FROM artifact_past WHERE project = ? AND from_seq <= ?) n\
            """,
            project,
            moment.seq(),
            project,
            moment.seq());
    var duplicates =
        session.first(
            DUPLICATES_THEN,
            r -> new Duplicated(r.getLong(1), r.getLong(2)),
            moment.seq(),
            project);
    return new Counters(
        moment.seq(),
        moment.docs(),
        names == null ? 0 : names,
        duplicates == null ? 0 : duplicates.number(),
        duplicates == null ? 0 : duplicates.bytes());
  }

  private record Duplicated(long number, long bytes) {}

  private static Map<String, Long> counts(Facets.Facet facet) {
    var counts = new LinkedHashMap<String, Long>();
    facet
        .values()
        .forEach(value -> counts.merge(String.valueOf(value.value()), value.count(), Long::sum));
    return counts;
  }

  /** The first sums, in the order of the days. */
  private static Map<String, Long> summed(
      Map<String, Long> days, UnaryOperator<String> stretch, int most) {
    var sums = new LinkedHashMap<String, Long>();
    days.forEach(
        (day, count) -> {
          var of = stretch.apply(day);
          if (sums.containsKey(of) || sums.size() < most) {
            sums.merge(of, count, Long::sum);
          }
        });
    return sums;
  }

  private static String monday(String day) {
    try {
      return LocalDate.parse(day)
          .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
          .toString();
    } catch (DateTimeException e) {
      // A year that has no four digits, from a file of FlowyML's.
      return day;
    }
  }
}
