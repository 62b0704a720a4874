package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder.resolve("catalog.db"));
  }

  @Test
  void serve_answersAtTheUrlThatItPrints_untilItIsStopped() throws Exception {
    shell.run("register", "churn", "Model", "--id", "m1").succeeds();
    var out = new PipedOutputStream();
    var code = new int[] {-1};
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8))) {
      var serving =
          new Thread(
              () ->
                  code[0] =
                      shell
                          .into(
                              out,
                              false,
                              "--catalog",
                              folder.resolve("catalog.db").toString(),
                              "serve",
                              "--port",
                              "0")
                          .code());
      serving.start();
      var url = lines.readLine().replaceAll("serving at ([^,]*),.*", "$1");
      lines.readLine();
      assertThat(lines.readLine())
          .isEqualTo("  export FLOWYML_CATALOG_ENDPOINT=" + url + "/api/v1/catalog");
      assertThat(lines.readLine()).startsWith("  export FLOWYML_CATALOG_API_KEY=");
      try (var client = HttpClient.newHttpClient()) {
        var answer =
            client.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/projects/default/artifacts/churn"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.body()).startsWith("{\"id\":\"m1\"");
      }
      serving.interrupt();
      serving.join();
      assertThat(code[0]).isZero();
    }
  }

  @Test
  void serve_beyondLoopback_isRefusedWithoutKeys() {
    assertThat(shell.run("serve", "--host", "0.0.0.0").failsWith(2, "invalid_argument").err())
        .contains("--without-keys");
  }

  @Test
  void serve_onAPortInUse_saysSo() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());
      assertThat(shell.run("serve", "--port", port).failsWith(2, "invalid_argument").err())
          .contains(port, "in use");
    }
  }

  @Test
  void serve_takesItsSettingsFromAFile() throws Exception {
    var file = folder.resolve("server.yaml");
    Files.writeString(file, "hots: 0.0.0.0\nprot: 1\n");
    assertThat(
            shell
                .runPlain("serve", "--config", file.toString())
                .failsWith(2, "invalid_argument")
                .err())
        .contains("hots is unknown; did you mean host?", "prot is unknown; did you mean port?");
    Files.writeString(file, "host: 0.0.0.0\ncatalog: served.db\n");
    assertThat(
            shell
                .runPlain("serve", "--config", file.toString())
                .failsWith(2, "invalid_argument")
                .err())
        .contains("0.0.0.0 can be reached from other machines");
    assertThat(folder.resolve("served.db")).exists();
  }

  @Test
  void signal_turnsReadinessDownFirst_andLetsRequestsUnderWayFinish() throws Exception {
    var file = folder.resolve("server.yaml");
    Files.writeString(file, "stop: {notice: 1500ms, patience: 20s}\n");
    var body = "{\"name\":\"m\",\"artifact_type\":\"Model\",\"id\":\"m1\"}";
    try (var server =
            new ServerProcess(
                "--catalog", folder.resolve("c.db").toString(), "--config", file.toString());
        var client = HttpClient.newHttpClient();
        var slow = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
      slow.setSoTimeout(20_000);
      send(
          slow,
          "POST /api/v1/projects/default/artifacts HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Expect: 100-continue\r\n"
              + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                  .formatted(body.length()));
      assertThat(slow.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 100");
      assertThat(status(client, server, "/health/ready")).isEqualTo(200);
      var end = server.terminate();
      while (status(client, server, "/health/ready") == 200) {
        assertThat(end).isNotDone();
      }
      assertThat(status(client, server, "/health/live")).as("within the notice").isEqualTo(200);
      while (status(client, server, "/health/live") == 200) {
        assertThat(end).isNotDone();
      }
      send(slow, body);
      assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("HTTP/1.1 201", "\"id\":\"m1\"");
      assertThat(end.get(20, TimeUnit.SECONDS)).as("128 + SIGTERM").isEqualTo(143);
    }
    assertThat(new Shell(folder.resolve("c.db")).run("get", "m1", "-o", "ids").succeeds().out())
        .isEqualTo("m1\n");
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static int status(HttpClient client, ServerProcess server, String path) throws Exception {
    return client
        .send(HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void serve_anEndpoint_isRefused() {
    shell.environment("FLOWYML_CATALOG_ENDPOINT", "http://127.0.0.1:1/api/v1/catalog");
    shell
        .runPlain("--catalog", "http://127.0.0.1:1/api/v1/catalog", "serve")
        .failsWith(2, "invalid_argument");
  }
}
