package io.flowyml.catalog.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Takes the connections of a server's clients, and hands on what they say to each other. */
abstract class StandIn implements AutoCloseable {
  private final ServerSocket listening;
  private final URI behind;

  StandIn(URI behind) throws IOException {
    this.behind = behind;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Begins; nobody is taken before. */
  final void start() {
    Thread.ofVirtual().start(this::accept);
  }

  final String url() {
    return "http://127.0.0.1:%d/api/v1/catalog".formatted(listening.getLocalPort());
  }

  /** Hands on a client's requests until one of them hangs up; closes both. */
  abstract void requests(Socket client, Socket server);

  /** Hands on the answers. */
  abstract void answers(Socket server, Socket client);

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        var server = new Socket(behind.getHost(), behind.getPort());
        Thread.ofVirtual().start(() -> requests(client, server));
        Thread.ofVirtual().start(() -> answers(server, client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public final void close() throws IOException {
    listening.close();
  }
}
