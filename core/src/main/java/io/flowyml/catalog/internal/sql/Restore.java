package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.spi.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Brings an export back as it was: numbers, times and history. It is written batch by batch into a
 * hidden project, which gets its name once the export has proved whole; what is broken off never
 * shows. An export may come in parts, each with a header that names the transfer and says how many
 * lines came before; what is broken off then waits for a day to be gone on with.
 */
final class Restore {
  /**
   * An export's line holds what tolerant doors let in, and that twice where a text stands beside
   * it.
   */
  private static final long LONGEST_LINE = 16L * Limits.BATCH_LINE_BYTES;

  private static final int BATCH = 500;
  private static final long BATCH_CHARACTERS = 4L << 20;
  private static final int SHOWN = 200;

  private final SqlCatalogBackend backend;
  private final Scope scope;

  Restore(SqlCatalogBackend backend, Scope scope) {
    this.backend = backend;
    this.scope = scope;
  }

  void run(Import.Parsed header, LineReader lines, Consumer<Outcome> outcomes) {
    var fields = header.fields(ExportLine.HEADER);
    var transfer = fields.text(ExportLine.TRANSFER);
    var hidden =
        transfer == null
            ? HiddenProject.of(backend, scope.actor())
            : HiddenProject.ofTransfer(backend, scope, transfer);
    hidden.removeAbandoned();
    if (transfer != null) {
      refuseUnlessNext(hidden.lines(), fields.neededInteger(ExportLine.LINES));
    }
    try {
      var counts = RestoredRows.Counts.of(fields);
      if (!readAll(hidden, counts, header.number(), lines, transfer != null)) {
        return;
      }
      hidden.indexPast();
      publish(hidden);
    } catch (RuntimeException | Error e) {
      if (transfer == null || isWrong(e)) {
        hidden.removeAfter(e);
      }
      throw e;
    }
    if (transfer == null) {
      show(outcomes);
    } else if (backend.mirrorOf(scope.project()) != null) {
      show(outcome -> {}); // who sent the parts knows what was in them
    }
  }

  private static void refuseUnlessNext(long there, long claimed) {
    if (there != claimed) {
      throw new CatalogException(
          ErrorCode.IN_USE,
          "the transfer has %d lines here and not %d; go on from there".formatted(there, claimed),
          Map.of(ExportLine.LINES, there),
          null);
    }
  }

  /** Whether the lines themselves are no good, so that going on with them leads nowhere. */
  private static boolean isWrong(Throwable e) {
    return e instanceof CatalogException refused
        && (refused.code() == ErrorCode.INVALID_ARGUMENT
            || refused.code() == ErrorCode.CORRUPT
            || refused.code() == ErrorCode.IN_USE);
  }

  /** Whether the end was reached. */
  private boolean readAll(
      HiddenProject hidden,
      RestoredRows.Counts expected,
      long headerLine,
      LineReader lines,
      boolean inParts) {
    var batch = new ArrayList<Import.Parsed>();
    long characters = 0;
    long last = headerLine;
    boolean ended = false;
    for (var line = lines.next(LONGEST_LINE); line != null; line = lines.next(LONGEST_LINE)) {
      last = line.number();
      var parsed = Import.parsed(line);
      if (parsed.error() != null) {
        throw parsed.error();
      }
      if (ended) {
        throw parsed.refused(
            new CatalogException(
                ErrorCode.INVALID_ARGUMENT,
                "something follows the end of the export; import one export at a time"));
      }
      if (parsed.is(ExportLine.END)) {
        ended = true;
        continue;
      }
      batch.add(parsed);
      characters += line.text() == null ? 0 : line.text().length();
      if (batch.size() >= BATCH || characters >= BATCH_CHARACTERS) {
        hidden.write(expected, batch);
        batch.clear();
        characters = 0;
      }
    }
    hidden.write(expected, batch);
    if (!ended && inParts) {
      return false;
    }
    if (!ended) {
      throw Import.cutOff(last);
    }
    hidden.refuseUnless(expected);
    return true;
  }

  private void publish(HiddenProject hidden) {
    if (!hidden.publishAs(scope.project())) {
      throw notEmpty(scope);
    }
  }

  static CatalogException notEmpty(Scope scope) {
    return new CatalogException(
        ErrorCode.IN_USE,
        "project %s got something else while the export was read; import again, to add to it"
            .formatted(scope.project()),
        Map.of("project", scope.project()),
        null);
  }

  /** Shows the other program what there is now, and the caller too. */
  private void show(Consumer<Outcome> outcomes) {
    long after = 0;
    while (true) {
      var shown = show(after);
      if (shown.isEmpty()) {
        return;
      }
      for (var stored : shown) {
        outcomes.accept(Outcome.of(Outcome.Status.CREATED, stored.artifact()));
      }
      after = shown.getLast().doc();
    }
  }

  private List<ArtifactRows.Stored> show(long after) {
    var mirror = backend.mirrorOf(scope.project());
    if (mirror == null) {
      return backend.read(
          scope, List.of(), (session, project, rows) -> next(session, project, rows, after));
    }
    return backend.write(
        scope.project(),
        (transaction, project) -> {
          var session = transaction.session();
          var rows = new ArtifactRows(scope.project(), session.dialect());
          var shown = next(session, project.no(), rows, after);
          for (var stored : shown) {
            Artifact artifact = stored.artifact();
            if (!artifact.isDeleted()) {
              mirror.insert(session, artifact);
            }
          }
          return shown;
        });
  }

  private static List<ArtifactRows.Stored> next(
      Session session, long project, ArtifactRows rows, long after) {
    return rows.list(
        session, "WHERE a.project = ? AND a.doc > ? ORDER BY a.doc LIMIT ?", project, after, SHOWN);
  }
}
