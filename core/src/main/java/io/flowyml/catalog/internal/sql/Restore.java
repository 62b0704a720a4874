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
 * shows.
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
    var hidden = new HiddenProject(backend, scope.actor());
    hidden.removeAbandoned();
    try {
      var counts = RestoredRows.Counts.of(header.fields(ExportLine.HEADER));
      readAll(hidden, counts, header.number(), lines);
      hidden.indexPast();
      publish(hidden);
    } catch (RuntimeException | Error e) {
      hidden.removeAfter(e);
      throw e;
    }
    show(outcomes);
  }

  private void readAll(
      HiddenProject hidden, RestoredRows.Counts expected, long headerLine, LineReader lines) {
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
    if (!ended) {
      throw Import.cutOff(last);
    }
    hidden.refuseUnless(expected);
  }

  private void publish(HiddenProject hidden) {
    if (!hidden.publishAs(scope.project())) {
      throw new CatalogException(
          ErrorCode.IN_USE,
          "project %s got something else while the export was read; import again, to add to it"
              .formatted(scope.project()),
          Map.of("project", scope.project()),
          null);
    }
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
