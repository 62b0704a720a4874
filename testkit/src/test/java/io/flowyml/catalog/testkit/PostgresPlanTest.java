package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What PostgreSQL reads to answer, right after a bulk load: by its own count of rows, few of those
 * that there are, and never a table from one end to the other.
 */
class PostgresPlanTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final int ARTIFACTS = 6_000;
  private static final long FEW = 1_500;

  private static final Map<String, Consumer<ArtifactCatalog>> CALLS = new LinkedHashMap<>();

  static {
    CALLS.put("get", catalog -> catalog.get("a17"));
    CALLS.put("alias", catalog -> catalog.resolve("name1@production"));
    CALLS.put("version", catalog -> catalog.get("name1:7"));
    CALLS.put("newest", catalog -> catalog.get("name1"));
    CALLS.put("versions", catalog -> catalog.versions("name1", 50, null));
    CALLS.put("list of a type", catalog -> catalog.list(ListFilter.all().type("Model").limit(50)));
    CALLS.put("two tags", catalog -> catalog.search("stage:s3 team:t1", 50, null));
    CALLS.put("rare word", catalog -> catalog.search("rare5999", 50, null));
    CALLS.put("number", catalog -> catalog.search("number>5990", 50, null));
    CALLS.put("negation", catalog -> catalog.search("-stage:s3", 50, null));
    CALLS.put("upstream", catalog -> catalog.upstream("a100"));
    CALLS.put("downstream", catalog -> catalog.downstream("a5990"));
    CALLS.put("register", catalog -> catalog.register(Registration.artifact("name1", "Model")));
    CALLS.put("tag", catalog -> catalog.tag("a17", "stage", "other"));
    CALLS.put("promote", catalog -> catalog.promote("name1:8", "production"));
  }

  private static Registration artifact(int i) {
    var artifact =
        Registration.artifact("name" + i % 10, i % 2 == 0 ? "Model" : "Dataset")
            .id("a" + i)
            .tag("stage", "s" + i % 4)
            .tag("team", "t" + i % 3)
            .tag("number", i)
            .tag("word", "rare" + i);
    return i % 100 == 0 || i < 10 ? artifact : artifact.parent("a" + (i - 1));
  }

  @Test
  void hotCalls_readFewRowsAndScanNoTable() throws SQLException {
    var url = SERVER.newDatabase();
    try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url))) {
      catalog.registerAll(
          IntStream.range(0, ARTIFACTS).mapToObj(PostgresPlanTest::artifact).toList());
      catalog.promote("name1:7", "production");
    }
    for (var call : CALLS.entrySet()) {
      var before = counts(url);
      try (var catalog = ArtifactCatalog.open(PostgresCatalogBackend.open(url))) {
        call.getValue().accept(catalog);
      }
      var after = counts(url);
      assertThat(after.scans() - before.scans()).as("scans: " + call.getKey()).isZero();
      assertThat(after.rows() - before.rows()).as("rows: " + call.getKey()).isLessThan(FEW);
    }
  }

  private record Counts(long scans, long rows) {}

  /** Connections tell their counts at the latest when they end. */
  private static Counts counts(String url) throws SQLException {
    try (var connection = SERVER.connect(url.replaceFirst(".*/", ""));
        var statement = connection.createStatement()) {
      while (true) {
        try (var others =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND backend_type = 'client backend'\
                """)) {
          others.next();
          if (others.getLong(1) == 0) {
            break;
          }
        }
      }
      try (var sums =
          statement.executeQuery(
              """
              SELECT sum(t.seq_scan),
                sum(t.seq_tup_read) + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)
              FROM pg_stat_user_tables t WHERE t.relname NOT IN ('project', 'schema_version')\
              """)) {
        sums.next();
        return new Counts(sums.getLong(1), sums.getLong(2));
      }
    }
  }
}
