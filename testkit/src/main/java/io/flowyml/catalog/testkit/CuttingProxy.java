package io.flowyml.catalog.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something between a client and a server of this machine that hands their bytes on, until it is
 * told to cut a connection.
 *
 * @since 0.1
 */
public final class CuttingProxy implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** When to cut. */
  public enum When {
    /** The server has not seen what the client sent. */
    BEFORE_THE_REQUEST,
    /** The server has answered, so it did what it was asked to do; the client does not hear it. */
    BEFORE_THE_ANSWER
  }

  private record Cut(When when, String request) {}

  private final ServerSocket socket;
  private final int serverPort;
  private final AtomicInteger left = new AtomicInteger();
  private volatile Cut cut = new Cut(When.BEFORE_THE_REQUEST, "");

  public CuttingProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /**
   * Cuts connections from now on.
   *
   * @param request what is in the bytes that a client sends, in one piece
   */
  public void cut(When when, String request, int times) {
    cut = new Cut(when, request);
    left.set(times);
  }

  /** How many of the cuts are still to come. */
  public int left() {
    return left.get();
  }

  private void accept() {
    while (true) {
      try {
        var link = new Link(socket.accept());
        Thread.ofPlatform().daemon().start(link::requests);
        Thread.ofPlatform().daemon().start(link::answers);
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** A connection of the client's and the one it stands for. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean awaited;

    Link(Socket client) throws IOException {
      this.client = client;
      this.server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    }

    void requests() {
      handOn(client, server, this::mayBeSent);
    }

    void answers() {
      handOn(server, client, bytes -> mayBeHeard());
    }

    private boolean mayBeSent(byte[] bytes) {
      var now = cut;
      boolean meant = left.get() > 0 && contains(bytes, now.request());
      if (meant && now.when() == When.BEFORE_THE_ANSWER) {
        awaited = true;
      }
      return !(meant && now.when() == When.BEFORE_THE_REQUEST && takeOne());
    }

    private boolean mayBeHeard() {
      boolean meant = awaited;
      awaited = false;
      return !(meant && takeOne());
    }

    private boolean takeOne() {
      return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private void handOn(Socket from, Socket to, Gate gate) {
      try (from;
          to) {
        var in = from.getInputStream();
        for (var bytes = some(in); bytes.length > 0 && gate.open(bytes); bytes = some(in)) {
          to.getOutputStream().write(bytes);
        }
      } catch (IOException e) {
        // the other half was closed
      }
    }

    private static byte[] some(InputStream in) throws IOException {
      var bytes = new byte[BUFFER];
      return Arrays.copyOf(bytes, Math.max(0, in.read(bytes)));
    }
  }

  /** Whether bytes may pass. */
  private interface Gate {
    boolean open(byte[] bytes);
  }

  private static boolean contains(byte[] bytes, String wanted) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(wanted);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
