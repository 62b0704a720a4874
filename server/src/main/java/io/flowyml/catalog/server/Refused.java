package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.Map;

/**
 * A call that HTTP itself refuses with a status that no error code stands for, such as 405 and 415.
 *
 * @since 0.1
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final CatalogException error;
  private final transient Map<String, String> headers;

  public Refused(int status, ErrorCode code, String message) {
    this(status, new CatalogException(code, message), Map.of());
  }

  public Refused(int status, CatalogException error, Map<String, String> headers) {
    super(error.getMessage(), error);
    this.status = status;
    this.error = error;
    this.headers = Map.copyOf(headers);
  }

  int status() {
    return status;
  }

  CatalogException error() {
    return error;
  }

  Map<String, String> headers() {
    return headers;
  }
}
