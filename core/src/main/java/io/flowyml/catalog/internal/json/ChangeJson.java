package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.CatalogBackend.Result;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.Change.Expected;
import io.flowyml.catalog.spi.Changed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes and their results in JSON. {@code {"change": "set_tags", "reference": "m", "set": {...},
 * "removed": [...]}}; the others are {@code patch_metadata} (patch), {@code add_parents} (parents),
 * {@code move_alias} (alias; {@code expected} is a reference, {@code null} for no such alias, and
 * absent for anything), {@code drop_alias}, {@code delete} (force) and {@code restore}.
 */
public final class ChangeJson {
  private ChangeJson() {}

  /** The change as JSON-like values. */
  public static Map<String, @Nullable Object> toMap(Change change) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    switch (change) {
      case Change.SetTags tags -> {
        map.put("change", "set_tags");
        map.put("set", tags.set());
        map.put("removed", tags.removed());
      }
      case Change.PatchMetadata metadata -> {
        map.put("change", "patch_metadata");
        map.put("patch", metadata.patch());
      }
      case Change.AddParents parents -> {
        map.put("change", "add_parents");
        map.put("parents", parents.parents());
      }
      case Change.MoveAlias alias -> {
        map.put("change", "move_alias");
        map.put("alias", alias.alias());
        switch (alias.expected()) {
          case Expected.Any any -> {}
          case Expected.None none -> map.put("expected", null);
          case Expected.Artifact artifact -> map.put("expected", artifact.reference());
        }
      }
      case Change.DropAlias alias -> map.put("change", "drop_alias");
      case Change.Delete delete -> {
        map.put("change", "delete");
        map.put("force", delete.force());
      }
      case Change.Restore restore -> map.put("change", "restore");
    }
    map.put("reference", change.reference());
    return map;
  }

  /** Reads a change. Fails with {@code invalid_argument} for what it does not know. */
  public static Change fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the change");
    var reference = fields.neededText("reference");
    var change = fields.neededText("change");
    return switch (change) {
      case "set_tags" -> {
        only(fields, "set", "removed");
        yield new Change.SetTags(reference, fields.object("set"), fields.texts("removed"));
      }
      case "patch_metadata" -> {
        only(fields, "patch");
        yield new Change.PatchMetadata(reference, fields.object("patch"));
      }
      case "add_parents" -> {
        only(fields, "parents");
        yield new Change.AddParents(reference, fields.texts("parents"));
      }
      case "move_alias" -> {
        only(fields, "alias", "expected");
        var current = fields.text("expected");
        yield new Change.MoveAlias(
            reference,
            fields.neededText("alias"),
            current != null
                ? new Expected.Artifact(current)
                : map.containsKey("expected") ? new Expected.None() : new Expected.Any());
      }
      case "drop_alias" -> {
        only(fields);
        yield new Change.DropAlias(reference);
      }
      case "delete" -> {
        only(fields, "force");
        yield new Change.Delete(reference, fields.flag("force"));
      }
      case "restore" -> {
        only(fields);
        yield new Change.Restore(reference);
      }
      default ->
          throw new CatalogException(
              ErrorCode.INVALID_ARGUMENT,
              "there is no change %s; there are set_tags, patch_metadata, add_parents, move_alias,"
                      .formatted(Json.write(change))
                  + " drop_alias, delete and restore",
              Map.of("field", "change"),
              null);
    };
  }

  private static void only(Fields fields, String... own) {
    var known = new java.util.HashSet<>(Set.of(own));
    known.add("change");
    known.add("reference");
    fields.refuseOthers(known);
  }

  /**
   * {@code {"changed": true, "artifact": {...}, "previous": {...}}}; the last only where an alias
   * moved away from something.
   */
  public static Map<String, @Nullable Object> toMap(Changed changed) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("changed", changed.changed());
    map.put("artifact", ArtifactJson.toMap(changed.artifact()));
    var previous = changed.previous();
    ArtifactJson.putIfThere(
        map, "previous", previous == null ? null : ArtifactJson.toMap(previous));
    return map;
  }

  /** As {@link #toMap(Changed)}, or {@code {"error": {...}}}. */
  public static Map<String, @Nullable Object> toMap(Result result) {
    return switch (result) {
      case Result.Done done -> toMap(done.changed());
      case Result.Refused refused -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("error", ProblemJson.toMap(refused.error()));
        yield map;
      }
    };
  }

  /** Reads a result back. Fails with {@code invalid_argument} where a field is missing or wrong. */
  public static Result resultFrom(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the result");
    if (map.containsKey("error")) {
      return new Result.Refused(ProblemJson.fromMap(fields.object("error")));
    }
    return new Result.Done(
        new Changed(
            ArtifactJson.fromMap(fields.object("artifact")),
            map.containsKey("previous") ? ArtifactJson.fromMap(fields.object("previous")) : null,
            fields.flag("changed")));
  }
}
