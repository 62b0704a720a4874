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
  /**
   * Whether a key was ever made: then there is no way in without one.
   *
   * @return whether a key is needed, also after all were revoked
   */
  boolean isUsed();

  /**
   * Keeps a new key. Fails with {@code id_exists} where a key that is not revoked has its name.
   *
   * @param key its record
   * @param hash SHA-256 of the key's text, in hexadecimal
   */
  void add(ApiKey key, String hash);

  /**
   * The key of a hash, revoked and expired ones too.
   *
   * @param hash SHA-256 of the key's text, in hexadecimal
   * @return empty where there is none
   */
  Optional<ApiKey> find(String hash);

  /**
   * All keys, the newest first.
   *
   * @return revoked and expired ones too
   */
  List<ApiKey> list();

  /**
   * Ends a key; once this returns no server takes it.
   *
   * @param id of the key
   * @param at from when on
   * @return the key; empty where there is none
   */
  Optional<ApiKey> revoke(String id, Instant at);

  /**
   * Notes when a key was used.
   *
   * @param id of the key
   * @param at when
   */
  void used(String id, Instant at);
}
