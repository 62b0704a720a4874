package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.OnDuplicate;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import io.flowyml.catalog.internal.sql.Draft;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row of FlowyML's table says, read by the tolerant rules: nothing is refused, and what
 * cannot be taken as it stands is named in a problem and hides nothing else.
 *
 * @param artifactId as the table has it
 */
record Entry(String artifactId, Draft draft, List<Problem> problems) {

  /** The id in the catalog of what FlowyML's table calls so. */
  static String id(String artifactId) {
    return Reading.clean(artifactId);
  }

  static Entry of(FlowymlRow row, ZoneId zone) {
    var reading = new Reading(row);
    var tags = reading.object("tags", row.tags());
    var metadata = reading.object("metadata", row.metadata());
    var hash = reading.optional("content_hash", row.contentHash());
    var registration =
        new Registration(
            reading.id,
            reading.text("name", row.name()),
            reading.text("artifact_type", row.artifactType()),
            reading.optional("version", row.version()),
            hash == null ? null : new Content.Digest(hash, null, HashOrigin.DECLARED),
            reading.optional("uri", row.uri()),
            reading.optional("source_step", row.sourceStep()),
            reading.optional("source_run_id", row.sourceRunId()),
            reading.optional("source_pipeline", row.sourcePipeline()),
            reading.parents(row.parentIds()),
            tags.value(),
            metadata.value(),
            List.of(),
            OnDuplicate.KEEP);
    var createdAt = reading.time(row.createdAt(), zone);
    return new Entry(
        reading.artifactId,
        new Draft(registration, true, true, tags.text(), metadata.text(), createdAt, true),
        reading.problems);
  }

  /** A JSON object with the text that it was read from, or would be written as. */
  private record JsonObject(String text, Map<String, @Nullable Object> value) {
    static final JsonObject EMPTY = new JsonObject("{}", Map.of());
  }

  /** Collects the problems of one row. */
  private static final class Reading {
    private static final char REPLACEMENT = '\uFFFD';

    private final String artifactId;
    private final String id;
    private List<Problem> problems = List.of();

    Reading(FlowymlRow row) {
      artifactId = row.artifactId() == null ? "" : row.artifactId();
      id = clean(artifactId);
      if (!id.equals(artifactId)) {
        noteReplaced("artifact_id");
      }
    }

    private void problem(String column, String problem) {
      if (problems.isEmpty()) {
        problems = new ArrayList<>();
      }
      problems.add(new Problem(artifactId, id, column, problem));
    }

    private void noteReplaced(String column) {
      problem(column, "holds NUL or a lone surrogate, which the catalog has as U+FFFD");
    }

    String text(String column, @Nullable String text) {
      if (text == null) {
        return "";
      }
      var clean = clean(text);
      if (!clean.equals(text)) {
        noteReplaced(column);
      }
      return clean;
    }

    /** For a column in which FlowyML writes {@code ''} for absent. */
    @Nullable String optional(String column, @Nullable String text) {
      return text == null || text.isEmpty() ? null : text(column, text);
    }

    JsonObject object(String column, @Nullable String text) {
      if (text == null || text.isEmpty() || text.equals("{}") || text.equals("null")) {
        return JsonObject.EMPTY;
      }
      if (!(json(column, text) instanceof Map<?, ?> map)) {
        return JsonObject.EMPTY;
      }
      @SuppressWarnings("unchecked") // JSON objects have text keys
      var value = (Map<String, @Nullable Object>) map;
      if (mayNeedCleaning(text)) {
        @SuppressWarnings("unchecked")
        var clean = (Map<String, @Nullable Object>) cleaned(value);
        if (clean != null && !clean.equals(value)) {
          noteReplaced(column);
          return new JsonObject(PythonJson.dumps(clean), clean);
        }
      }
      return new JsonObject(text, value);
    }

    /** The ids, each once; what is not a text stands as its JSON. */
    List<String> parents(@Nullable String text) {
      if (text == null || text.isEmpty() || text.equals("[]") || text.equals("null")) {
        return List.of();
      }
      if (!(json("parent_ids", text) instanceof List<?> list)) {
        return List.of();
      }
      var ids = new LinkedHashSet<String>();
      boolean unclean = false;
      for (var value : list) {
        var parent = value instanceof String string ? string : PythonJson.dumps(value);
        var clean = clean(parent);
        unclean |= !clean.equals(parent);
        ids.add(clean);
      }
      if (unclean) {
        noteReplaced("parent_ids");
      }
      return List.copyOf(ids);
    }

    /** A list or an object; {@code null} and a problem for anything else. */
    private @Nullable Object json(String column, String text) {
      Object value;
      try {
        value = Json.parsePython(text, PythonJson.MAX_DEPTH);
      } catch (CatalogException e) {
        problem(column, "is taken as empty: " + e.getMessage());
        return null;
      }
      boolean fits = column.equals("parent_ids") ? value instanceof List : value instanceof Map;
      if (!fits && value != null) {
        problem(column, "is taken as empty: it is JSON, but not of the kind that belongs there");
      }
      return fits ? value : null;
    }

    @Nullable Instant time(@Nullable String text, ZoneId zone) {
      var time = text == null ? null : CreatedAt.parse(text, zone);
      if (time == null) {
        problem("created_at", "is no time, so the artifact counts as created when it was read");
      }
      return time;
    }

    /**
     * Without an escape a JSON text holds what it shows, and a raw control character does not
     * parse.
     */
    private static boolean mayNeedCleaning(String text) {
      return text.contains("\\u") || !clean(text).equals(text);
    }

    private static @Nullable Object cleaned(@Nullable Object value) {
      return switch (value) {
        case String text -> clean(text);
        case List<?> list -> {
          var clean = new ArrayList<@Nullable Object>(list.size());
          list.forEach(element -> clean.add(cleaned(element)));
          yield clean;
        }
        case Map<?, ?> map -> {
          var clean = new LinkedHashMap<String, @Nullable Object>();
          map.forEach((key, member) -> clean.put(clean((String) key), cleaned(member)));
          yield clean;
        }
        case null, default -> value;
      };
    }

    private static String clean(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == 0) {
          return withReplacements(text);
        }
        if (Character.isSurrogate(c)) {
          if (!Character.isHighSurrogate(c)
              || i + 1 == text.length()
              || !Character.isLowSurrogate(text.charAt(i + 1))) {
            return withReplacements(text);
          }
          i++;
        }
      }
      return text;
    }

    private static String withReplacements(String text) {
      var clean = new StringBuilder(text.length());
      text.codePoints()
          .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
          .forEach(clean::appendCodePoint);
      return clean.toString();
    }
  }
}
