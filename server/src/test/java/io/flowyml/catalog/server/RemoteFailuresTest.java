package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a client of a server meets on the way. */
class RemoteFailuresTest {
  private static CatalogException failure(String endpoint) {
    try (var catalog =
        ArtifactCatalog.open(new RemoteCatalogBackend(URI.create(endpoint), "secret-key"))) {
      return catchThrowableOfType(CatalogException.class, () -> catalog.get("m"));
    }
  }

  @Test
  void nobodyListens_namesTheAddressAndWhy() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var endpoint = "http://127.0.0.1:" + port + "/api/v1/catalog";
    var error = failure(endpoint);
    assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
    assertThat(error.getMessage()).contains(endpoint, "refused").doesNotContain("secret-key");
    assertThat(error.getSuppressed()).isNotEmpty();
  }

  @Test
  void somethingElseListens_isSaid() throws IOException {
    try (var other = new Cutting(null, 0)) {
      var error = failure("http://127.0.0.1:" + other.port() + "/page");
      assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(error.getMessage()).contains("something else");
    }
  }

  @Test
  void anAnswerThatGotLost_isAskedForAgain_andTheRegistrationHappensOnce() throws IOException {
    try (var served = new Served();
        var proxy = new Cutting(served.server().uri(), 2);
        var catalog =
            ArtifactCatalog.open(
                new RemoteCatalogBackend(
                    URI.create("http://127.0.0.1:" + proxy.port() + "/api/v1/catalog"), null))) {
      var artifact = catalog.register(Registration.artifact("m", "Model"));
      assertThat(artifact.version()).isEqualTo("1");
      assertThat(catalog.stats().seq()).isEqualTo(1);
      assertThat(proxy.cut.get()).isEqualTo(2);
    }
  }

  /**
   * Something between client and server: hands each request on whole, and cuts the connection
   * instead of the first answers to POST; without a server it answers with a page.
   */
  private static final class Cutting implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final URI server;
    private final int cuts;
    final AtomicInteger cut = new AtomicInteger();

    Cutting(URI server, int cuts) throws IOException {
      this.server = server;
      this.cuts = cuts;
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return socket.getLocalPort();
    }

    private void accept() {
      while (!socket.isClosed()) {
        try {
          var client = socket.accept();
          Thread.ofVirtual().start(() -> handle(client));
        } catch (IOException e) {
          return; // closed
        }
      }
    }

    private void handle(Socket client) {
      try (client) {
        var in = client.getInputStream();
        var bytes = new byte[1 << 16];
        int read = in.read(bytes);
        var request = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        while (!isWhole(request)) {
          read = in.read(bytes);
          request += new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        }
        var answer = server == null ? page() : passedOn(request);
        if (request.startsWith("POST") && cut.get() < cuts) {
          cut.incrementAndGet();
          return;
        }
        send(client.getOutputStream(), answer);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static boolean isWhole(String request) {
      int end = request.indexOf("\r\n\r\n");
      if (end < 0) {
        return false;
      }
      var length = request.replaceAll("(?is).*?content-length: (\\d+).*", "$1");
      return length.length() == request.length()
          || request.length() >= end + 4 + Integer.parseInt(length);
    }

    private byte[] passedOn(String request) throws IOException {
      try (var upstream = new Socket(server.getHost(), server.getPort())) {
        var closing = request.replaceFirst("\r\n", "\r\nX-Closing: 1\r\nConnection: close\r\n");
        send(upstream.getOutputStream(), closing.getBytes(StandardCharsets.ISO_8859_1));
        return upstream.getInputStream().readAllBytes();
      }
    }

    private static byte[] page() {
      return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"
          .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void send(OutputStream out, byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
