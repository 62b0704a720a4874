package io.flowyml.catalog.server;

import io.flowyml.catalog.spi.KeyRing;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Decides who a caller is and whether they may do what they ask for. Asked before every handler,
 * also of public routes.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Access {

  /**
   * Lets a call through, or fails with {@code unauthenticated}, {@code forbidden}, {@code
   * rate_limited}, or {@code not_found} for a project that the caller may not know.
   *
   * @param needed what the route asks for
   * @param project the project in the path, {@code null} for routes of the whole server
   */
  Principal admit(RequestHeaders headers, Permission needed, @Nullable String project);

  /**
   * By keys once there is one in the catalog; before that everybody may do everything, but for web
   * pages of other servers.
   */
  static Access of(ServerSettings settings, KeyRing keys) {
    var rates = new Rates(settings.limits().requestsPerSecond(), System::nanoTime);
    return new KeyAccess(keys, new PageGuard(settings, open()), rates, Clock.systemUTC());
  }

  /**
   * Without keys: everybody may do everything, as whoever they say they are in {@code
   * X-Flowyml-Actor}.
   */
  static Access open() {
    return (headers, needed, project) -> {
      var actor = headers.text("X-Flowyml-Actor");
      return new Principal(actor == null ? "anonymous" : actor);
    };
  }
}
