package io.flowyml.catalog.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Stands before a server and moves the time that its answers tell. */
final class ClockProxy implements AutoCloseable {
  private static final String DATE = "Date: ";

  private final ServerSocket listening;
  private final URI behind;
  private final Duration difference;

  ClockProxy(URI behind, Duration difference) throws IOException {
    this.behind = behind;
    this.difference = difference;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:%d/api/v1/catalog".formatted(listening.getLocalPort());
  }

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

  private static void requests(Socket client, Socket server) {
    try (client;
        server) {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // one of them is gone
    }
  }

  /** Byte by byte: what may be the header is held back until its line has ended. */
  private void answers(Socket server, Socket client) {
    var line = new ByteArrayOutputStream();
    try (server;
        client) {
      var out = client.getOutputStream();
      for (int b = server.getInputStream().read(); b >= 0; b = server.getInputStream().read()) {
        line.write(b);
        var text = line.toString(StandardCharsets.ISO_8859_1);
        if (b == '\n') {
          out.write(moved(text).getBytes(StandardCharsets.ISO_8859_1));
          line.reset();
        } else if (!DATE.startsWith(text) && !text.startsWith(DATE)) {
          out.write(line.toByteArray());
          line.reset();
        }
      }
    } catch (IOException e) {
      // one of them is gone
    }
  }

  private String moved(String line) {
    if (!line.startsWith(DATE)) {
      return line;
    }
    var format = DateTimeFormatter.RFC_1123_DATE_TIME;
    var time = ZonedDateTime.parse(line.substring(DATE.length()).strip(), format);
    return DATE + format.format(time.plus(difference)) + "\r\n";
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
