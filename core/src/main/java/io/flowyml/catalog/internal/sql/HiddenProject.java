package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.Scope;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project under a name that nobody can ask for, where an export is restored until it is whole.
 * Its time is when it was written to last, which tells those abandoned by a process that died.
 */
final class HiddenProject {
  private static final String PREFIX = ".import-";
  private static final long ABANDONED_MICROS = Duration.ofHours(1).toNanos() / 1_000;

  /** Of transfers in parts, which wait for their next part. */
  private static final String TRANSFER_PREFIX = ".transfer-";

  private static final long GIVEN_UP_MICROS = Duration.ofDays(1).toNanos() / 1_000;
  private static final int ROWS = 1_000;

  private final SqlCatalogBackend backend;
  private final String name;
  private final String actor;
  private @Nullable Long number;

  private HiddenProject(SqlCatalogBackend backend, String actor, String name) {
    this.backend = backend;
    this.actor = actor;
    this.name = name;
  }

  static HiddenProject of(SqlCatalogBackend backend, String actor) {
    return new HiddenProject(backend, actor, PREFIX + TimeOrderedId.next());
  }

  /** What parts of a transfer to a project were written to, or will be. */
  static HiddenProject ofTransfer(SqlCatalogBackend backend, Scope scope, String transfer) {
    return new HiddenProject(
        backend, scope.actor(), TRANSFER_PREFIX + scope.project() + "-" + transfer);
  }

  /** How many lines of an export it holds: each made one row of these. */
  long lines() {
    return backend.readApart(
        session -> {
          var lines =
              session.number(
                  """
                  SELECT (SELECT count(*) FROM artifact WHERE project = p.no)
                    + (SELECT count(*) FROM artifact_past WHERE project = p.no)
                    + (SELECT count(*) FROM tags_past WHERE project = p.no)
                    + (SELECT count(*) FROM metadata_past WHERE project = p.no)
                    + (SELECT count(*) FROM deletion_past WHERE project = p.no)
                    + (SELECT count(*) FROM parent WHERE project = p.no AND to_seq IS NOT NULL)
                    + (SELECT count(*) FROM alias WHERE project = p.no)
                    + (SELECT count(*) FROM event WHERE project = p.no)
                  FROM (SELECT project AS no FROM project WHERE name = ?) p\
                  """,
                  name);
          return lines == null ? 0L : lines;
        });
  }

  void write(RestoredRows.Counts expected, List<Import.Parsed> lines) {
    var batch = List.copyOf(lines);
    number =
        backend.write(
            name,
            (transaction, project) -> {
              refuseAnother(project);
              new RestoredRows(transaction, project, backend.indexer(), expected).insert(batch);
              return project.no();
            });
  }

  private void refuseAnother(Transaction.Project project) {
    if (number != null && number != project.no()) {
      throw new CatalogException(
          ErrorCode.TIMEOUT,
          "the import stood still for over an hour and was cleared away; import again");
    }
  }

  void refuseUnless(RestoredRows.Counts expected) {
    backend.write(
        name,
        (transaction, project) -> {
          if (project.docs() != expected.artifacts() || project.seq() != expected.events()) {
            throw new CatalogException(
                ErrorCode.INVALID_ARGUMENT,
                "the export says it has %d artifacts and %d events, but holds %d and %d; export again, and copy all of it"
                    .formatted(
                        expected.artifacts(), expected.events(), project.docs(), project.seq()));
          }
          return true;
        });
  }

  /** Indexes what the artifacts were before; it needs all events. */
  void indexPast() {
    for (long next = 1; next > 0; ) {
      long first = next;
      next =
          backend.write(
              name,
              (transaction, project) -> {
                refuseAnother(project);
                long last = lastOfBatch(transaction.session(), project, first);
                backend.indexer().indexPast(transaction, project, first, last);
                return last < project.docs() ? last + 1 : 0;
              });
    }
  }

  /** A batch is bounded by its artifacts and by what happened to them. */
  private static long lastOfBatch(Session session, Transaction.Project project, long first) {
    long last = Math.min(project.docs(), first + ROWS - 1);
    var events =
        session.list(
            "SELECT doc FROM event WHERE project = ? AND doc BETWEEN ? AND ? ORDER BY doc LIMIT ?",
            r -> r.getLong(1),
            project.no(),
            first,
            last,
            2 * ROWS);
    return events.size() < 2 * ROWS ? last : Math.max(first, events.getLast() - 1);
  }

  /**
   * Gives the project its name.
   *
   * @return whether there was nothing under that name
   */
  boolean publishAs(String target) {
    return backend.write(
        name,
        (transaction, project) -> {
          refuseAnother(project);
          return transaction.rename(project, target);
        });
  }

  /** Clears away what was written; a failure to do so is told beside what went wrong before. */
  void removeAfter(Throwable cause) {
    try {
      remove(name);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Clears away what processes that died left. */
  void removeAbandoned() {
    for (var abandoned : backend.projectsLeft(PREFIX, Clock.micros() - ABANDONED_MICROS)) {
      remove(abandoned);
    }
    for (var givenUp : backend.projectsLeft(TRANSFER_PREFIX, Clock.micros() - GIVEN_UP_MICROS)) {
      remove(givenUp);
    }
  }

  private record Extent(long docs, long events, long names, long terms) {}

  private void remove(String hidden) {
    var scope = new Scope(hidden, actor);
    var extent =
        backend.write(
            hidden,
            (transaction, project) ->
                new Extent(project.docs(), project.seq(), project.names(), project.terms()));
    for (var table :
        List.of(
            "artifact", "artifact_past", "tags_past", "metadata_past", "deletion_past", "alias")) {
      remove(
          scope,
          "DELETE FROM %s WHERE project = ? AND doc BETWEEN ? AND ?".formatted(table),
          extent.docs());
    }
    remove(scope, "DELETE FROM parent WHERE project = ? AND child BETWEEN ? AND ?", extent.docs());
    remove(scope, "DELETE FROM event WHERE project = ? AND seq BETWEEN ? AND ?", extent.events());
    remove(scope, "DELETE FROM name WHERE project = ? AND no BETWEEN ? AND ?", extent.names());
    removeTerms(hidden, extent.terms());
    backend.write(
        hidden,
        (transaction, project) -> {
          transaction.remove(project);
          return true;
        });
  }

  private void remove(Scope scope, String sql, long rows) {
    for (long from = 0; from <= rows; from += ROWS) {
      long first = from;
      backend.write(
          scope.project(),
          (transaction, project) ->
              transaction.session().update(sql, project.no(), first, first + ROWS - 1));
    }
  }

  private void removeTerms(String hidden, long terms) {
    for (long from = 0; from <= terms; from += ROWS) {
      long first = from;
      backend.write(
          hidden,
          (transaction, project) -> {
            backend.indexer().removeAll(transaction, project, first, first + ROWS - 1);
            return true;
          });
    }
  }
}
