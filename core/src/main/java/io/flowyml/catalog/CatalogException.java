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

  public CatalogException(ErrorCode code, String message) {
    this(code, message, Map.of(), null);
  }

  public CatalogException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, Map.of(), cause);
  }

  /**
   * @param message subject first, then what is wrong, then what to do; cut after 4,000 characters
   * @param facts JSON-like values by name, for programs: {@code {"name": "resnet", "latest": "6"}}
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

  /** What went wrong, for programs. */
  public ErrorCode code() {
    return code;
  }

  /** The facts of the message as JSON-like values; empty where the code says everything. */
  public Map<String, Object> facts() {
    return facts;
  }
}
