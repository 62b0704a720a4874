package io.flowyml.catalog.server;

import io.flowyml.catalog.spi.ApiKey;

/**
 * What a caller must be allowed to use a route. Each includes those before it.
 *
 * @since 0.1
 */
public enum Permission {
  /** Everybody, without a key: health, documentation, discovery. */
  PUBLIC,
  /** Whoever may read the project. */
  READER,
  /** Whoever may change the project. */
  WRITER,
  /** Whoever may purge, import and hand out keys. */
  ADMIN;

  static Permission of(ApiKey.Role role) {
    return switch (role) {
      case READER -> READER;
      case WRITER -> WRITER;
      case ADMIN -> ADMIN;
    };
  }
}
