package io.flowyml.catalog.internal.flowyml;

import static io.flowyml.catalog.Registration.artifact;
import static io.flowyml.catalog.internal.flowyml.FlowymlFile.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Content;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FlowyML finds in its table of what the catalog wrote. */
class OurWritesTest {
  private static final String ALL =
      """
      SELECT name, artifact_type, content_hash, source_step, source_run_id, source_pipeline,
        parent_ids, tags, metadata, uri, version FROM artifacts WHERE artifact_id = ?\
      """;

  private FlowymlFile file;
  private ArtifactCatalog catalog;

  @BeforeEach
  void open(@TempDir Path directory) {
    file = new FlowymlFile(directory.resolve("catalog.db"));
    catalog = file.open();
  }

  @AfterEach
  void close() {
    assertThat(file.texts("SELECT * FROM flowyml_change")).isEmpty();
    catalog.close();
  }

  @Test
  void registration_standsAsFlowymlWritesIt() {
    catalog.register(artifact("raw", "Dataset").id("p"));
    catalog.register(
        artifact("model", "Model")
            .id("a")
            .content(new Content.Digest("ab".repeat(32), 7L, HashOrigin.COMPUTED))
            .step("train")
            .run("r1")
            .pipeline("fraud")
            .parent("p")
            .tag("f1", 0.93)
            .metadata("école", List.of(1, true))
            .uri("s3://b/x")
            .version("v7"));
    assertThat(file.texts(ALL, "a"))
        .containsExactly(
            "model|Model|"
                + "ab".repeat(32)
                + "|train|r1|fraud|[\"p\"]|{\"f1\": 0.93}|{\"\\u00e9cole\": [1,"
                + " true]}|s3://b/x|v7");
    assertThat(file.texts(ALL, "p")).containsExactly("raw|Dataset|||||[]|{}|{}||1");
  }

  @Test
  void createdAt_isLocalTimeInTheOrderOfRegistration() {
    for (int i = 0; i < 50; i++) {
      catalog.register(artifact("raw", "Dataset").id("a" + i));
    }
    assertThat(file.texts("SELECT artifact_id FROM artifacts ORDER BY created_at DESC"))
        .isEqualTo(catalog.list().stream().map(a -> a.id()).toList());
    var artifact = catalog.get("a7");
    assertThat(file.texts("SELECT created_at FROM artifacts WHERE artifact_id = 'a7'"))
        .containsExactly(CreatedAt.text(artifact.createdAt(), ZoneId.systemDefault()));
  }

  @Test
  void changes_showAtOnce() {
    catalog.register(artifact("raw", "Dataset").id("p"));
    catalog.register(artifact("model", "Model").id("a").tag("n", 1));
    catalog.tag("a", "stage", "dev");
    catalog.untag("a", "n");
    catalog.setMetadata("a", Map.of("owner", "me"));
    catalog.addParents("a", List.of("p"));
    assertThat(
            file.texts("SELECT parent_ids, tags, metadata FROM artifacts WHERE artifact_id = 'a'"))
        .containsExactly("[\"p\"]|{\"stage\": \"dev\"}|{\"owner\": \"me\"}");
  }

  @Test
  void deletedArtifact_leavesTheTable_andRestoredComesBack() {
    catalog.register(artifact("model", "Model").id("a").tag("n", 1));
    var before = file.texts(ALL, "a");
    var createdAt = file.texts("SELECT created_at FROM artifacts");
    catalog.delete("a");
    assertThat(file.texts(ALL, "a")).isEmpty();
    catalog.restore("a");
    assertThat(file.texts(ALL, "a")).isEqualTo(before);
    assertThat(file.texts("SELECT created_at FROM artifacts")).isEqualTo(createdAt);
  }

  @Test
  void nanInTags_isGivenBackAsFlowymlWroteIt() {
    file.register(row("a", "model").tags("{\"score\": NaN,  \"n\": 1}"));
    catalog.setMetadata("a", Map.of("owner", "me"));
    assertThat(file.texts("SELECT tags FROM artifacts"))
        .containsExactly("{\"score\": NaN,  \"n\": 1}");
    catalog.tag("a", "stage", "dev");
    assertThat(file.texts("SELECT tags FROM artifacts"))
        .containsExactly("{\"score\": NaN, \"n\": 1, \"stage\": \"dev\"}");
  }

  @Test
  void refusedRegistration_leavesNoRow() {
    catalog.register(artifact("model", "Model").id("a").version("v1"));
    assertThat(catalog.registerAll(List.of(artifact("model", "Model").id("b").version("v1"))))
        .singleElement()
        .matches(outcome -> outcome.artifact() == null);
    assertThat(file.texts("SELECT artifact_id FROM artifacts")).containsExactly("a");
  }

  @Test
  void bothTables_agree_afterEverything() {
    catalog.register(artifact("raw", "Dataset").id("p").tag("k", "v"));
    catalog.register(artifact("model", "Model").id("a").parent("p").metadata("m", 1.5));
    file.register(row("x", "foreign").parents("[\"a\", \"gone\"]").tags("{\"n\":1}").version("a"));
    file.register(row("y", "foreign").tags("{bad").version("a"));
    file.register(row("a", "model").type("Report").tags("{\"z\": [1, 2]}"));
    catalog.delete("p", true);
    catalog.tag("x", "t", 1);
    assertThat(findings())
        .containsExactly(
            "artifact y, which FlowyML wrote: tags is taken as empty: the JSON text is refused at"
                + " 1:2: expected a name in double quotes, found \"b\"; correct it in FlowyML's"
                + " table");
  }

  private List<String> findings() {
    var backend = (io.flowyml.catalog.local.LocalCatalogBackend) catalog.backend();
    return backend.diagnose().stream().filter(f -> f.problem()).map(f -> f.text()).toList();
  }

  @Test
  void tablesThatDisagree_areNamedByDoctor() {
    catalog.register(artifact("raw", "Dataset").id("a").tag("k", "v"));
    catalog.register(artifact("raw", "Dataset").id("b").parent("a"));
    catalog.register(artifact("raw", "Dataset").id("c"));
    file.execute("UPDATE artifacts SET tags = '{}', uri = 'u', parent_ids = '[]', seq = -5");
    file.execute("UPDATE artifacts SET artifact_id = 'd', seq = -6 WHERE artifact_id = 'c'");
    assertThat(findings())
        .containsExactlyInAnyOrder(
            "artifact c is not in FlowyML's table; restore from a backup",
            "row d of FlowyML's table is not in the catalog; restore from a backup",
            "artifact a has other [tags, uri] in FlowyML's table; restore from a backup",
            "artifact b has other [uri, parent_ids] in FlowyML's table; restore from a backup");
  }
}
