package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no HTTP client sends, on a real socket. The server stays well after each. */
class BadInputTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON = HOST + "Content-Type: application/json\r\n";
  private static final int FEW = 4;

  private Served served;

  @BeforeEach
  void serve() {
    served =
        new Served(
            new ServerLimits(1000, FEW, 100, Duration.ofMillis(400), Duration.ofMillis(300)));
  }

  @AfterEach
  void stillWell() {
    assertThat(served.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(served.get("artifacts/m").statusCode()).isEqualTo(404);
    served.close();
  }

  private String exchange(String request) {
    return RawHttp.exchange(served.server().port(), request);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  @Test
  void aClientThatStopsInItsBody_isHungUpOn() throws IOException {
    for (var begun :
        List.of(
            "POST /artifacts HTTP/1.1\r\n" + JSON + "Content-Length: 50\r\n\r\n{\"name\":",
            "POST /artifacts HTTP/1.1\r\n"
                + JSON
                + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"n")) {
      try (var socket = RawHttp.connect(served.server().port())) {
        write(socket, begun);
        assertThat(RawHttp.answer(socket)).as(begun).doesNotStartWith("HTTP/1.1 2");
      }
    }
  }

  @Test
  void aBodyThatTrickles_isRefused_orHungUpOn() throws IOException {
    try (var socket = RawHttp.connect(served.server().port())) {
      write(socket, "POST /artifacts HTTP/1.1\r\n" + JSON + "Content-Length: 100000\r\n\r\n{");
      var answer = new StringBuilder();
      socket.setSoTimeout(20);
      while (answer.isEmpty()) {
        write(socket, " ");
        try {
          int first = socket.getInputStream().read();
          answer.append(first < 0 ? "hung up" : String.valueOf((char) first));
        } catch (java.net.SocketTimeoutException e) {
          assertThat(answer).as("not answered yet").isEmpty();
        }
      }
      socket.setSoTimeout(5_000);
      assertThat(answer + RawHttp.answer(socket)).containsAnyOf("hung up", "too slowly");
    }
  }

  @Test
  void aClientThatVanishesInItsBody_leavesNothing() throws IOException {
    try (var socket = RawHttp.connect(served.server().port())) {
      socket.setSoLinger(true, 0);
      write(
          socket,
          "POST /artifacts HTTP/1.1\r\n"
              + JSON
              + "Content-Length: 90\r\n\r\n{\"artifact_id\":\"m\"}");
    }
  }

  @Test
  void moreAtOnceThanItTakes_isAnsweredBy503() throws IOException {
    var slow = new ArrayList<Socket>();
    for (int i = 0; i < FEW; i++) {
      var socket = RawHttp.connect(served.server().port());
      slow.add(socket);
      // the answer to the expectation says that the request is under way
      write(
          socket,
          "POST /artifacts HTTP/1.1\r\n"
              + JSON
              + "Expect: 100-continue\r\nContent-Length: 50\r\n\r\n");
      assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 100");
    }
    var answer = served.get("/health/live");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    for (var socket : slow) {
      RawHttp.answer(socket);
      socket.close();
    }
  }

  @Test
  void headersWithoutEnd_areRefused() {
    var flood = new StringBuilder("GET /artifacts HTTP/1.1\r\n" + HOST);
    for (int i = 0; i < 5_000; i++) {
      flood.append("X-Flood-").append(i).append(": ").append("x".repeat(40)).append("\r\n");
    }
    assertThat(firstLine(flood + "\r\n")).matches("HTTP/1.1 4\\d\\d .*|");
    assertThat(firstLine("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
        .matches("HTTP/1.1 4\\d\\d .*|");
  }

  /** Of an answer that may be cut off, since the server does not read what it refuses. */
  private String firstLine(String request) {
    try (var socket = RawHttp.connect(served.server().port())) {
      try {
        write(socket, request);
      } catch (IOException e) {
        // it hung up in the middle of the request; the answer may still be there
      }
      var line = new StringBuilder();
      for (int c = socket.getInputStream().read(); c > 0 && c != '\r'; ) {
        line.append((char) c);
        c = socket.getInputStream().read();
      }
      return line.toString();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void idsOfAnyForm_areNoWayOut() {
    for (var id :
        List.of(
            "..",
            "../../etc/passwd",
            "%2e%2e",
            "a%2Fb",
            "a%00b",
            "%00",
            "%ff",
            "a\\b",
            "%",
            "x".repeat(8_192),
            "%41".repeat(8_192),
            "%F0%9F%98%80",
            "a;b=c",
            "a%0d%0aX: y")) {
      for (var path :
          List.of(
              "/artifacts/",
              "/api/v1/projects/default/artifacts/",
              "/api/v1/projects/",
              "/api/v1/projects/default/catalog/artifacts/")) {
        var answer =
            exchange("GET " + path + id + " HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");
        assertThat(answer).as(path + id).startsWith("HTTP/1.1 4").doesNotContain("root:");
      }
    }
  }

  @Test
  void jsonOfAnyForm_isNamed() {
    for (var body :
        List.of(
            "{",
            "{\"name\":\"a\"",
            "{\"name\":nul}",
            "[",
            "\"",
            "{\"name\":\"\\ud8\"}",
            "{}{}",
            "\u0000",
            "{'name':1}",
            "{\"a\":".repeat(50_000),
            "[".repeat(200_000),
            "1e999999999",
            "{\"name\":" + "9".repeat(100_000) + "e}")) {
      for (var path : List.of("/artifacts", "/api/v1/projects/default/artifacts")) {
        var answer = served.post(path, body);
        assertThat(answer.statusCode()).as(path + " " + body.length()).isIn(400, 413);
        assertThat(answer.body()).contains("\"detail\"").hasSizeLessThan(2_000);
      }
    }
  }

  @Test
  void bodiesOfOtherEncodings_areRefused() {
    for (var head :
        List.of(
            "Content-Length: 1\r\n\r\n\u00ff",
            "Content-Length: x\r\n\r\n{}",
            "Content-Length: -1\r\n\r\n{}",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")) {
      var answer = exchange("POST /artifacts HTTP/1.1\r\nConnection: close\r\n" + JSON + head);
      assertThat(answer).as(head).matches("(?s)HTTP/1.1 4.*|");
    }
  }
}
