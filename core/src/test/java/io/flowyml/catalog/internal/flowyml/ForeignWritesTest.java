package io.flowyml.catalog.internal.flowyml;

import static io.flowyml.catalog.Registration.artifact;
import static io.flowyml.catalog.internal.flowyml.FlowymlFile.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.ListFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What FlowyML writes into a shared file while the catalog is open. */
class ForeignWritesTest {
  private FlowymlFile file;
  private ArtifactCatalog catalog;

  @BeforeEach
  void open(@TempDir Path directory) {
    file = new FlowymlFile(directory.resolve("catalog.db"));
    catalog = file.open();
    file.init();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private List<String> found(String query) {
    return catalog.search(query).stream().map(Artifact::id).toList();
  }

  private List<Event.Kind> kinds(String id) {
    return catalog.history(id).stream().map(Event::kind).toList();
  }

  private boolean isTombstone(String id) {
    return catalog.find(id).isEmpty() && kinds(id).getLast() == Event.Kind.DELETED;
  }

  @Test
  void newRow_isFoundListedTracedAndInHistoryAtTheNextCall() {
    file.register(
        row("a", "raw"), row("b", "model").parents("[\"a\"]").tags("{\"team\": \"fraud\"}"));
    assertThat(found("team:fraud")).containsExactly("b");
    assertThat(catalog.list(ListFilter.all().type("Model")).stream().map(Artifact::id))
        .containsExactly("b", "a");
    assertThat(catalog.getLineage("a").childIds()).containsExactly("b");
    assertThat(catalog.history("b").first())
        .returns(Event.Kind.REGISTERED, Event::kind)
        .returns("external", Event::actor);
  }

  /** Not from the time that stands in the row, which may be any. */
  @Test
  void rows_countFromWhenTheCatalogLearnedOfThem() {
    catalog.register(artifact("ours", "Model").id("ours").tag("stage", "dev"));
    file.register(row("a", "raw"));
    var learned = catalog.history("a").first().at();
    file.execute(
        "UPDATE artifacts SET tags = '{\"stage\": \"production\"}' WHERE artifact_id = 'ours'");
    file.execute("DELETE FROM artifacts WHERE artifact_id = 'a'");
    assertThat(found("stage:production")).containsExactly("ours");

    assertThat(catalog.asOf(1).find("a")).isEmpty();
    assertThat(catalog.asOf(learned.minus(1, ChronoUnit.MICROS)).find("a")).isEmpty();
    assertThat(catalog.asOf(learned).get("a").name()).isEqualTo("raw");
    assertThat(catalog.asOf(2).search("stage:dev").items()).hasSize(1);
    assertThat(catalog.asOf(2).search("raw").items()).hasSize(1);
    assertThat(catalog.find("a")).isEmpty();
  }

  @Test
  void newRow_isARecordWithEmptyTextsAbsent() {
    file.register(row("a", "raw"));
    var local = LocalDateTime.parse(FlowymlFile.TIME);
    assertThat(catalog.get("a"))
        .returns("raw", Artifact::name)
        .returns("Model", Artifact::artifactType)
        .returns("1", Artifact::version)
        .returns(null, Artifact::contentHash)
        .returns(null, Artifact::uri)
        .returns(null, Artifact::sourceStep)
        .returns(null, Artifact::sourcePipeline)
        .returns("external", Artifact::createdBy)
        .returns(local.atZone(ZoneId.systemDefault()).toInstant(), Artifact::createdAt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT", "REPLACE"})
  void everyFormOfInsert_isSeen(String verb) {
    file.insert(verb, row("a", "raw"));
    assertThat(found("raw")).containsExactly("a");
  }

  @Test
  void sameRowAgain_isNoEvent() {
    file.register(row("a", "raw").tags("{\"k\": NaN}"));
    catalog.get("a");
    file.register(row("a", "raw").tags("{\"k\": NaN}").createdAt("2027-01-01T00:00:00"));
    assertThat(kinds("a")).containsExactly(Event.Kind.REGISTERED);
  }

  @Test
  void ignoredRow_changesNothing() {
    file.register(row("a", "raw"));
    catalog.get("a");
    file.insert("INSERT OR IGNORE", row("a", "other"));
    assertThat(kinds("a")).containsExactly(Event.Kind.REGISTERED);
    assertThat(catalog.get("a").name()).isEqualTo("raw");
  }

  @Test
  void otherIdentity_isReplacedWithBeforeAndAfter() {
    file.register(row("a", "raw").hash("h1"));
    catalog.get("a");
    file.register(row("a", "raw").hash("h2").type("Report"));
    assertThat(catalog.get("a"))
        .returns("h2", Artifact::contentHash)
        .returns("Report", Artifact::artifactType)
        .returns("1", Artifact::version);
    var replaced = catalog.history("a").items().getLast();
    assertThat(replaced.kind()).isEqualTo(Event.Kind.REPLACED);
    assertThat(replaced.changes().get("content_hash")).isEqualTo(Map.of("from", "h1", "to", "h2"));
    assertThat(found("type:Model")).isEmpty();
    assertThat(found("type:Report")).containsExactly("a");
  }

  @Test
  void otherName_takesTheNextVersionOfThatName_andTheOldNumberStaysUsed() {
    file.register(row("a", "raw"), row("b", "clean"));
    catalog.get("a");
    file.register(row("a", "clean"));
    assertThat(catalog.get("a")).returns("clean", Artifact::name).returns("2", Artifact::version);
    assertThat(catalog.register(artifact("raw", "Model")).version()).isEqualTo("2");
  }

  @Test
  void otherName_endsTheAliasesOfTheOldOne() {
    file.register(row("a", "raw"));
    catalog.promote("a", "production");
    file.register(row("a", "clean"));
    assertThat(catalog.get("a").aliases()).isEmpty();
    assertThat(catalog.find("raw@production")).isEmpty();
  }

  @Test
  void otherVersion_isReplaced_andATakenOneGivesWay() {
    file.register(row("a", "raw").version("v1"), row("b", "raw").version("v2"));
    catalog.get("a");
    file.register(row("a", "raw").version("v2"));
    assertThat(catalog.get("a"))
        .returns("1", Artifact::version)
        .returns("v2", Artifact::declaredVersion);
    assertThat(kinds("a")).containsExactly(Event.Kind.REGISTERED, Event.Kind.REPLACED);
  }

  @Test
  void versionThatIsTaken_givesWayAndIsKeptAsDeclared() {
    file.register(row("a", "raw").version("v1"), row("b", "raw").version("v1"));
    assertThat(catalog.get("b"))
        .returns("1", Artifact::version)
        .returns("v1", Artifact::declaredVersion);
    assertThat(file.texts("SELECT version FROM artifacts")).containsExactly("v1", "v1");
  }

  @Test
  void versionLeftOut_ofAnIdThatHasOne_isTheSameIdentity() {
    var ours = catalog.register(artifact("raw", "Model").id("a"));
    file.register(row("a", "raw").version(null));
    assertThat(kinds("a")).containsExactly(Event.Kind.REGISTERED);
    assertThat(catalog.get("a").version()).isEqualTo(ours.version());
  }

  @Test
  void otherParents_areReplaced_andTheOldEdgesEnd() {
    file.register(row("a", "raw"), row("b", "raw"), row("c", "model").parents("[\"a\"]"));
    catalog.get("c");
    file.register(row("c", "model").parents("[\"b\"]"));
    assertThat(catalog.get("c").parentIds()).containsExactly("b");
    assertThat(catalog.getLineage("a").childIds()).isEmpty();
    assertThat(catalog.getLineage("b").childIds()).containsExactly("c");
  }

  @Test
  void upsert_isSeen() {
    file.register(row("a", "raw"));
    catalog.get("a");
    file.execute(
        """
        INSERT INTO artifacts (artifact_id, name, artifact_type, created_at, tags)
        VALUES ('a', 'raw', 'Model', 'x', '{"stage": "dev"}')
        ON CONFLICT (artifact_id) DO UPDATE SET tags = excluded.tags\
        """);
    assertThat(found("stage:dev")).containsExactly("a");
    assertThat(kinds("a")).containsExactly(Event.Kind.REGISTERED, Event.Kind.TAGGED);
  }

  @Test
  void tags_ofOurArtifact_areTaggedByExternal() {
    catalog.register(artifact("raw", "Model").id("a").tag("team", "fraud").tag("n", 1));
    file.tags("a", "{\"team\": \"fraud\", \"n\": 1, \"stage\": \"dev\"}");
    assertThat(catalog.get("a").tags()).containsExactlyEntriesOf(tags());
    var tagged = catalog.history("a").items().getLast();
    assertThat(tagged).returns("external", Event::actor).returns(Event.Kind.TAGGED, Event::kind);
    assertThat(tagged.changes().get("tags")).isEqualTo(Map.of("stage", Map.of("to", "dev")));
  }

  private static Map<String, Object> tags() {
    var tags = new java.util.LinkedHashMap<String, Object>();
    tags.put("team", "fraud");
    tags.put("n", 1L);
    tags.put("stage", "dev");
    return tags;
  }

  @Test
  void tagThatFlowymlErasedByItsMerge_isARemovalByExternal() {
    catalog.register(artifact("raw", "Model").id("a").tag("team", "fraud"));
    catalog.tag("a", "stage", "production");
    file.tags("a", "{\"team\": \"fraud\", \"owner\": \"me\"}");
    assertThat(catalog.get("a").tags()).containsOnlyKeys("team", "owner");
    var last = catalog.history("a").items().getLast();
    assertThat(last.actor()).isEqualTo("external");
    assertThat(last.changes().get("tags"))
        .isEqualTo(Map.of("stage", Map.of("from", "production"), "owner", Map.of("to", "me")));
  }

  @Test
  void writesBeforeOurs_areNotWrittenOver() {
    catalog.register(artifact("raw", "Model").id("a"));
    file.tags("a", "{\"theirs\": 1}");
    catalog.tag("a", "ours", 2);
    assertThat(catalog.get("a").tags()).containsOnlyKeys("theirs", "ours");
    assertThat(file.texts("SELECT tags FROM artifacts"))
        .containsExactly("{\"theirs\": 1, \"ours\": 2}");
  }

  @Test
  void metadata_isSetByExternal() {
    file.register(row("a", "raw"));
    catalog.get("a");
    file.execute("UPDATE artifacts SET metadata = '{\"owner\": \"me\"}'");
    assertThat(catalog.get("a").metadata()).isEqualTo(Map.of("owner", "me"));
    assertThat(kinds("a")).containsExactly(Event.Kind.REGISTERED, Event.Kind.METADATA_SET);
  }

  @Test
  void deletedRow_isATombstone_andComesBackAsReplaced() {
    file.register(row("a", "raw"));
    catalog.promote("a", "production");
    file.execute("DELETE FROM artifacts WHERE artifact_id = 'a'");
    assertThat(isTombstone("a")).isTrue();
    assertThat(found("raw")).isEmpty();
    file.register(row("a", "raw"));
    assertThat(catalog.get("a"))
        .returns("1", Artifact::version)
        .returns(List.of("production"), Artifact::aliases);
    assertThat(found("raw")).containsExactly("a");
    assertThat(kinds("a"))
        .containsExactly(
            Event.Kind.REGISTERED, Event.Kind.ALIAS_MOVED, Event.Kind.DELETED, Event.Kind.REPLACED);
  }

  @Test
  void rowThatCameAndWentUnseen_isInHistoryAllTheSame() {
    file.register(row("a", "raw")).execute("DELETE FROM artifacts");
    assertThat(kinds("a")).containsExactly(Event.Kind.REGISTERED, Event.Kind.DELETED);
  }

  @Test
  void ourTombstone_thatFlowymlWrites_comesBackAsReplaced() {
    catalog.register(artifact("raw", "Model").id("a"));
    catalog.delete("a");
    file.register(row("a", "raw").hash("h"));
    assertThat(catalog.get("a").contentHash()).isEqualTo("h");
    assertThat(kinds("a"))
        .containsExactly(Event.Kind.REGISTERED, Event.Kind.DELETED, Event.Kind.REPLACED);
  }

  @Test
  void otherId_isADeletionAndARegistration() {
    file.register(row("a", "raw"), row("c", "model").parents("[\"a\"]"));
    catalog.get("a");
    file.execute("UPDATE artifacts SET artifact_id = 'b' WHERE artifact_id = 'a'");
    assertThat(isTombstone("a")).isTrue();
    assertThat(catalog.get("b").version()).isEqualTo("2");
  }

  @Test
  void otherIdOverAnotherRow_replacesThatOne() {
    file.register(row("a", "raw").hash("h1"), row("b", "raw").hash("h2"));
    catalog.get("a");
    file.execute("UPDATE OR REPLACE artifacts SET artifact_id = 'b' WHERE artifact_id = 'a'");
    assertThat(isTombstone("a")).isTrue();
    assertThat(catalog.get("b").contentHash()).isEqualTo("h1");
    assertThat(catalog.list().items()).hasSize(1);
  }

  @Test
  void unknownParent_staysUnresolved_andHealsWhenTheIdAppears() {
    file.register(row("c", "model").parents("[\"p\", \"p\", 5]"));
    assertThat(catalog.get("c"))
        .returns(List.of("p", "5"), Artifact::parentIds)
        .returns(List.of("p", "5"), Artifact::unresolvedParentIds);
    file.register(row("p", "raw"));
    assertThat(catalog.get("c").unresolvedParentIds()).containsExactly("5");
    assertThat(catalog.getLineage("p").childIds()).containsExactly("c");
  }

  @Test
  void cycle_isTaken_andTraversalsEnd() {
    file.register(row("a", "x").parents("[\"b\", \"a\"]"), row("b", "x").parents("[\"a\"]"));
    assertThat(catalog.upstream("a").nodes()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"k\": NaN};k",
        "{\"k\": [1, 2]};k",
        "{\"k\": {\"a\": null}};k",
        "{\"k\": null};k",
        "{\"k\": 1000000000000000000000000000000};k",
        "{\"k\": Infinity};k"
      })
  void tagsOfEveryKind_areKept_andHideNoOther(String json, String key) {
    file.register(
        row("a", "raw")
            .tags(
                json.replace("}", ", \"team\": \"fraud\"}")
                    .replaceFirst(", \"team\": \"fraud\"}}$", "}, \"team\": \"fraud\"}")));
    assertThat(catalog.get("a").tags()).containsKeys(key, "team");
    assertThat(found("team:fraud")).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{bad", "[1]", "\"text\"", "5", "{\"a\": 1} x", "{'a': 1}"})
  void badTags_areTakenAsNone_andHideNoOtherRow(String json) {
    file.register(row("a", "raw").tags(json).metadata(json), row("b", "raw").parents("{x"));
    assertThat(catalog.get("a").tags()).isEmpty();
    assertThat(catalog.get("b").parentIds()).isEmpty();
    assertThat(found("raw")).containsExactly("b", "a");
    assertThat(file.texts("SELECT artifact_id, column_name FROM flowyml_problem"))
        .containsExactlyInAnyOrder("a|tags", "a|metadata", "b|parent_ids");
    assertThat(file.texts("SELECT tags FROM artifacts WHERE artifact_id = 'a'"))
        .containsExactly(json);
  }

  @Test
  void badTags_surviveOurChangeOfAnotherColumn_andGoWithOurTags() {
    file.register(row("a", "raw").tags("{bad").metadata("{worse"));
    catalog.setMetadata("a", Map.of("owner", "me"));
    assertThat(file.texts("SELECT tags, metadata FROM artifacts"))
        .containsExactly("{bad|{\"owner\": \"me\"}");
    catalog.tag("a", "k", "v");
    assertThat(file.texts("SELECT tags FROM artifacts")).containsExactly("{\"k\": \"v\"}");
  }

  @Test
  void problem_goesWhenTheRowIsCorrected() {
    file.register(row("a", "raw").tags("{bad"));
    catalog.get("a");
    file.tags("a", "{\"k\": 1}");
    assertThat(catalog.get("a").tags()).isEqualTo(Map.of("k", 1L));
    assertThat(file.texts("SELECT * FROM flowyml_problem")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a@b", "x:1", "tab\there", "ünïcödé 𝔘"})
  void anyNameTypeAndId_isTaken_andReachedById(String text) {
    file.register(row("id " + text, text).type(text));
    assertThat(catalog.get("id " + text))
        .returns(text, Artifact::name)
        .returns(text, Artifact::artifactType);
  }

  @Test
  void whatIsOverALimit_isTaken() {
    var long1 = "n".repeat(10_000);
    file.register(row("a", long1).tags("{\"" + long1 + "\": \"" + "v".repeat(100_000) + "\"}"));
    assertThat(catalog.get("a").tags()).containsOnlyKeys(long1);
    assertThat(found("nnnn")).containsExactly("a");
  }

  @Test
  void deepJson_isTakenUpToPythonsOwnDepth() {
    var deep = "[".repeat(900) + "]".repeat(900);
    file.register(
        row("a", "raw").metadata("{\"k\": " + deep + "}"),
        row("b", "raw").metadata("{\"k\": " + "[".repeat(100_000) + "}"));
    assertThat(catalog.get("a").metadata()).containsOnlyKeys("k");
    assertThat(catalog.get("b").metadata()).isEmpty();
  }

  @Test
  void nulAndLoneSurrogates_becomeReplacementCharacters_andStayInFlowymlsTable() {
    file.register(
        row("a\0b", "na\0me").tags("{\"k\\u0000\": \"\\ud800x\", \"ok\": \"\\ud83d\\ude00\"}"));
    var seen = catalog.get("a\uFFFDb");
    assertThat(seen.name()).isEqualTo("na\uFFFDme");
    assertThat(seen.tags()).isEqualTo(Map.of("k\uFFFD", "\uFFFDx", "ok", "😀"));
    catalog.setMetadata("a\uFFFDb", Map.of("owner", "me"));
    assertThat(file.texts("SELECT hex(name), metadata, tags FROM artifacts"))
        .containsExactly(
            "6E61006D65|{\"owner\": \"me\"}|{\"k\\u0000\": \"\\ud800x\", \"ok\":"
                + " \"\\ud83d\\ude00\"}");
    catalog.delete("a\uFFFDb");
    assertThat(file.texts("SELECT * FROM artifacts")).isEmpty();
  }

  @Test
  void createdAtThatIsNoTime_isNow_andNamed() {
    var before = Instant.now().minusSeconds(1);
    file.register(row("a", "raw").createdAt("once upon a time"));
    assertThat(catalog.get("a").createdAt()).isAfter(before);
    assertThat(file.texts("SELECT column_name FROM flowyml_problem")).containsExactly("created_at");
  }

  @Test
  void missingId_isTaken_andNumberAsVersionIsText() {
    file.register(row(null, "raw"), row("b", "raw").version(3), row("c", "raw").version(2.5));
    assertThat(catalog.list().stream().map(Artifact::version)).containsExactly("2.5", "3", "1");
  }

  @Test
  void moreThanOneBatch_isTakenInByOneCall() {
    file.execute(
        """
        INSERT INTO artifacts (artifact_id, name, artifact_type, created_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2300)
        SELECT 'id' || i, 'bulk', 'T', '2026-01-01T00:00:00' FROM n\
        """);
    assertThat(catalog.register(artifact("bulk", "T")).version()).isEqualTo("2301");
    assertThat(catalog.stats().artifacts()).isEqualTo(2301);
    assertThat(file.texts("SELECT * FROM flowyml_change")).isEmpty();
  }

  @Test
  void otherProjects_areNotInFlowymlsTable() {
    catalog.project("team").register(artifact("raw", "Model").id("a"));
    assertThat(file.texts("SELECT * FROM artifacts")).isEmpty();
  }

  @Test
  void triggers_callNoFunctions() {
    assertThat(file.texts("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
        .hasSize(3)
        .allSatisfy(
            sql ->
                assertThat(sql.replaceAll("flowyml_change \\(|VALUES \\(", ""))
                    .doesNotContain("("));
  }
}
