package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.local.LocalCatalogBackend;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no HTTP client sends, on a real socket. The server stays well after each. */
class BadInputTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON = HOST + "Content-Type: application/json\r\n";
  private static final int FEW = 4;
  private static final ServerLimits LIMITS =
      new ServerLimits(
          1000, FEW, 100, Duration.ofMillis(400), Duration.ofMillis(200), Duration.ofMillis(300));

  private Served served;

  @BeforeEach
  void serve() {
    served = new Served(LIMITS);
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
        } catch (SocketTimeoutException e) {
          assertThat(answer).as("not answered yet").isEmpty();
        }
      }
      socket.setSoTimeout(5_000);
      assertThat(answer + RawHttp.answer(socket)).containsAnyOf("hung up", "too slowly");
    }
  }

  @Test
  void aHeadThatStops_orTrickles_isHungUpOn() throws IOException {
    for (var begun :
        List.of("GET /heal", "GET /health/live HTTP/1.1\r\n", "GET / HTTP/1.1\r\n" + HOST + "X")) {
      try (var socket = RawHttp.connect(served.server().port())) {
        write(socket, begun);
        assertThat(RawHttp.answer(socket)).as("stops after %s", begun).isEmpty();
      }
      try (var socket = RawHttp.connect(served.server().port())) {
        write(socket, begun);
        socket.setSoTimeout(20);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!hasHungUp(socket)) {
          assertThat(System.nanoTime()).as("trickles after %s", begun).isLessThan(deadline);
        }
      }
    }
  }

  /** Sends one more byte and looks for a moment whether the other side is still there. */
  private static boolean hasHungUp(Socket socket) {
    try {
      write(socket, "x");
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void requestsOfAConnection_haveTheirTimeEach() throws IOException {
    try (var socket = RawHttp.connect(served.server().port())) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_000);
      while (System.nanoTime() < end) {
        write(socket, "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(RawHttp.answer(socket)).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aClientThatTakesNoAnswer_isHungUpOn() throws Exception {
    var endless =
        Route.of(
                "GET",
                "/endless",
                call ->
                    Answer.lines(
                        out -> {
                          var line = new byte[1 << 16];
                          while (true) {
                            out.write(line);
                          }
                        }))
            .needs(Permission.PUBLIC);
    var large =
        Route.of("GET", "/large", call -> Answer.text("text/plain", "x".repeat(64 << 20)))
            .needs(Permission.PUBLIC);
    var traffic = new Traffic(FEW);
    try (var backend = LocalCatalogBackend.inMemory();
        var server =
            CatalogServer.start(
                new ServerSettings(ServerSettings.LOOPBACK, 0, LIMITS, null, ServerStop.DEFAULT),
                backend,
                Access.open(),
                traffic,
                new RouteTable(List.of(endless, large)))) {
      for (var path : List.of("/endless", "/large")) {
        try (var socket = RawHttp.connect(server.port())) {
          write(socket, "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n");
          assertThat(socket.getInputStream().read()).isEqualTo('H');
          assertThat(traffic.awaitQuiet(Duration.ofSeconds(20))).as(path).isTrue();
        }
      }
    }
  }

  @Test
  void linesThatAreNoText_areInvalid_andWhatWasDoneBeforeIsTold() throws Exception {
    var record = "{\"name\":\"m\",\"artifact_type\":\"T\"}\n";
    for (var path : List.of("artifacts", "changes", "import")) {
      var answer = postLines(path, record + "{\"name\":\"\u00ff\"}\n");
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("\"code\":\"invalid_argument\"", "is not UTF-8");
    }
    assertThat(served.get("artifacts/m").statusCode()).isEqualTo(404);
    var item = "{\"name\":\"n\",\"artifact_type\":\"T\"}\n";
    var many = postLines("artifacts", item.repeat(1_500) + "\u00ff\n");
    assertThat(many.statusCode()).isEqualTo(200);
    var lines = many.body().lines().toList();
    var last = Json.parseObject(lines.getLast(), "the last line");
    assertThat(last).containsEntry("status", "refused");
    assertThat(lines).hasSize(((Long) last.get("line")).intValue()).hasSizeGreaterThan(500);
    assertThat(served.get("artifacts/n").body()).contains("\"version\":\"" + (lines.size() - 1));
  }

  private HttpResponse<String> postLines(String path, String latin) {
    return served.send(
        served
            .request(path)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(latin.getBytes(StandardCharsets.ISO_8859_1))));
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
  @Timeout(30)
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
    // a place is free a moment after the answer of who had it
    while (served.get("/health/live").statusCode() == 503) {
      Thread.onSpinWait();
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
