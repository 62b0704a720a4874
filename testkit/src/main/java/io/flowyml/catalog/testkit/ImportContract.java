package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plain records, one a line, by the tolerant rules. */
abstract class ImportContract extends Contract {

  @Test
  void record_needsOnlyNameAndType() {
    var artifact = tolerated("{\"name\":\"raw\",\"artifact_type\":\"Dataset\"}");
    assertThat(artifact.version()).isEqualTo("1");
    assertThat(catalog.get("raw")).isEqualTo(artifact);
    assertThat(artifact.createdBy()).isEqualTo(ACTOR);
  }

  @Test
  void record_isTakenWhole() {
    catalog.register(dataset("p").id("p"));
    var artifact =
        tolerated(
            """
            {"id":"a","name":"m","artifact_type":"Model","version":"v1","content_hash":"abc","size":3,\
            "uri":"s3://x","source_step":"s","source_run_id":"r","source_pipeline":"pi",\
            "parent_ids":["p"],"tags":{"t":1.5},"metadata":{"k":[1]},"aliases":["gold"],\
            "created_at":"2020-01-02T03:04:05.000006Z"}\
            """);
    assertThat(artifact.contentHash()).isEqualTo("abc");
    assertThat(artifact.hashOrigin()).isEqualTo(Artifact.HashOrigin.DECLARED);
    assertThat(artifact.parentIds()).containsExactly("p");
    assertThat(artifact.tags()).isEqualTo(Map.of("t", 1.5));
    assertThat(artifact.metadata()).isEqualTo(Map.of("k", List.of(1L)));
    assertThat(artifact.createdAt()).isEqualTo(Instant.parse("2020-01-02T03:04:05.000006Z"));
    assertThat(catalog.get("m@gold")).isEqualTo(artifact);
    assertThat(history("a").getFirst().at()).isAfter(artifact.createdAt());
  }

  @Test
  void record_registeredAgain_isTheSame() {
    var line = "{\"id\":\"a\",\"name\":\"m\",\"artifact_type\":\"Model\",\"parent_ids\":[\"x\"]}";
    tolerated(line);
    assertThat(imported(catalog, line))
        .extracting(Outcome::status)
        .containsExactly(Outcome.Status.EXISTING);
  }

  @Test
  void lines_mayNameEarlierAndLaterOnesAsParents() {
    imported(
        catalog,
        """
        {"id":"child","name":"m","artifact_type":"Model","parent_ids":["later","earlier"]}
        {"id":"earlier","name":"d","artifact_type":"Dataset"}
        {"id":"later","name":"d","artifact_type":"Dataset"}
        """);
    assertThat(catalog.get("child").parentIds()).containsExactly("later", "earlier");
    assertThat(catalog.get("child").unresolvedParentIds()).isEmpty();
  }

  @Test
  void blankLines_carriageReturnsAndAByteOrderMark_arePassedOver() {
    var record =
        """
        {"name":"a","artifact_type":"T"}\
        """;
    var outcomes = imported(catalog, String.join("\r\n", "\uFEFF", record, "", "   ", record));
    assertThat(outcomes).hasSize(2);
    assertThat(names(catalog.list())).containsExactly("a", "a");
  }

  @Test
  void badLines_areNamedAndStopNobody() {
    var outcomes =
        imported(
            catalog,
            """
            {"name":"a","artifact_type":"T"}
            {"name":"b"
            [1]
            {"name":"c"}

            {"name":"d","artifact_type":"T","nonsense":1}
            {"name":"e","artifact_type":"T","tags":[1]}
            {"name":"f","artifact_type":"T","aliases":["latest"]}
            {"name":"g","artifact_type":"T"}
            """);
    assertThat(outcomes).hasSize(8);
    var lines = List.of(2L, 3L, 4L, 6L, 7L, 8L);
    for (int i = 0; i < lines.size(); i++) {
      var error = error(outcomes.get(i + 1));
      assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(error.getMessage()).contains("line " + lines.get(i));
      assertThat(error.facts()).containsEntry("line", lines.get(i));
    }
    assertThat(names(catalog.list())).containsExactly("g", "a");
  }

  @Test
  void conflict_isNamedWithItsLine() {
    catalog.register(model("m").id("a"));
    catalog.register(model("m").id("gone"));
    catalog.delete("gone");
    var outcomes =
        imported(
            catalog,
            """
            {"id":"a","name":"other","artifact_type":"Model"}
            {"id":"gone","name":"m","artifact_type":"Model"}
            {"id":"b","name":"m","artifact_type":"Model"}
            """);
    assertThat(error(outcomes.get(0)).code()).isEqualTo(ErrorCode.ID_EXISTS);
    assertThat(error(outcomes.get(0)).getMessage()).contains("line 1", "other");
    assertThat(error(outcomes.get(1)).code()).isEqualTo(ErrorCode.DELETED);
    assertThat(outcomes.get(2).orThrow().version()).isEqualTo("3");
  }

  @Test
  void versionThatIsTaken_givesWay() {
    catalog.register(model("m"));
    var artifact = tolerated("{\"name\":\"m\",\"artifact_type\":\"Model\",\"version\":\"1\"}");
    assertThat(artifact.version()).isEqualTo("2");
    assertThat(artifact.declaredVersion()).isEqualTo("1");
  }

  @Test
  void tagsOfAnyJson_areKeptAndSearchable() {
    tolerated(
        """
        {"id":"a","name":"m","artifact_type":"Model","tags":{"list":[1,"two"],"none":null,"ok":"yes"}}\
        """);
    var tags = catalog.get("a").tags();
    assertThat(tags)
        .containsEntry("list", Arrays.asList(1L, "two"))
        .containsEntry("none", null)
        .containsEntry("ok", "yes");
    assertThat(ids(catalog.search("two"))).containsExactly("a");
    assertThat(ids(catalog.search("ok:yes"))).containsExactly("a");
  }

  @Test
  void namesBeyondTheStrictRules_areReachedByIdAndSearch() {
    tolerated("{\"id\":\"a\",\"name\":\"\",\"artifact_type\":\"\"}");
    tolerated("{\"id\":\"b\",\"name\":\"with@and:in it\",\"artifact_type\":\"T\"}");
    tolerated(
        "{\"id\":\"c\",\"name\":\"%s\",\"artifact_type\":\"T\"}".formatted("long".repeat(1_000)));
    assertThat(catalog.get("a").name()).isEmpty();
    assertThat(ids(catalog.search("with@and"))).containsExactly("b");
    assertThat(ids(catalog.search("longlonglong"))).containsExactly("c");
    assertThat(catalog.find("with@and:in it")).isEmpty();
  }

  @Test
  void nulAndLoneSurrogates_becomeReplacementCharacters() {
    var artifact =
        tolerated(
            """
            {"id":"a","name":"n\\u0000l","artifact_type":"T","tags":{"k\\ud800":"v\\udc00"}}\
            """);
    assertThat(artifact.name()).isEqualTo("n\uFFFDl");
    assertThat(catalog.get("a").tags()).isEqualTo(Map.of("k\uFFFD", "v\uFFFD"));
  }

  @Test
  void tombstoneOfARecord_isATombstone() {
    tolerated(
        """
        {"id":"a","name":"m","artifact_type":"Model","deleted_at":"2020-01-02T03:04:05Z"}\
        """);
    assertThat(catalog.find("a")).isEmpty();
    assertThat(catalog.register(model("m")).version()).isEqualTo("2");
  }

  @Test
  void lineAtTheLimit_isTaken_andOneAboveIsRefused() {
    var start = "{\"name\":\"a\",\"artifact_type\":\"T\",\"metadata\":{\"x\":\"";
    var end = "\"}}";
    int room = Limits.BATCH_LINE_BYTES - start.length() - end.length();
    var outcomes =
        imported(
            catalog,
            start
                + "x".repeat(room)
                + end
                + "\n"
                + start
                + "x".repeat(room + 1)
                + end
                + "\n{\"name\":\"b\",\"artifact_type\":\"T\"}");
    assertThat(outcomes.get(0).status()).isEqualTo(Outcome.Status.CREATED);
    assertThat(error(outcomes.get(1)).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(error(outcomes.get(1)).getMessage()).contains("line 2");
    assertThat(outcomes.get(2).status()).isEqualTo(Outcome.Status.CREATED);
  }

  @Test
  void nothing_isNothing() {
    assertThat(imported(catalog, "")).isEmpty();
    assertThat(imported(catalog, "\n\n")).isEmpty();
    assertThat(catalog.stats().seq()).isZero();
  }

  @Test
  void thousandsOfLines_comeInOrder() {
    var lines = new StringBuilder();
    for (int i = 0; i < 1_300; i++) {
      lines.append("{\"name\":\"m\",\"artifact_type\":\"T\",\"tags\":{\"i\":%d}}\n".formatted(i));
    }
    var outcomes = imported(catalog, lines.toString());
    assertThat(outcomes).hasSize(1_300);
    assertThat(outcomes.getLast().orThrow().version()).isEqualTo("1300");
    assertThat(catalog.search("i:1299").items()).hasSize(1);
  }
}
