package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request.
 *
 * @since 0.1
 */
public final class RequestHeaders {
  private final ServerRequestHeaders headers;
  private final String peer;

  RequestHeaders(ServerRequestHeaders headers, String peer) {
    this.headers = headers;
    this.peer = peer;
  }

  /** The value as it was sent; {@code null} where the header is not there. */
  public @Nullable String get(String name) {
    return headers.first(HeaderNames.create(name)).orElse(null);
  }

  /** A text that clients percent-encode, since headers are ASCII. */
  public @Nullable String text(String name) {
    var value = get(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      return Percent.decode(value, false);
    } catch (IllegalArgumentException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "header %s is no percent-encoded UTF-8; encode it".formatted(name),
          Map.of("header", name),
          e);
    }
  }

  /** The media type without its parameters, in lower case; empty where none is given. */
  public String contentType() {
    return headers.contentType().map(type -> type.mediaType().text()).orElse("");
  }

  /** The address that the call comes from. */
  public String peer() {
    return peer;
  }
}
