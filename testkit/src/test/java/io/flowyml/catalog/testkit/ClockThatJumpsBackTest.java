package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.spi.HistoryOf;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog whose last event was when the clock, which is right again, was a day ahead. */
class ClockThatJumpsBackTest {
  private static final String A_DAY_AHEAD = "UPDATE project SET time = time + 86400000000";

  @Test
  void timeGoesOn_onSqlite(@TempDir Path folder) throws Exception {
    var file = folder.resolve("catalog.db");
    try (var catalog = ArtifactCatalog.open(LocalCatalogBackend.open(file))) {
      catalog.register(Registration.artifact("m", "Model").id("before"));
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = connection.createStatement()) {
        statement.execute(A_DAY_AHEAD);
      }
      timeGoesOn(catalog);
      assertThat(Examined.problems(catalog.backend())).isEmpty();
    }
  }

  @Test
  void timeGoesOn_onPostgres() {
    var url = PostgresServer.shared().emptyDatabase();
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url))) {
      catalog.register(Registration.artifact("m", "Model").id("before"));
      PostgresServer.shared().run(url, A_DAY_AHEAD);
      timeGoesOn(catalog);
      assertThat(Examined.problems(catalog.backend())).isEmpty();
    }
  }

  private static void timeGoesOn(ArtifactCatalog catalog) {
    var before = catalog.get("before");
    var first = catalog.register(Registration.artifact("m", "Model").id("first"));
    catalog.registerAll(
        List.of(Registration.artifact("m", "Model"), Registration.artifact("m", "Model")));
    var last = catalog.register(Registration.artifact("m", "Model").id("last"));
    catalog.tag("before", Map.of("stage", "late"));

    assertThat(first.createdAt()).isAfter(before.createdAt().plus(Duration.ofHours(23)));
    var events = catalog.history(new HistoryOf.Project(), 100, null).items();
    assertThat(events).extracting(Event::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).at()).isAfter(events.get(i - 1).at());
    }
    assertThat(catalog.list(ListFilter.all()).items())
        .extracting(Artifact::version)
        .containsExactly("5", "4", "3", "2", "1");
    assertThat(catalog.get("m").id()).isEqualTo("last");
    var then = catalog.asOf(first.createdAt());
    assertThat(then.get("m").id()).isEqualTo("first");
    assertThat(then.get("before").tags()).isEmpty();
    assertThat(catalog.asOf(last.createdAt()).get("m").id()).isEqualTo("last");
  }
}
