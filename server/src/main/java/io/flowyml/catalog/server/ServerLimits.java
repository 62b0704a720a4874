package io.flowyml.catalog.server;

import java.time.Duration;

/**
 * What a server lets its clients take.
 *
 * @param requestsPerSecond of one key; more are answered by 429
 * @param concurrentRequests of all clients; more are answered by 503, rather than all being slow
 * @param connections that are open at a time
 * @param idle how long a client may send nothing, between requests or within one
 * @param head how long the headers of a request may take to arrive
 * @param body how long a client may keep the server waiting for each mebibyte of a body, its own or
 *     that of an answer
 * @since 0.1
 */
public record ServerLimits(
    int requestsPerSecond,
    int concurrentRequests,
    int connections,
    Duration idle,
    Duration head,
    Duration body) {

  public static final ServerLimits DEFAULT =
      new ServerLimits(
          10_000,
          512,
          8_192,
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofMinutes(5));
}
