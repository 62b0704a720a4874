package io.flowyml.catalog.internal.flowyml;

import static io.flowyml.catalog.Registration.artifact;
import static io.flowyml.catalog.internal.flowyml.FlowymlFile.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.sql.Schema;
import io.flowyml.catalog.internal.sql.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that FlowyML made, and the catalog opens for the first time. */
class AdoptionTest {
  /** Several batches. */
  private static final int MANY = 9_000;

  private FlowymlFile file;

  @BeforeEach
  void make(@TempDir Path directory) {
    file = new FlowymlFile(directory.resolve("catalog.db")).init();
  }

  /** Rows id1, id2, ... each with the one before as its parent, the newest first in the table. */
  private void makeMany() {
    file.execute(
        """
        INSERT INTO artifacts (artifact_id, name, artifact_type, parent_ids, tags, created_at)
        WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i - 1 FROM n WHERE i > 1)
        SELECT 'id' || i, 'n' || (i %% 100), 'T', '["id' || (i - 1) || '"]',
          '{"k": "v' || (i %% 7) || '"}', '2026-01-01T00:00:00.' || substr(1000000 + i, 2) FROM n\
        """
            .formatted(MANY));
  }

  private void assertAllAdopted() {
    try (var catalog = file.open()) {
      assertThat(catalog.stats().artifacts()).isEqualTo(MANY);
      assertThat(catalog.list().stream().map(Artifact::id).limit(3))
          .containsExactly("id" + MANY, "id" + (MANY - 1), "id" + (MANY - 2));
      assertThat(catalog.get("id101"))
          .returns("2", Artifact::version)
          .returns(List.of("id100"), Artifact::parentIds)
          .returns(List.of(), Artifact::unresolvedParentIds);
      assertThat(catalog.getLineage("id5000").childIds()).containsExactly("id5001");
      assertThat(catalog.search("name:n5 k:v5").stream().map(Artifact::id))
          .hasSize(13)
          .startsWith("id8405")
          .endsWith("id5");
    }
    assertThat(file.texts("SELECT last_row, done FROM flowyml_adoption"))
        .containsExactly("null|" + MANY);
    assertThat(
            file.texts(
                """
                SELECT count(*) FROM event e JOIN artifact a ON a.doc = e.doc AND a.seq = e.seq
                WHERE e.kind = 0 AND a.id = 'id' || a.doc\
                """))
        .containsExactly(Integer.toString(MANY));
  }

  private SqliteDatabase prepared() {
    var database =
        SqliteDatabase.file(file.path().toString(), "the file", null, Duration.ofSeconds(10));
    database.journalMode("wal");
    Schema.migrate(database, FlowymlTable::install);
    return database;
  }

  @Test
  void rows_areNumberedByCreatedAtThenRowId() {
    file.register(
        row("c", "x").createdAt("2026-01-02T00:00:00"),
        row("b", "x").createdAt("2026-01-01T00:00:00"),
        row("a", "x").createdAt("2026-01-01T00:00:00"));
    try (var catalog = file.open()) {
      assertThat(catalog.versions("x").stream().map(a -> a.id() + a.version()))
          .containsExactly("c3", "a2", "b1");
    }
  }

  @Test
  void manyRows_areAdoptedInBatchesWithProgress() {
    makeMany();
    var told = new ArrayList<String>();
    try (var database = prepared()) {
      Adoption.run(database, (done, total) -> told.add(done + "/" + total));
    }
    assertThat(told).hasSizeGreaterThan(2).endsWith(MANY + "/" + MANY);
    assertAllAdopted();
  }

  @Test
  void badJson_isNamedAndHidesNoOther() {
    file.register(row("a", "x").tags("{bad"), row("b", "x").parents("[\"a\"]"));
    try (var catalog = file.open()) {
      assertThat(catalog.search("x").stream().map(Artifact::id)).containsExactly("b", "a");
      assertThat(catalog.get("a").tags()).isEmpty();
    }
    assertThat(file.texts("SELECT artifact_id, column_name FROM flowyml_problem"))
        .containsExactly("a|tags");
  }

  @Test
  void versionsDuplicatesAndUnknownParents_areTakenAsFromTheOpenFile() {
    file.register(
        row("a", "x").version("v1").hash("h"),
        row("b", "x").version("v1").hash("h"),
        row("c", "x").version("7").parents("[\"late\", \"c\", \"gone\"]"),
        row("late", "x").createdAt("2027-01-01T00:00:00"));
    try (var catalog = file.open()) {
      assertThat(catalog.get("a").version()).isEqualTo("v1");
      assertThat(catalog.get("b"))
          .returns("1", Artifact::version)
          .returns("v1", Artifact::declaredVersion)
          .returns("a", Artifact::duplicateOf);
      assertThat(catalog.get("c"))
          .returns("7", Artifact::version)
          .returns(List.of("late", "c", "gone"), Artifact::parentIds)
          .returns(List.of("gone"), Artifact::unresolvedParentIds);
      assertThat(catalog.get("late").version()).isEqualTo("8");
      assertThat(catalog.stats().duplicates()).isEqualTo(1);
    }
  }

  @Test
  void brokenOff_isResumedWhereItWas() {
    makeMany();
    try (var database = prepared()) {
      assertThatThrownBy(
              () ->
                  Adoption.run(
                      database,
                      (done, total) -> {
                        throw new IllegalStateException("killed after " + done);
                      }))
          .hasMessageStartingWith("killed after");
    }
    var done = Integer.parseInt(file.texts("SELECT done FROM flowyml_adoption").getFirst());
    assertThat(done).isBetween(1, MANY - 1);
    assertThat(file.texts("SELECT count(*) FROM artifact")).containsExactly(String.valueOf(done));
    assertAllAdopted();
  }

  @Test
  void severalAtOnce_adoptEachRowOnce() throws Exception {
    makeMany();
    try (var threads = Executors.newFixedThreadPool(3)) {
      Callable<Boolean> adopt =
          () -> {
            try (var catalog = file.open()) {
              return catalog.stats().artifacts() == MANY;
            }
          };
      for (Future<Boolean> complete : threads.invokeAll(List.of(adopt, adopt, adopt))) {
        assertThat(complete.get()).isTrue();
      }
    }
    assertAllAdopted();
  }

  @Test
  void flowymlWritesMeanwhile_areTakenInAfterwards() {
    makeMany();
    var written = new ArrayList<Long>();
    try (var database = prepared()) {
      Adoption.run(
          database,
          (done, total) -> {
            if (written.isEmpty()) {
              file.register(row("new", "n1"), row("id3", "other").hash("h"));
              file.tags("id8000", "{\"stage\": \"dev\"}").tags("id8000", "{\"stage\": \"prod\"}");
              file.execute("DELETE FROM artifacts WHERE artifact_id IN ('id4', 'id8001')");
              file.register(row("id8002", "n2"));
              written.add(done);
            }
          });
    }
    try (var catalog = file.open()) {
      assertThat(catalog.get("new").name()).isEqualTo("n1");
      assertThat(catalog.get("id3").contentHash()).isEqualTo("h");
      assertThat(catalog.find("id4")).isEmpty();
      assertThat(catalog.history("id4").items().getLast().kind()).isEqualTo(Event.Kind.DELETED);
      assertThat(catalog.find("id8001")).isEmpty();
      assertThat(catalog.search("stage:prod").stream().map(Artifact::id)).containsExactly("id8000");
      assertThat(catalog.get("id8002").name()).isEqualTo("n2");
      assertThat(catalog.list().items().stream().map(Artifact::id)).doesNotHaveDuplicates();
    }
  }

  @Test
  void writesThatAnAdoptedRowShowsAlready_areNotReplayed() {
    makeMany();
    try (var database = prepared()) {
      file.tags("id1", "{\"n\": 1}").tags("id1", "{\"n\": 2}");
      file.execute("UPDATE artifacts SET artifact_id = 'id2b' WHERE artifact_id = 'id2'");
      Adoption.run(database, (done, total) -> {});
    }
    try (var catalog = file.open()) {
      assertThat(catalog.history("id1").stream().map(Event::kind))
          .containsExactly(Event.Kind.REGISTERED);
      assertThat(catalog.get("id1").tags()).containsEntry("n", 2L);
      assertThat(catalog.find("id2")).isEmpty();
      assertThat(catalog.get("id2b").isDeleted()).isFalse();
    }
  }

  @Test
  void emptyAndNewFiles_haveNothingToAdopt() {
    try (var catalog = file.open()) {
      assertThat(catalog.list().items()).isEmpty();
      catalog.register(artifact("x", "T"));
    }
    try (var catalog = file.open()) {
      assertThat(catalog.list().items()).hasSize(1);
    }
  }

  @Test
  void adoptedFile_isStillFlowymls() {
    makeMany();
    file.open().close();
    file.init().register(row("new", "x"));
    assertThat(file.texts("SELECT artifact_id FROM artifacts WHERE tags LIKE '%v3%' LIMIT 1"))
        .hasSize(1);
    assertThat(file.texts("SELECT count(*) FROM artifacts WHERE seq IS NOT NULL"))
        .containsExactly("0");
  }
}
