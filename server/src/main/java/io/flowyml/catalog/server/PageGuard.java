package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of other servers out while no key is needed: a browser on this machine reaches
 * the server too, and would carry out what any page tells it to.
 *
 * <p>A page elsewhere shows in {@code Origin}. One whose name was made to point at this machine
 * (DNS rebinding) shows in {@code Host}, which is its name and not one of this machine.
 */
final class PageGuard implements Access {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final @Nullable String host;
  private final Access next;

  PageGuard(ServerSettings settings, Access next) {
    this.host = settings.isLoopback() ? settings.host().toLowerCase(Locale.ROOT) : null;
    this.next = next;
  }

  @Override
  public Principal admit(RequestHeaders headers, Permission needed, @Nullable String project) {
    var asked = headers.get("Host");
    if (host != null && (asked == null || !isThisMachine(name(asked)))) {
      throw refused("Host", asked);
    }
    var origin = headers.get("Origin");
    if (origin != null && !isSame(origin, asked)) {
      throw refused("Origin", origin);
    }
    return next.admit(headers, needed, project);
  }

  private boolean isThisMachine(String name) {
    return LOOPBACK.contains(name) || name.equals(host);
  }

  /** Without the port. */
  private static String name(String authority) {
    int bracket = authority.indexOf(']');
    int colon = authority.indexOf(':', Math.max(0, bracket));
    return (colon < 0 ? authority : authority.substring(0, colon)).toLowerCase(Locale.ROOT);
  }

  private static boolean isSame(String origin, @Nullable String asked) {
    try {
      var authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(asked);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static CatalogException refused(String header, @Nullable String value) {
    return new CatalogException(
        ErrorCode.FORBIDDEN,
        "%s %s is not this server's, and without keys any web page could write here; make a key, or ask by the server's own address"
            .formatted(header, value == null ? "is missing and" : value),
        Map.of("header", header),
        null);
  }
}
