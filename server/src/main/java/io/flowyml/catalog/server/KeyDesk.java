package io.flowyml.catalog.server;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.ApiKey;
import io.flowyml.catalog.spi.ServerBackend;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hands keys out and takes them back.
 *
 * @since 0.1
 */
public final class KeyDesk {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@ -]{0,63}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ServerBackend backend;
  private final Clock clock;

  public KeyDesk(ServerBackend backend) {
    this(backend, Clock.systemUTC());
  }

  KeyDesk(ServerBackend backend, Clock clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param text what the client sends; shown now and never again, since only its hash is kept
   */
  public record Issued(ApiKey key, String text) {}

  /**
   * Makes a key. Fails with {@code id_exists} where a key that is not revoked has the name, and
   * with {@code invalid_argument}.
   *
   * @param projects empty for every project
   * @param expiresAt {@code null} for never
   */
  public Issued issue(
      String name,
      ApiKey.Role role,
      List<String> projects,
      @Nullable Instant expiresAt,
      String actor) {
    if (!NAME.matcher(name).matches()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "a key's name has 1 to 64 of A-Z a-z 0-9 . _ @ - and spaces, and begins with a letter or"
              + " digit",
          Map.of("field", "name"),
          null);
    }
    var catalog = ArtifactCatalog.open(backend);
    projects.forEach(catalog::project);
    var now = clock.instant();
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "the key would have expired at %s already; give a later time".formatted(expiresAt),
          Map.of("field", "expires_at"),
          null);
    }
    var text = Secret.create();
    var key =
        new ApiKey(
            "%012x".formatted(RANDOM.nextLong() & 0xffff_ffff_ffffL),
            name,
            role,
            List.copyOf(new LinkedHashSet<>(projects)),
            now,
            actor,
            expiresAt,
            null,
            null);
    backend.keys().add(key, Secret.hash(text));
    return new Issued(key, text);
  }

  /** All keys, the newest first, revoked and expired ones too. */
  public List<ApiKey> list() {
    return backend.keys().list();
  }

  /**
   * The key with an id, or the one that is not revoked with a name; fails with {@code not_found}.
   */
  public ApiKey find(String idOrName) {
    return list().stream()
        .filter(key -> key.id().equals(idOrName))
        .findFirst()
        .or(
            () ->
                list().stream()
                    .filter(key -> key.name().equals(idOrName) && key.revokedAt() == null)
                    .findFirst())
        .orElseThrow(() -> unknown(idOrName));
  }

  /** Ends a key, on every server at once. */
  public ApiKey revoke(String id) {
    return backend.keys().revoke(id, clock.instant()).orElseThrow(() -> unknown(id));
  }

  static CatalogException unknown(String idOrName) {
    return new CatalogException(
        ErrorCode.NOT_FOUND,
        "there is no key %s; the list of keys shows what there is".formatted(idOrName),
        Map.of("key", idOrName),
        null);
  }
}
