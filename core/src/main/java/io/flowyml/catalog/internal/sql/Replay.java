package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.spi.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the events of another catalog again, in their order, as events of now that keep when and by
 * whom they were done first. What was done here already is passed over; at the first conflict it
 * stops. As a trial it only says what would become of each event, and finds every conflict.
 */
final class Replay {
  private static final long LONGEST_LINE = 16L * Limits.BATCH_LINE_BYTES;
  private static final int BATCH = 500;
  private static final long BATCH_CHARACTERS = 4L << 20;

  private final SqlCatalogBackend backend;
  private final Scope scope;

  Replay(SqlCatalogBackend backend, Scope scope) {
    this.backend = backend;
    this.scope = scope;
  }

  /** Answers an outcome without an artifact for each event, up to the first that is refused. */
  void run(Import.Parsed header, LineReader lines, Consumer<Outcome> outcomes) {
    var trial =
        header.fields(ExportLine.HEADER).flag(ExportLine.DRY_RUN) ? new Conflicts.Trial() : null;
    var batch = new ArrayList<ReplayedEvent>();
    long characters = 0;
    long last = header.number();
    boolean ended = false;
    for (var line = lines.next(LONGEST_LINE); line != null; line = lines.next(LONGEST_LINE)) {
      last = line.number();
      var parsed = Import.parsed(line);
      if (parsed.is(ExportLine.END)) {
        ended = true;
        continue;
      }
      batch.add(ReplayedEvent.of(parsed));
      characters += line.text() == null ? 0 : line.text().length();
      if (batch.size() >= BATCH || characters >= BATCH_CHARACTERS) {
        if (!done(batch, trial, outcomes)) {
          return;
        }
        batch.clear();
        characters = 0;
      }
    }
    if (done(batch, trial, outcomes) && !ended) {
      throw Import.cutOff(last);
    }
  }

  /** Whether there is more to do. */
  private boolean done(
      List<ReplayedEvent> batch, Conflicts.@Nullable Trial trial, Consumer<Outcome> outcomes) {
    var all = trial == null ? replayed(List.copyOf(batch)) : tried(batch, trial);
    all.forEach(outcomes);
    return trial != null || all.isEmpty() || all.getLast().status() != Outcome.Status.REFUSED;
  }

  private List<Outcome> tried(List<ReplayedEvent> batch, Conflicts.Trial trial) {
    var allNew = batch.stream().map(event -> outcome(Outcome.Status.CREATED)).toList();
    return backend.read(
        scope,
        allNew,
        (session, project, rows) -> {
          var conflicts = new Conflicts(session, project, rows, trial);
          var outcomes = new ArrayList<Outcome>();
          for (var event : batch) {
            outcomes.add(tried(conflicts, event));
          }
          return outcomes;
        });
  }

  private static Outcome tried(Conflicts conflicts, ReplayedEvent event) {
    try {
      boolean known = conflicts.knows(event) || conflicts.refuse(event);
      return outcome(known ? Outcome.Status.EXISTING : Outcome.Status.CREATED);
    } catch (CatalogException e) {
      return Outcome.refused(e);
    }
  }

  static Outcome outcome(Outcome.Status status) {
    return new Outcome(status, null, null);
  }

  private List<Outcome> replayed(List<ReplayedEvent> batch) {
    if (batch.isEmpty()) {
      return List.of();
    }
    return backend.write(
        scope.project(),
        (transaction, project) -> {
          var replaying = new Replaying(backend, scope, transaction, project);
          var outcomes = new ArrayList<Outcome>();
          for (var event : batch) {
            long before = transaction.session().writes();
            try {
              outcomes.add(outcome(replaying.replay(event)));
            } catch (CatalogException e) {
              if (transaction.session().writes() != before || !WriteQueue.isRefusal(e)) {
                throw e;
              }
              outcomes.add(Outcome.refused(e));
              break;
            }
          }
          return outcomes;
        });
  }

  /** The error for what cannot be done again, since the two catalogs are at odds. */
  static CatalogException conflict(ErrorCode code, String message, Map<String, ?> facts) {
    return new CatalogException(code, message, facts, null);
  }
}
