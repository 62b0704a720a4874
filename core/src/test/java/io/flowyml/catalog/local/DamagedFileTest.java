package io.flowyml.catalog.local;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A catalog whose file was damaged. {@code -Ddamage.seed} makes other damage. */
@Timeout(120)
class DamagedFileTest {
  private static final int PAGE = 4096;

  private static byte[] sound;
  @TempDir private Path folder;

  @BeforeAll
  static void fill(@TempDir Path folder) throws IOException {
    var file = folder.resolve("sound.db");
    try (var catalog = ArtifactCatalog.open(file)) {
      catalog.registerAll(
          IntStream.range(0, 300)
              .mapToObj(
                  i ->
                      artifact("name" + i % 7, i % 2 == 0 ? "Model" : "Dataset")
                          .id("id" + i)
                          .content(new byte[] {(byte) (i % 100)})
                          .tag("team", "team" + i % 3)
                          .metadata("description", "the artifact number " + i)
                          .parents(i < 7 ? List.of() : List.of("id" + (i - 7), "id" + (i - 6))))
              .toList());
      for (int i = 0; i < 300; i += 10) {
        catalog.tag("id" + i, "score", i / 100.0);
        catalog.promote("id" + i, "production");
      }
      catalog.delete("id299");
    }
    sound = Files.readAllBytes(file);
    assertThat(sound.length / PAGE).isBetween(30, 400);
  }

  /** What users call, each of which may be right or refused, and never anything else. */
  private static List<Runnable> calls(ArtifactCatalog catalog) {
    return List.of(
        () -> catalog.get("id7"),
        () -> catalog.get("name3@production"),
        () -> catalog.list().items(),
        () -> catalog.search("number team:team1").items(),
        () -> catalog.search("score>1 -type:Dataset").items(),
        () -> catalog.versions("name1"),
        () -> catalog.history("id10"),
        () -> catalog.upstream("id200"),
        () -> catalog.downstream("id3"),
        () -> catalog.stats(),
        () -> catalog.export(new StringBuilder()),
        () -> catalog.register(artifact("name1", "Model").tag("team", "new")),
        () -> catalog.tag("id8", "team", "other"),
        () -> catalog.delete("id298"));
  }

  /** Uses a damaged file; answers the errors met. */
  private List<CatalogException> use(byte[] bytes, String damage) throws IOException {
    var file = folder.resolve("catalog.db");
    Files.deleteIfExists(folder.resolve("catalog.db-wal"));
    Files.deleteIfExists(folder.resolve("catalog.db-shm"));
    Files.write(file, bytes);
    var errors = new ArrayList<CatalogException>();
    try (var catalog = ArtifactCatalog.open(file)) {
      for (var call : calls(catalog)) {
        attempt(call, damage, errors);
      }
      attempt(() -> named(catalog, errors), damage, errors);
    } catch (CatalogException e) {
      errors.add(e);
    } catch (RuntimeException e) {
      fail(damage, e);
    }
    return errors;
  }

  private static void attempt(Runnable call, String damage, List<CatalogException> errors) {
    try {
      call.run();
    } catch (CatalogException e) {
      errors.add(e);
    } catch (RuntimeException e) {
      fail(damage, e);
    }
  }

  private static void named(ArtifactCatalog catalog, List<CatalogException> errors) {
    for (var problem : ClosingTest.problems(catalog)) {
      errors.add(new CatalogException(ErrorCode.CORRUPT, problem));
    }
  }

  @Test
  void everyPageThatIsLost_isFound_andNothingButErrorsOfTheCatalogIsThrown() throws IOException {
    for (int page = 0; page < sound.length / PAGE; page++) {
      var bytes = sound.clone();
      Arrays.fill(bytes, page * PAGE, (page + 1) * PAGE, (byte) 0);
      var errors = use(bytes, "page " + page + " lost");
      assertThat(errors).as("page %d lost", page).isNotEmpty();
      assertThat(errors)
          .as("page %d lost", page)
          .extracting(CatalogException::code)
          .contains(ErrorCode.CORRUPT);
    }
  }

  @Test
  void damageAnywhere_isAnErrorOfTheCatalogOrGoesUnnoticed() throws IOException {
    long seed = Long.getLong("damage.seed", 20260303L);
    var random = new SplittableRandom(seed);
    int noticed = 0;
    int tries = Integer.getInteger("damage.tries", 50);
    for (int i = 0; i < tries; i++) {
      var bytes = sound.clone();
      int at = random.nextInt(100, bytes.length - 64);
      int length = random.nextInt(1, 64);
      for (int b = at; b < at + length; b++) {
        bytes[b] = (byte) random.nextInt(256);
      }
      var damage = "seed %d, try %d: %d bytes at %d".formatted(seed, i, length, at);
      noticed += use(bytes, damage).isEmpty() ? 0 : 1;
    }
    assertThat(noticed).isGreaterThan(tries / 2);
  }
}
