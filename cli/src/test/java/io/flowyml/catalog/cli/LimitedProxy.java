package io.flowyml.catalog.cli;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** Takes so many bytes to a server, over all of its connections, then cuts them. */
final class LimitedProxy extends StandIn {
  private final Runnable atTheEnd;
  private long left;

  /**
   * @param atTheEnd what is done first when the bytes have passed
   */
  LimitedProxy(URI behind, long bytes, Runnable atTheEnd) throws IOException {
    super(behind);
    this.left = bytes;
    this.atTheEnd = atTheEnd;
    start();
  }

  static LimitedProxy cutting(URI behind, long bytes) throws IOException {
    return new LimitedProxy(behind, bytes, () -> {});
  }

  @Override
  void requests(Socket client, Socket server) {
    copy(client, server, true);
  }

  @Override
  void answers(Socket server, Socket client) {
    copy(server, client, false);
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
}
