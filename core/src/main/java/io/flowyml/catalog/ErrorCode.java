package io.flowyml.catalog;

import java.util.Locale;

/**
 * What went wrong: one constant is one code on the wire, one HTTP status and one exit code of the
 * command line, so that a caller meets the same error embedded, remote and in a shell.
 *
 * @since 0.1
 */
public enum ErrorCode {
  /** An argument breaks a rule; the message says which. */
  INVALID_ARGUMENT(2, 400),
  /** A query does not parse; the message shows the column and what was expected. */
  QUERY_SYNTAX(2, 400),
  /** An argument is larger than {@link Limits} allows. */
  LIMIT_EXCEEDED(2, 413),
  /** No artifact, name, version or alias is called so. */
  NOT_FOUND(3, 404),
  /** The artifact was deleted; {@code restore} brings it back unless it was purged. */
  DELETED(3, 410),
  /** There is no catalog at the path that a reading command was given. */
  NO_CATALOG(3, 404),
  /** The name has that version already, or had it. */
  VERSION_EXISTS(4, 409),
  /** The id belongs to an artifact with another identity. */
  ID_EXISTS(4, 409),
  /** The alias does not point at what the caller expected. */
  ALIAS_MOVED(4, 412),
  /** An alias or a living child still needs the artifact. */
  IN_USE(4, 409),
  /** Parents that are not in the catalog. */
  UNKNOWN_PARENT(4, 409),
  /** The parents would make an artifact its own ancestor. */
  CYCLE(4, 409),
  /** Another living artifact has the same content, and the caller chose to refuse that. */
  DUPLICATE_CONTENT(4, 409),
  /** The database or the file system failed; the message carries its word. */
  STORAGE(5, 500),
  /** Stored data contradicts itself. */
  CORRUPT(5, 500),
  /** The catalog was written by a newer version of this program. */
  SCHEMA_TOO_NEW(5, 500),
  /** The catalog cannot be written: the media, the permissions or the view (as of) forbid it. */
  READ_ONLY(5, 500),
  /** No answer from the endpoint. */
  UNREACHABLE(6, 503),
  /** An answer or a lock did not come in time. */
  TIMEOUT(6, 503),
  /** The server takes no more work at the moment. */
  OVERLOADED(6, 503),
  /** The key sent too many requests. */
  RATE_LIMITED(6, 429),
  /** No key, or one that is unknown, expired or revoked. */
  UNAUTHENTICATED(7, 401),
  /** The key's role does not allow this. */
  FORBIDDEN(7, 403);

  private final int exitCode;
  private final int httpStatus;

  ErrorCode(int exitCode, int httpStatus) {
    this.exitCode = exitCode;
    this.httpStatus = httpStatus;
  }

  /**
   * The code as it stands on the wire and in {@code -o json}: {@code version_exists}.
   *
   * @return in lower case
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The exit code of the command line: one a class of errors, 2 to 7.
   *
   * @return 2 to 7
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * The HTTP status of the catalog's own API.
   *
   * @return a status of 400 or more
   */
  public int httpStatus() {
    return httpStatus;
  }
}
