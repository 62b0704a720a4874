package io.flowyml.catalog.server;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The files that a server shows who it is with. They may be replaced while it runs.
 *
 * @param certificate PEM: the server's certificate, then those that lead to one that clients trust
 * @param key PEM: its private key, not encrypted, as PKCS#8, PKCS#1 or SEC 1; may be the same file
 * @param look how often the files are looked at
 * @since 0.1
 */
public record ServerTls(Path certificate, Path key, Duration look) {
  private static final Duration LOOK = Duration.ofSeconds(5);

  public ServerTls(Path certificate, Path key) {
    this(certificate, key, LOOK);
  }
}
