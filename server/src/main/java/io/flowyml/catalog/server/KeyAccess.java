package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.ApiKey;
import io.flowyml.catalog.spi.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * By key, once there is one. Each call looks its key up where all servers keep them, so that a
 * revoked one is out at once, everywhere.
 */
final class KeyAccess implements Access {
  private static final String SCHEME = "Bearer ";

  /** How exactly the last use is noted: a write for every call would cost more than most calls. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final KeyRing keys;
  private final Access withoutKeys;
  private final Rates rates;
  private final Clock clock;
  private final Map<String, Instant> noted = new ConcurrentHashMap<>();
  private volatile boolean needed;

  /**
   * @param withoutKeys asked while there is no key at all
   */
  KeyAccess(KeyRing keys, Access withoutKeys, Rates rates, Clock clock) {
    this.keys = keys;
    this.withoutKeys = withoutKeys;
    this.rates = rates;
    this.clock = clock;
  }

  @Override
  public Principal admit(RequestHeaders headers, Permission permission, @Nullable String project) {
    if (permission == Permission.PUBLIC) {
      return new Principal("anonymous");
    }
    if (!areNeeded()) {
      return withoutKeys.admit(headers, permission, project);
    }
    var key = known(headers);
    rates.take(key.id());
    if (project != null && !key.covers(project)) {
      throw new CatalogException(
          ErrorCode.NOT_FOUND,
          "there is no project %s, or the key %s is not for it".formatted(project, key.name()),
          Map.of("project", project),
          null);
    }
    if (permission.compareTo(Permission.of(key.role())) > 0) {
      throw new CatalogException(
          ErrorCode.FORBIDDEN,
          "the key %s is of a %s, and this takes a %s; ask for such a key"
              .formatted(key.name(), lower(key.role()), lower(permission)),
          Map.of("key", key.name(), "needed", lower(permission)),
          null);
    }
    note(key);
    return new Principal(key.name(), key);
  }

  /** Once there was a key there is no way back to a catalog that is open to everybody. */
  private boolean areNeeded() {
    if (!needed && keys.isUsed()) {
      needed = true;
    }
    return needed;
  }

  private ApiKey known(RequestHeaders headers) {
    var given = headers.get("Authorization");
    if (given == null || !given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused(
          "a key is needed: set FLOWYML_CATALOG_API_KEY, run flowyml-catalog login, or send the"
              + " header Authorization: Bearer KEY");
    }
    var key =
        keys.find(Secret.hash(given.substring(SCHEME.length()).strip()))
            .orElseThrow(() -> refused("this key is unknown here; ask for a new one"));
    if (key.revokedAt() != null) {
      throw refused("the key %s was revoked; ask for a new one".formatted(key.name()));
    }
    if (key.expiresAt() != null && !clock.instant().isBefore(key.expiresAt())) {
      throw refused(
          "the key %s expired at %s; ask for a new one".formatted(key.name(), key.expiresAt()));
    }
    return key;
  }

  private static CatalogException refused(String why) {
    return new CatalogException(ErrorCode.UNAUTHENTICATED, why);
  }

  private void note(ApiKey key) {
    var now = clock.instant();
    var before = noted.get(key.id());
    if (before != null && before.plus(NOTED_EVERY).isAfter(now)) {
      return;
    }
    noted.put(key.id(), now);
    keys.used(key.id(), now);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
