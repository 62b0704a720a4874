package io.flowyml.catalog.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What SQLite does for the statements that first pages really run: none goes through a table that
 * grows with the catalog, or through all of a project.
 */
class PlansTest {
  private static final int ALL = 400;
  private static final String HASH = "a".repeat(64);

  private static final List<String> QUERIES =
      List.of(
          "",
          "fraud",
          "m1",
          "m",
          "\"m1\" OR fraud",
          "fraud team:fraud",
          "name:m7",
          "name:m*",
          "type:Model",
          "type!=Model",
          "-type:Model",
          "team:fraud stage:dev",
          "team:fraud -stage:dev",
          "score>0.5",
          "team:fraud score>0.5 score<0.6",
          "team>a",
          "version>3",
          "id:id7",
          "hash:aa",
          "alias:production",
          "has:alias has:parents has:content",
          "metadata.owner:ada",
          "created>-1d",
          "created:2026-03",
          "upstream(id50)",
          "downstream(id1, 2)",
          "sort:score",
          "team:fraud sort:-score,name",
          "sort:name",
          "sort:-created",
          "sort:created",
          "type:Model sort:metadata.owner");

  /** Reads that end with the page: newest first along the key, or along an index in its order. */
  private static final String IN_ORDER =
      "(?s).*ORDER BY (a\\.doc DESC|created_at( DESC)?) LIMIT .*";

  /** The substring index, which is asked for trigrams, and results of a row or none. */
  private static final String SMALL =
      "term_text|CONSTANT|\\d+|project|t|w|living|deleted|replaced|wanted";

  @Test
  void firstPages_scanNoTableThatGrows() {
    assertThat(scans(catalog -> QUERIES.forEach(catalog::search))).isEmpty();
  }

  @Test
  void otherReads_scanNoTableThatGrows() {
    assertThat(
            scans(
                catalog -> {
                  catalog.get("id7");
                  catalog.get("m7");
                  catalog.get("m7@production");
                  catalog.versions("m7");
                  catalog.getLineage("id50");
                  catalog.upstream("id50");
                  catalog.list(ListFilter.all().type("Model").tag("team", "fraud"));
                  catalog.facets("", List.of("type", "team", "score", "tag.*"));
                  catalog.facets("team:fraud", List.of("type", "team", "score", "tag.*"));
                  catalog.stats();
                }))
        .isEmpty();
  }

  @Test
  void readsOfThePast_scanNoTableThatGrows() {
    assertThat(
            scans(
                catalog -> {
                  var then = catalog.asOf(ALL + 1);
                  then.get("id7");
                  then.get("m7@production");
                  then.findByHash(HASH);
                  then.getLineage("id50");
                  List.of("fraud team:fraud", "id:id7", "hash:" + HASH, "created>-1d")
                      .forEach(then::search);
                  then.search("type:Model has:duplicates");
                }))
        .isEmpty();
  }

  @Test
  void statementThatGoesThroughAProject_isNoticed() {
    assertThat(scans(catalog -> catalog.search("duplicate:true"))).isEmpty();
    assertThat(isScan("SELECT 1", "SCAN artifact")).isTrue();
    assertThat(isScan("SELECT 1", "SEARCH a USING PRIMARY KEY (project=?)")).isTrue();
    assertThat(isScan("SELECT 1", "SEARCH a USING PRIMARY KEY (project=? AND doc=?)")).isFalse();
  }

  /** The statements and plans of them that read too much. */
  private static List<String> scans(Consumer<ArtifactCatalog> reads) {
    try (var catalog = filled()) {
      reads.accept(catalog);
      reads.accept(catalog);
      var database = ((SqlCatalogBackend) catalog.backend()).database;
      return database.read(PlansTest::scans);
    }
  }

  private static List<String> scans(Session session) {
    var found = new ArrayList<String>();
    for (var sql : new TreeSet<>(session.kept())) {
      if (sql.startsWith("SELECT") || sql.startsWith("WITH")) {
        session.stream(
            "EXPLAIN QUERY PLAN " + sql,
            r -> {
              var step = r.getString(4);
              if (isScan(sql, step)) {
                found.add(step + "  in  " + sql);
              }
            });
      }
    }
    return found;
  }

  private static boolean isScan(String sql, String step) {
    boolean scan = step.matches("SCAN .*") && !step.matches("SCAN (" + SMALL + ")\\b.*");
    boolean whole = scan || step.matches("SEARCH .*\\(project=\\?\\)");
    return whole && !step.contains(" project") && !sql.matches(IN_ORDER);
  }

  private static ArtifactCatalog filled() {
    var catalog = ArtifactCatalog.inMemory();
    var registrations = new ArrayList<Registration>();
    for (int i = 0; i < ALL; i++) {
      var registration =
          Registration.artifact("m" + i % 40, i % 2 == 0 ? "Model" : "Dataset")
              .id("id" + i)
              .tag("team", i % 3 == 0 ? "fraud" : "growth")
              .tag("stage", "dev")
              .tag("score", i / 1_000.0)
              .metadata("owner", i % 2 == 0 ? "ada" : "grace");
      if (i % 8 == 0) {
        registration = registration.content(new Content.Digest(HASH, null, HashOrigin.DECLARED));
      }
      registrations.add(i == 0 ? registration : registration.parent("id" + (i - 1)));
    }
    catalog.registerAll(registrations);
    catalog.promote("id7", "production");
    catalog.tag("id8", Map.of("stage", "production"));
    return catalog;
  }
}
