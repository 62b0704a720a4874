package io.flowyml.catalog.server;

import io.flowyml.catalog.spi.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call.
 *
 * @param actor written into the events
 * @param key {@code null} where none is needed, or for public routes
 * @since 0.1
 */
public record Principal(String actor, @Nullable ApiKey key) {
  public Principal(String actor) {
    this(actor, null);
  }
}
