package io.flowyml.catalog.server;

import java.time.Duration;

/**
 * How a server ends: it says that it is not ready, then takes no more requests, then waits for
 * those under way.
 *
 * @param notice how long it still takes requests while it says that it is not ready, so that a
 *     balancer can turn away from it first
 * @param patience how long those under way may take
 * @since 0.1
 */
public record ServerStop(Duration notice, Duration patience) {
  public static final ServerStop DEFAULT = new ServerStop(Duration.ZERO, Duration.ofSeconds(30));
}
