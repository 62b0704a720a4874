package io.flowyml.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change: who did what, when. Numbered without gaps within its project.
 *
 * @param at when the catalog learned of it; never earlier than the event before
 * @param actor who did it; {@code external} for a change that FlowyML made in a shared file
 * @param artifactId the artifact that changed; for an alias the one it points at now, or pointed at
 *     before it was dropped
 * @param changes what changed, by field: {@code {"tags": {"stage": {"from": "staging", "to":
 *     "production"}}}}; an absent {@code from} was not there before
 * @since 0.1
 */
public record Event(
    long seq,
    Instant at,
    String actor,
    Kind kind,
    @Nullable String artifactId,
    @Nullable String name,
    @Nullable String version,
    Map<String, @Nullable Object> changes) {

  /** What kind of change. */
  public enum Kind {
    REGISTERED,
    TAGGED,
    METADATA_SET,
    PARENTS_ADDED,
    ALIAS_MOVED,
    ALIAS_DROPPED,
    DELETED,
    RESTORED,
    PURGED,
    /** FlowyML overwrote the artifact in a shared file. */
    REPLACED
  }

  public Event {
    changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
  }
}
