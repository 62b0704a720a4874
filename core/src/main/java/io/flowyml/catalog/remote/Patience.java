package io.flowyml.catalog.remote;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a client waits and how often it tries.
 *
 * @param connect for a connection
 * @param answer for a whole answer
 * @param stream for the beginning of one that may be long in the making
 * @param attempts in all
 * @param firstPause before the second attempt at most; twice as long before each further one
 */
record Patience(
    Duration connect, Duration answer, Duration stream, int attempts, Duration firstPause) {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          4,
          Duration.ofMillis(200));

  /** Somewhere between nothing and the most, so that clients that failed together spread out. */
  Duration pause(int attempt) {
    long most =
        Math.min(LONGEST_PAUSE.toMillis(), firstPause.toMillis() << Math.min(attempt - 1, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
  }

  /** As the server asks, within reason. */
  Duration pause(int attempt, long secondsAsked) {
    var asked = Duration.ofSeconds(Math.clamp(secondsAsked, 0, LONGEST_PAUSE.toSeconds()));
    var own = pause(attempt);
    return firstPause.isZero() || own.compareTo(asked) > 0 ? own : asked;
  }
}
