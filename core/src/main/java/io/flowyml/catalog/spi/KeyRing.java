package io.flowyml.catalog.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys to a server, kept with the catalog so that all servers on it agree at once.
 *
 * @since 0.1
 */
public interface KeyRing {
  /** Whether a key was ever made: then there is no way in without one. */
  boolean isUsed();

  /**
   * Keeps a new key. Fails with {@code id_exists} where a key that is not revoked has its name.
   *
   * @param hash SHA-256 of the key's text, in hexadecimal
   */
  void add(ApiKey key, String hash);

  /** The key of a hash, revoked and expired ones too. */
  Optional<ApiKey> find(String hash);

  /** All keys, the newest first. */
  List<ApiKey> list();

  /**
   * Ends a key; once this returns no server takes it.
   *
   * @return the key; empty where there is none
   */
  Optional<ApiKey> revoke(String id, Instant at);

  /** Notes when a key was used. */
  void used(String id, Instant at);
}
