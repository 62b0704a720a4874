package io.flowyml.catalog.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Stands before a server and moves the time that its answers tell. */
final class ClockProxy extends StandIn {
  private static final String DATE = "Date: ";

  private final Duration difference;

  ClockProxy(URI behind, Duration difference) throws IOException {
    super(behind);
    this.difference = difference;
    start();
  }

  @Override
  void requests(Socket client, Socket server) {
    try (client;
        server) {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // one of them is gone
    }
  }

  /** Byte by byte: what may be the header is held back until its line has ended. */
  @Override
  void answers(Socket server, Socket client) {
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
}
