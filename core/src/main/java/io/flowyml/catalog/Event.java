package io.flowyml.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change: who did what, when. Numbered without gaps within its project.
 *
 * @param seq its number, from 1
 * @param at when the catalog learned of it; never earlier than the event before
 * @param actor who did it; {@code external} for a change that FlowyML made in a shared file
 * @param kind what was done
 * @param artifactId the artifact that changed; for an alias the one it points at now, or pointed at
 *     before it was dropped
 * @param name of the artifact; {@code null} where no artifact is meant
 * @param version of the artifact; likewise
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
    /** A new artifact. */
    REGISTERED,
    /** Tags were set or removed. */
    TAGGED,
    /** Metadata was changed. */
    METADATA_SET,
    /** Parents were added. */
    PARENTS_ADDED,
    /** An alias points here now. */
    ALIAS_MOVED,
    /** An alias was taken away. */
    ALIAS_DROPPED,
    /** A tombstone is left. */
    DELETED,
    /** The deletion was undone. */
    RESTORED,
    /** What the tombstone had left was erased. */
    PURGED,
    /** FlowyML overwrote the artifact in a shared file. */
    REPLACED
  }

  public Event {
    changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
  }
}
