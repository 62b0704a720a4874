package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.json.JsonTime;
import io.flowyml.catalog.query.FieldValue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Along the index of times. */
final class CreatedWalk implements SortWalk {
  private final Session session;
  private final long project;
  private final boolean descending;
  private final Deque<Created> read = new ArrayDeque<>();
  private boolean ended;
  private @Nullable Long bound;
  private boolean inclusive;
  private int width = SortWalks.FIRST_STEPS;
  private long steps;

  private record Created(long at, long doc) {}

  CreatedWalk(Session session, long project, boolean descending) {
    this.session = session;
    this.project = project;
    this.descending = descending;
  }

  @Override
  public DocBits without(DocBits docs) {
    return new DocBits(-1);
  }

  @Override
  public boolean isSingleValued() {
    return true;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void from(@Nullable FieldValue start) {
    bound =
        start == null ? null : Clock.micros(Instant.parse(start.text().toUpperCase(Locale.ROOT)));
    inclusive = true;
  }

  @Override
  public @Nullable Group next(DocBits docs) {
    while (read.isEmpty()) {
      if (ended) {
        return null;
      }
      read();
    }
    long at = read.getFirst().at();
    var found = new DocBits(docs.top());
    while (!read.isEmpty() && read.getFirst().at() == at) {
      long doc = read.removeFirst().doc();
      if (docs.has(doc)) {
        found.add(doc);
      }
    }
    return new Group(FieldValue.plain(JsonTime.text(Clock.instant(at))), found);
  }

  private void read() {
    var page = page();
    ended = page.size() < width;
    if (!ended) {
      long last = page.getLast().at();
      var whole = page.stream().filter(row -> row.at() != last).toList();
      if (whole.isEmpty()) {
        width *= 2;
        return;
      }
      page = whole;
    }
    if (!page.isEmpty()) {
      bound = page.getLast().at();
      inclusive = false;
      steps += page.size();
      read.addAll(page);
    }
    width = Math.min(Math.max(width, SortWalks.MOST_STEPS), width * 2);
  }

  private List<Created> page() {
    var condition =
        bound == null
            ? ""
            : " AND created_at " + (descending ? "<" : ">") + (inclusive ? "= ?" : " ?");
    var sql =
        "SELECT created_at, doc FROM artifact WHERE project = ?"
            + condition
            + " ORDER BY created_at"
            + (descending ? " DESC" : "")
            + " LIMIT ?";
    Function<Object[], List<Created>> run =
        params -> session.list(sql, r -> new Created(r.getLong(1), r.getLong(2)), params);
    return bound == null
        ? run.apply(new Object[] {project, width})
        : run.apply(new Object[] {project, bound, width});
  }
}
