package io.flowyml.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What became of one item of a batch: either an artifact or an error.
 *
 * @param status what happened
 * @param artifact the artifact, new or existing; {@code null} where it was refused, and where what
 *     was done again is an event
 * @param error why it was refused; {@code null} otherwise
 * @since 0.1
 */
public record Outcome(
    Status status, @Nullable Artifact artifact, @Nullable CatalogException error) {

  /** What a registration did. */
  public enum Status {
    /** A new artifact. */
    CREATED,
    /** The id was registered before with the same identity; nothing changed. */
    EXISTING,
    /** Another artifact with the same content was answered, as the caller chose. */
    REUSED,
    /** Nothing was changed. */
    REFUSED
  }

  /**
   * What became of an item that was not refused.
   *
   * @param status what happened
   * @param artifact the artifact, new or existing
   * @return an outcome without an error
   */
  public static Outcome of(Status status, Artifact artifact) {
    return new Outcome(status, artifact, null);
  }

  /**
   * An item that was refused.
   *
   * @param error why
   * @return an outcome without an artifact
   */
  public static Outcome refused(CatalogException error) {
    return new Outcome(Status.REFUSED, null, error);
  }

  /**
   * The artifact, where the item was not refused.
   *
   * @return the artifact, new or existing
   * @throws CatalogException why it was refused
   */
  public Artifact orThrow() {
    if (error != null) {
      throw error;
    }
    if (artifact == null) {
      throw new IllegalStateException("an outcome holds an artifact or an error");
    }
    return artifact;
  }
}
