package io.flowyml.catalog.server;

/**
 * How a server listens.
 *
 * @param port 0 for any that is free
 * @since 0.1
 */
public record ServerSettings(String host, int port) {
  public static final String LOOPBACK = "127.0.0.1";

  /** FlowyML's own pages sit on 8080. */
  public static final int DEFAULT_PORT = 8484;
}
