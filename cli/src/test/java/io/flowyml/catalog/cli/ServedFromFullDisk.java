package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on a small disk, which interop/run-disks may mount. */
@Timeout(60)
class ServedFromFullDisk {
  private Path disk;

  @BeforeEach
  void mount(@TempDir Path folder) throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
  }

  @Test
  void fullDisk_is507_readsGoOn_andWritesDoOnceThereIsRoom() throws Exception {
    try (var server = new ServerProcess("--catalog", disk.resolve("catalog.db").toString());
        var client = HttpClient.newHttpClient()) {
      int registered = 0;
      var answer = register(client, server);
      for (; answer.statusCode() == 201; answer = register(client, server)) {
        registered++;
      }
      assertThat(registered).isGreaterThan(10);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
      assertThat(answer.body()).contains("\"code\":\"storage\"", "no room left");
      assertThat(register(client, server).statusCode()).isEqualTo(507);
      var newest = get(client, server, "/artifacts/m");
      assertThat(newest.body()).contains("\"version\":\"%d\"".formatted(registered));
      assertThat(get(client, server, "/stats").body())
          .contains("\"seq\":%d,".formatted(registered));

      run("mount", "-o", "remount,size=8m", disk.toString());
      assertThat(register(client, server).body())
          .contains("\"version\":\"%d\"".formatted(registered + 1));
    }
  }

  private static HttpResponse<String> register(HttpClient client, ServerProcess server)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.uri("/api/v1/projects/default/artifacts"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"name\":\"m\",\"artifact_type\":\"Model\",\"metadata\":{\"x\":\"%s\"}}"
                        .formatted("x".repeat(5_000))))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HttpClient client, ServerProcess server, String path)
      throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(server.uri("/api/v1/projects/default" + path)).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
