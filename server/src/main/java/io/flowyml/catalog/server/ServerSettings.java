package io.flowyml.catalog.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens.
 *
 * @param port 0 for any that is free
 * @param tls {@code null} for plain HTTP
 * @param stop how it ends
 * @since 0.1
 */
public record ServerSettings(
    String host, int port, ServerLimits limits, @Nullable ServerTls tls, ServerStop stop) {
  public static final String LOOPBACK = "127.0.0.1";

  /** FlowyML's own pages sit on 8080. */
  public static final int DEFAULT_PORT = 8484;

  public ServerSettings(String host, int port) {
    this(host, port, ServerLimits.DEFAULT, null, ServerStop.DEFAULT);
  }

  /** Whether only this machine reaches it; a host that nobody knows is not. */
  public boolean isLoopback() {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
