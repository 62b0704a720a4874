package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.testkit.PostgresServer;
import io.flowyml.catalog.testkit.WritersInTrouble;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server promises its clients while it, or its database, dies and comes back. */
@Timeout(120)
class ServerInTroubleTest {
  @TempDir private Path folder;

  @Test
  void serverKilledUnderLoad_keepsWhatItAcknowledged_onSqlite() throws Exception {
    var file = folder.resolve("catalog.db");
    try (var server = new ServerProcess("--catalog", file.toString())) {
      killUnderLoad(server);
    }
    try (var backend = LocalCatalogBackend.open(file)) {
      assertThat(backend.diagnose()).noneMatch(finding -> finding.problem());
    }
  }

  @Test
  void serverKilledUnderLoad_keepsWhatItAcknowledged_onPostgres() throws Exception {
    var url = PostgresServer.shared().newDatabase();
    try (var server = new ServerProcess("--database", url)) {
      killUnderLoad(server);
    }
    try (var backend = PostgresCatalogBackend.open(url)) {
      assertThat(backend.diagnose()).noneMatch(finding -> finding.problem());
    }
  }

  private static void killUnderLoad(ServerProcess server) throws Exception {
    try (var catalog = server.catalog();
        var pool = Executors.newFixedThreadPool(4)) {
      var load = new WritersInTrouble(catalog);
      load.start(pool);
      for (int life = 0; life < 2; life++) {
        load.goOn(40);
        server.kill();
        server.startAgain();
      }
      load.assertNothingLost();
    }
  }

  @Test
  void postgresStoppedUnderLoad_is503WithRetryAfter_untilItIsThereAgain() throws Exception {
    try (var postgres = PostgresServer.durable();
        var server = new ServerProcess("--database", postgres.newDatabase() + "?patience=1");
        var catalog = server.catalog();
        var pool = Executors.newFixedThreadPool(4)) {
      catalog.register(Registration.artifact("m", "Model").id("first"));
      var load = new WritersInTrouble(catalog.project("other"));
      load.start(pool);
      load.goOn(40);
      postgres.stop();
      unavailable(send(server, "/artifacts/first", null));
      unavailable(send(server, "/artifacts", "{\"name\":\"m\",\"artifact_type\":\"Model\"}"));
      postgres.startAgain();
      load.goOn(40);
      postgres.kill();
      postgres.startAgain();
      load.assertNothingLost();
      assertThat(registered(catalog)).isEqualTo("2");
    }
  }

  private static String registered(ArtifactCatalog catalog) {
    return catalog.register(Registration.artifact("m", "Model")).version();
  }

  private static HttpResponse<String> send(ServerProcess server, String path, String body)
      throws Exception {
    var request = HttpRequest.newBuilder(server.uri("/api/v1/projects/default" + path));
    if (body != null) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static void unavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("\"code\":\"unreachable\"");
  }
}
