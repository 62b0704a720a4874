package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Registration;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code search} with its order and explanation, {@code facets}, pipes of ids and completion. */
class SearchingCommandsTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void fill() {
    var file = folder.resolve("catalog.db");
    shell = new Shell(file);
    try (var catalog = ArtifactCatalog.open(file)) {
      for (int i = 1; i <= 3; i++) {
        catalog.register(
            Registration.artifact("fraud_detector", "Model")
                .id("m" + i)
                .tag("f1_score", 0.8 + i % 3 / 100.0)
                .tag("stage", i == 2 ? "in production" : "staging"));
      }
      catalog.register(Registration.artifact("raw", "Dataset").id("d1"));
    }
  }

  @Test
  void sort_ordersTheAnswer() {
    assertThat(shell.run("search", "--sort", "-f1_score", "-o", "ids").succeeds().lines())
        .containsExactly("m2", "m1", "m3", "d1");
    assertThat(
            shell
                .run("search", "type:Model", "--sort=stage", "--sort=f1_score", "-o", "ids")
                .lines())
        .containsExactly("m2", "m3", "m1");
    shell.run("search", "sort:name", "--sort", "type").failsWith(2, "query_syntax");
  }

  @Test
  void explain_showsQueryPlanAndRows() {
    var shown = shell.run("search", "--explain", "type:Model", "-stage:staging").succeeds();
    assertThat(shown.out())
        .contains("query      type:Model -stage:staging")
        .contains("values of the dictionary")
        .containsPattern("rows       \\d+ looked at");
    assertThat(shell.run("search", "--explain", "raw", "-o", "json").json())
        .containsKeys("query", "plan", "answers", "rows", "unindexed");
    shell.run("search", "--explain", "raw", "-o", "ids").failsWith(2, "invalid_argument");
  }

  @Test
  void reference_thatIsSearchedFor_isHintedAt() {
    var hinted = shell.run("search", "fraud_detector:3", "-o", "ids").succeeds();
    assertThat(hinted.out()).isEmpty();
    assertThat(hinted.err()).contains("refers to fraud_detector:3");
    assertThat(shell.run("search", "nothing:3", "-o", "ids").succeeds().err()).isEmpty();
  }

  @Test
  void facets_countValues() {
    var table = shell.run("facets", "--by", "type", "--by", "stage").succeeds();
    assertThat(table.lines())
        .anyMatch(line -> line.matches("type +Model +3"))
        .anyMatch(line -> line.matches(" +Dataset +1"))
        .anyMatch(line -> line.matches("stage +staging +2"))
        .anyMatch(line -> line.matches(" +\\(none\\) +1"));
    assertThat(shell.run("facets", "-type:Model", "-o", "csv").succeeds().lines())
        .containsExactly("field,value,from,to,count", "type,Dataset,,,1");
    assertThat(shell.run("facets", "--by", "tag.*", "-o", "json").json())
        .containsEntry("matches", 4L)
        .containsEntry("exact", true);
    shell.run("facets", "--by", "id").failsWith(2, "invalid_argument");
    shell.run("facets", "-o", "ids").failsWith(2, "invalid_argument");
  }

  @Test
  void numbersBeyondTheLimit_areShownInRanges() {
    assertThat(shell.run("facets", "--by", "f1_score", "--limit", "1").succeeds().lines())
        .anyMatch(line -> line.matches("f1_score +0.8 to 0.805 +1"));
  }

  @Test
  void stats_tellTopNamesAndGrowth() {
    var stats = shell.run("stats", "-o", "json").succeeds().json();
    assertThat(stats).containsKeys("seq", "artifacts", "growth");
    assertThat(stats.get("top_names").toString()).isEqualTo("{fraud_detector=3, raw=1}");
    assertThat(shell.run("stats").succeeds().out()).contains("top_names").contains("per_day");
  }

  @Test
  void ids_arePipedIntoTagGetAndDelete() {
    var ids = shell.run("search", "type:Model", "-o", "ids").out();
    shell.stdin(ids);
    assertThat(shell.run("tag", "-", "reviewed=true", "-o", "ids").succeeds().lines())
        .containsExactly("m3", "m2", "m1");
    assertThat(shell.run("search", "reviewed:true", "-o", "ids").lines()).hasSize(3);
    assertThat(shell.run("get", "-", "-o", "json").succeeds().items()).hasSize(3);
    shell.stdin("m1\n\nnothing\nm2\n");
    var deleted = shell.run("delete", "-", "-o", "ids").failsWith(3, "not_found");
    assertThat(deleted.lines()).containsExactly("m1", "m2");
    shell.stdin("");
    assertThat(shell.run("tag", "-", "a=b", "-o", "ids").succeeds().out()).isEmpty();
  }

  @Test
  void completion_knowsFieldsTagsAndValues() {
    assertThat(shell.run("completion", "--words", "st").succeeds().lines())
        .containsExactly("stage:", "step:");
    assertThat(shell.run("completion", "--words=-sta").lines()).containsExactly("-stage:");
    assertThat(shell.run("completion", "--words", "stage:").lines())
        .containsExactly("stage:\"in production\"", "stage:staging");
    assertThat(shell.run("completion", "--words", "type:mo").lines()).containsExactly("type:Model");
    assertThat(shell.run("completion", "--words", "has:p").lines()).containsExactly("has:parents");
    assertThat(shell.run("completion", "--fields", "--words", "f").lines())
        .containsExactly("f1_score");
    var nowhere = new Shell(folder.resolve("nowhere.db"));
    assertThat(nowhere.run("completion", "--words", "st").succeeds().out()).isEmpty();
    assertThat(shell.run("completion", "bash").out()).contains("completion --words=");
  }
}
