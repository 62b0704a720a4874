package io.flowyml.catalog.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Takes so many bytes to a server, over all of its connections, then cuts them. */
final class LimitedProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final URI behind;
  private final Runnable atTheEnd;
  private long left;

  /**
   * @param atTheEnd what is done first when the bytes have passed
   */
  LimitedProxy(URI behind, long bytes, Runnable atTheEnd) throws IOException {
    this.behind = behind;
    this.left = bytes;
    this.atTheEnd = atTheEnd;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  static LimitedProxy cutting(URI behind, long bytes) throws IOException {
    return new LimitedProxy(behind, bytes, () -> {});
  }

  String url() {
    return "http://127.0.0.1:%d/api/v1/catalog".formatted(listening.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        var server = new Socket(behind.getHost(), behind.getPort());
        Thread.ofVirtual().start(() -> copy(client, server, true));
        Thread.ofVirtual().start(() -> copy(server, client, false));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void copy(Socket from, Socket to, boolean counted) {
    var buffer = new byte[1 << 13];
    try (from;
        to) {
      for (int n = from.getInputStream().read(buffer);
          n > 0 && (!counted || mayPass(n));
          n = from.getInputStream().read(buffer)) {
        to.getOutputStream().write(buffer, 0, n);
        to.getOutputStream().flush();
      }
    } catch (IOException e) {
      // the other side was cut
    }
  }

  private synchronized boolean mayPass(int bytes) {
    left -= bytes;
    if (left <= 0) {
      atTheEnd.run();
    }
    return left > 0;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
