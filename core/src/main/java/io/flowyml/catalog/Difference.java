package io.flowyml.catalog;

import io.flowyml.catalog.internal.json.ArtifactJson;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How two records differ: two versions, or one artifact at two times.
 *
 * @param from the one record
 * @param to the other
 * @param changes what is different, by field as an {@link Event} has it: {@code {"tags": {"stage":
 *     {"from": "staging", "to": "production"}}, "parent_ids": {"added": ["raw"]}}}; an absent
 *     {@code from} or {@code to} was, or is, not there. Ids, times and actors are left out
 * @since 0.1
 */
public record Difference(Artifact from, Artifact to, Map<String, @Nullable Object> changes) {
  private static final List<String> FIELDS =
      List.of(
          "name",
          "artifact_type",
          "version",
          "declared_version",
          "content_hash",
          "size",
          "uri",
          "source_pipeline",
          "source_step",
          "source_run_id",
          "duplicate_of",
          "deleted_at");

  public Difference {
    changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
  }

  /**
   * What is different between two records, whichever they are and from whenever.
   *
   * @param from the one record
   * @param to the other
   * @return without changes where they are equal
   */
  public static Difference between(Artifact from, Artifact to) {
    var before = ArtifactJson.toMap(from);
    var after = ArtifactJson.toMap(to);
    before.keySet().retainAll(FIELDS);
    after.keySet().retainAll(FIELDS);
    var changes = new LinkedHashMap<String, @Nullable Object>(members(before, after));
    put(changes, "tags", members(from.tags(), to.tags()));
    put(changes, "metadata", members(from.metadata(), to.metadata()));
    put(changes, "parent_ids", elements(from.parentIds(), to.parentIds()));
    put(changes, "aliases", elements(from.aliases(), to.aliases()));
    return new Difference(from, to, changes);
  }

  private static void put(
      Map<String, @Nullable Object> changes, String field, Map<String, ?> change) {
    if (!change.isEmpty()) {
      changes.put(field, change);
    }
  }

  /** Equal with the same types: the number 5 is not the text 5. */
  private static Map<String, Map<String, @Nullable Object>> members(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    var keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    var changes = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    for (var key : keys) {
      if (before.containsKey(key) == after.containsKey(key)
          && Objects.equals(before.get(key), after.get(key))) {
        continue;
      }
      var change = new LinkedHashMap<String, @Nullable Object>();
      if (before.containsKey(key)) {
        change.put("from", before.get(key));
      }
      if (after.containsKey(key)) {
        change.put("to", after.get(key));
      }
      changes.put(key, change);
    }
    return changes;
  }

  private static Map<String, List<String>> elements(
      Collection<String> before, Collection<String> after) {
    var changes = new LinkedHashMap<String, List<String>>();
    var added = after.stream().filter(element -> !before.contains(element)).toList();
    if (!added.isEmpty()) {
      changes.put("added", added);
    }
    var removed = before.stream().filter(element -> !after.contains(element)).toList();
    if (!removed.isEmpty()) {
      changes.put("removed", removed);
    }
    return changes;
  }
}
