package io.flowyml.catalog.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of one artifact, made whole or not at all.
 *
 * @since 0.1
 */
public sealed interface Change {
  /**
   * Id, {@code name@alias}, {@code name:version} or {@code name}, resolved within the transaction.
   *
   * @return what is changed
   */
  String reference();

  /**
   * Sets some tags and removes others; setting what is there already changes nothing.
   *
   * @param reference what is changed
   * @param set values by key
   * @param removed keys
   */
  record SetTags(String reference, Map<String, @Nullable Object> set, List<String> removed)
      implements Change {
    public SetTags {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
      removed = List.copyOf(removed);
    }
  }

  /**
   * Changes the metadata by a JSON merge patch (RFC 7396): {@code null} removes a key.
   *
   * @param reference what is changed
   * @param patch JSON-like
   */
  record PatchMetadata(String reference, Map<String, @Nullable Object> patch) implements Change {
    public PatchMetadata {
      patch = Collections.unmodifiableMap(new LinkedHashMap<>(patch));
    }
  }

  /**
   * Adds parents behind those it has; one that is there already is not added twice.
   *
   * @param reference what is changed
   * @param parents references
   */
  record AddParents(String reference, List<String> parents) implements Change {
    public AddParents {
      parents = List.copyOf(parents);
    }
  }

  /**
   * Points an alias of the artifact's name at it.
   *
   * @param reference what it shall point at
   * @param alias without the name
   * @param expected what the alias must point at now
   */
  record MoveAlias(String reference, String alias, Expected expected) implements Change {}

  /** What a caller expects of an alias before it moves. */
  sealed interface Expected {
    /** Anything. */
    record Any() implements Expected {}

    /** That the name has no such alias. */
    record None() implements Expected {}

    /**
     * That it points at this artifact.
     *
     * @param reference what it must point at
     */
    record Artifact(String reference) implements Expected {}
  }

  /**
   * Takes an alias away; the reference names it, {@code name@alias}.
   *
   * @param reference {@code name@alias}
   */
  record DropAlias(String reference) implements Change {}

  /**
   * Leaves a tombstone.
   *
   * @param reference what is deleted
   * @param force also where aliases or living children need it; the aliases are dropped
   */
  record Delete(String reference, boolean force) implements Change {}

  /**
   * Brings a deleted artifact back, with those of its aliases that are still free.
   *
   * @param reference what is brought back
   */
  record Restore(String reference) implements Change {}
}
