package io.flowyml.catalog.server;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;

/**
 * Bounds how long the headers of a request take. The line before them is bounded by the time that a
 * connection may be idle, which Helidon counts until that line is complete, and no longer.
 */
final class TimedHeads implements Http1ConnectionListener {
  /** A connection has a thread of its own; one that ends within its headers takes this with it. */
  private static final ThreadLocal<SlowClients.Wait> BEGUN = new ThreadLocal<>();

  private final SlowClients slow;
  private final long nanos;

  TimedHeads(SlowClients slow, Duration patience) {
    this.slow = slow;
    this.nanos = patience.toNanos();
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    BEGUN.set(slow.begin(nanos));
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    var wait = BEGUN.get();
    BEGUN.remove();
    slow.end(wait);
  }
}
