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

  public static Outcome of(Status status, Artifact artifact) {
    return new Outcome(status, artifact, null);
  }

  public static Outcome refused(CatalogException error) {
    return new Outcome(Status.REFUSED, null, error);
  }

  /** The artifact, or the error thrown. */
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
