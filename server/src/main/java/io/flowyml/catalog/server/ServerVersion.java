package io.flowyml.catalog.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Which version of the server this is, as the build wrote it into a resource.
 *
 * @since 0.1
 */
public final class ServerVersion {
  private static final String NUMBER = read();

  private ServerVersion() {}

  public static String number() {
    return NUMBER;
  }

  private static String read() {
    try (var resource = ServerVersion.class.getResourceAsStream("version.txt")) {
      if (resource == null) {
        throw new IllegalStateException("the server lacks its resource version.txt");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
