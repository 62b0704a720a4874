package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import io.flowyml.catalog.internal.json.Storable;
import io.flowyml.catalog.spi.Scope;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Lines. An export comes back into an empty project as it was ({@link Restore}); into
 * any other its artifacts are registered, as plain records are, by the tolerant rules ({@link
 * Merge}). Events are done again ({@link Replay}).
 */
final class Import {
  private static final int BATCH = 500;
  private static final long BATCH_CHARACTERS = 4L << 20;

  private final SqlCatalogBackend backend;
  private final Scope scope;

  Import(SqlCatalogBackend backend, Scope scope) {
    this.backend = backend;
    this.scope = scope;
  }

  /** A line as JSON, or why it is none. */
  record Parsed(long number, Map<String, @Nullable Object> json, @Nullable CatalogException error) {
    CatalogException refused(CatalogException e) {
      return refused(number, e);
    }

    static CatalogException refused(long number, CatalogException e) {
      var facts = new LinkedHashMap<String, Object>(e.facts());
      facts.put("line", number);
      return new CatalogException(
          e.code(), "line %d: %s".formatted(number, e.getMessage()), facts, e);
    }

    boolean is(String what) {
      return json.get(what) instanceof Map;
    }

    Fields fields(String what) {
      return new Fields(new Fields(json, "the line").object(what), "line " + number);
    }
  }

  void read(BufferedReader source, Consumer<Outcome> outcomes) {
    var lines = new LineReader(source);
    var first = lines.next(Limits.BATCH_LINE_BYTES);
    if (first == null) {
      return;
    }
    var parsed = parsed(first);
    if (parsed.is(ExportLine.HEADER)) {
      long format = parsed.fields(ExportLine.HEADER).neededInteger("format");
      if (format > ExportLine.FORMAT) {
        throw new CatalogException(
            ErrorCode.SCHEMA_TOO_NEW,
            "the export has format %d, this program knows up to %d; use a newer flowyml-catalog"
                .formatted(format, ExportLine.FORMAT));
      }
      if (parsed.fields(ExportLine.HEADER).integer(ExportLine.AFTER) != null) {
        new Replay(backend, scope).run(parsed, lines, outcomes);
        return;
      }
      if (isEmpty()) {
        new Restore(backend, scope).run(parsed, lines, outcomes);
        return;
      }
      if (parsed.fields(ExportLine.HEADER).text(ExportLine.TRANSFER) != null) {
        throw Restore.notEmpty(scope);
      }
    }
    merge(parsed, first, lines, outcomes);
  }

  private boolean isEmpty() {
    return backend.read(scope, true, (session, project, rows) -> false);
  }

  private void merge(
      Parsed firstParsed, LineReader.Line first, LineReader lines, Consumer<Outcome> outcomes) {
    var merge = new Merge(backend, scope);
    var batch = new ArrayList<Parsed>();
    long characters = 0;
    boolean open = false;
    long last = first.number();
    var parsed = firstParsed;
    var line = first;
    while (true) {
      open = !parsed.is(ExportLine.END) && (open || parsed.is(ExportLine.HEADER));
      batch.add(parsed);
      characters += line.text() == null ? 0 : line.text().length();
      if (batch.size() >= BATCH || characters >= BATCH_CHARACTERS) {
        merge.run(batch).forEach(outcomes);
        batch.clear();
        characters = 0;
      }
      last = line.number();
      var next = lines.next(Limits.BATCH_LINE_BYTES);
      if (next == null) {
        break;
      }
      line = next;
      parsed = parsed(line);
    }
    merge.run(batch).forEach(outcomes);
    if (open) {
      outcomes.accept(Outcome.refused(cutOff(last)));
    }
  }

  static CatalogException cutOff(long lastLine) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "the export breaks off after line %d, its last line is missing; export again, and copy all of it"
            .formatted(lastLine),
        Map.of("line", lastLine),
        null);
  }

  static Parsed parsed(LineReader.Line line) {
    var text = line.text();
    if (text == null) {
      return refused(
          line,
          new CatalogException(
              ErrorCode.LIMIT_EXCEEDED,
              "it is longer than a line may be; keep large values in files"));
    }
    try {
      if (Json.parsePython(text, PythonJson.MAX_DEPTH) instanceof Map<?, ?> map) {
        return new Parsed(line.number(), Storable.object(map), null);
      }
      return refused(
          line,
          new CatalogException(
              ErrorCode.INVALID_ARGUMENT, "it is JSON, but no object; write one record a line"));
    } catch (CatalogException e) {
      return refused(line, e);
    }
  }

  private static Parsed refused(LineReader.Line line, CatalogException e) {
    return new Parsed(line.number(), Map.of(), Parsed.refused(line.number(), e));
  }

  /**
   * The text of tags or metadata as it is stored: as it came, where that stands beside the values.
   */
  static String text(Map<String, @Nullable Object> json, String field) {
    var fields = new Fields(json, "the record");
    var verbatim = fields.text(field + "_verbatim");
    if (verbatim == null) {
      return Changes.text(fields.object(field));
    }
    var value = Json.parsePython(verbatim, PythonJson.MAX_DEPTH);
    var storable = Storable.value(value);
    return java.util.Objects.equals(value, storable) ? verbatim : PythonJson.dumps(storable);
  }
}
