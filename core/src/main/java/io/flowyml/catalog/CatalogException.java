package io.flowyml.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that was refused or failed. Its message names the thing, the cause and the way out;
 * nothing was changed in the catalog.
 *
 * @since 0.1
 */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MESSAGE = 4000;

  private final ErrorCode code;
  private final transient Map<String, Object> facts;

  /**
   * A failure without facts and cause.
   *
   * @param code what went wrong, for programs
   * @param message subject first, then what is wrong, then what to do; cut after 4,000 characters
   */
  public CatalogException(ErrorCode code, String message) {
    this(code, message, Map.of(), null);
  }

  /**
   * A failure without facts.
   *
   * @param code what went wrong, for programs
   * @param message subject first, then what is wrong, then what to do; cut after 4,000 characters
   * @param cause what failed below, or {@code null}
   */
  public CatalogException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, Map.of(), cause);
  }

  /**
   * A failure with what its message tells as values.
   *
   * @param code what went wrong, for programs
   * @param message subject first, then what is wrong, then what to do; cut after 4,000 characters
   * @param facts JSON-like values by name, for programs: {@code {"name": "resnet", "latest": "6"}}
   * @param cause what failed below, or {@code null}
   */
  public CatalogException(
      ErrorCode code, String message, Map<String, ?> facts, @Nullable Throwable cause) {
    super(
        message.length() <= LONGEST_MESSAGE
            ? message
            : message.substring(0, LONGEST_MESSAGE) + "... (cut)",
        cause);
    this.code = code;
    this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * What went wrong, for programs.
   *
   * @return the code, which stays what it is from release to release
   */
  public ErrorCode code() {
    return code;
  }

  /**
   * The facts of the message as JSON-like values.
   *
   * @return empty where the code says everything, and where the exception was serialized
   */
  public Map<String, Object> facts() {
    return facts;
  }
}
