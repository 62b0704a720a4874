package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.AsOf;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.JsonTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds which state a question is about. Events never change, so what was found for a time that is
 * over is kept.
 */
final class Moments {
  private static final int KEPT = 1_000;

  private record Question(String project, AsOf asOf) {}

  private final Map<Question, Moment> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Moment> eldest) {
          return size() > KEPT;
        }
      };

  /** A project's counters. */
  private record Last(long seq, long docs, long time) {}

  /**
   * Fails with {@code not_found} where the history begins later, and with {@code invalid_argument}
   * where the event has not happened.
   */
  Moment of(Session session, String projectName, long project, AsOf asOf) {
    var question = new Question(projectName, asOf);
    var known = kept(question);
    if (known != null) {
      return known;
    }
    var last =
        session.first(
            "SELECT seq, doc, time FROM project WHERE project = ?",
            r -> new Last(r.getLong(1), r.getLong(2), r.getLong(3)),
            project);
    if (last == null) {
      throw SearchEngine.State.withoutRow(projectName);
    }
    long seq =
        switch (asOf) {
          case AsOf.Seq(long asked) -> asked;
          case AsOf.Time(var at) when Clock.micros(at) >= last.time() -> last.seq();
          case AsOf.Time(var at) ->
              lastNotAbove(Clock.micros(at), last.seq(), n -> time(session, project, n));
        };
    if (seq > last.seq()) {
      throw notYet(projectName, seq, last.seq());
    }
    if (seq < 1) {
      throw tooEarly(projectName, asOf, time(session, project, 1));
    }
    if (seq == last.seq()) {
      return new Moment(seq, last.docs());
    }
    var moment =
        new Moment(seq, lastNotAbove(seq, last.docs(), doc -> registration(session, project, doc)));
    keep(question, moment);
    return moment;
  }

  /** The greatest number from 1 to {@code high} whose value, which grows, is not above a bound. */
  private static long lastNotAbove(long bound, long high, LongUnaryOperator value) {
    long low = 0;
    long greatest = high;
    while (low < greatest) {
      long middle = low + (greatest - low + 1) / 2;
      if (value.applyAsLong(middle) <= bound) {
        low = middle;
      } else {
        greatest = middle - 1;
      }
    }
    return low;
  }

  private static long time(Session session, long project, long seq) {
    return needed(
        session.number("SELECT at FROM event WHERE project = ? AND seq = ?", project, seq));
  }

  private static long registration(Session session, long project, long doc) {
    return needed(
        session.number("SELECT min(seq) FROM event WHERE project = ? AND doc = ?", project, doc));
  }

  private static long needed(@Nullable Long number) {
    if (number == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT, "an event is missing in the numbering; restore a backup");
    }
    return number;
  }

  /** What is asked of a project to which nothing was ever written. */
  static void refuseUnlessEmpty(String projectName, @Nullable AsOf asOf) {
    if (asOf instanceof AsOf.Seq(long seq) && seq > 0) {
      throw notYet(projectName, seq, 0);
    }
  }

  private static CatalogException notYet(String projectName, long seq, long last) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "event %d of project %s has not happened; the last one is %d"
            .formatted(seq, projectName, last),
        Map.of("as_of", seq, "last", last),
        null);
  }

  private static CatalogException tooEarly(String projectName, AsOf asOf, long begin) {
    var begins = JsonTime.text(Clock.instant(begin));
    return new CatalogException(
        ErrorCode.NOT_FOUND,
        "the history of project %s begins with event 1 at %s, so what it was as of %s is not known; ask for then or later"
            .formatted(projectName, begins, asOf.asText()),
        Map.of("as_of", asOf.asText(), "begins", begins),
        null);
  }

  private synchronized @Nullable Moment kept(Question question) {
    return kept.get(question);
  }

  private synchronized void keep(Question question, Moment moment) {
    kept.put(question, moment);
  }
}
