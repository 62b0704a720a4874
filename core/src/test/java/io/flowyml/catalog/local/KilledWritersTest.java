package io.flowyml.catalog.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ListFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of processes that write. */
@Timeout(120)
class KilledWritersTest {
  private static final int ROUNDS = 4;
  private static final int WRITERS = 2;
  private static final int FOR_EVER = 1_000_000;

  @TempDir private Path folder;

  @Test
  void everythingAcknowledged_isThere_andTheTablesAgree() throws Exception {
    var file = folder.resolve("catalog.db");
    var acknowledged = new ArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      var writers = new ArrayList<Worker>();
      try {
        for (int w = 0; w < WRITERS; w++) {
          var prefix = "r" + round + "w" + w + "-";
          writers.add(Worker.registering(file, "shared", prefix, FOR_EVER));
        }
        for (var writer : writers) {
          writer.awaitReady().go();
        }
        // the first round dies at its first words, so that also the making of the file is cut off
        for (int i = 0; i < 15 * round; i++) {
          acknowledged.add(writers.get(i % WRITERS).line());
        }
        for (var writer : writers) {
          acknowledged.addAll(writer.kill());
        }
      } finally {
        writers.forEach(Worker::close);
      }
      check(file, acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThan(15 * ROUNDS);
  }

  private static void check(Path file, List<String> acknowledged) {
    try (var catalog = ArtifactCatalog.open(file)) {
      for (var line : acknowledged) {
        var said = line.split(" ", -1);
        assertThat(version(catalog, said[0])).as(line).isEqualTo(said[1]);
      }
      long found = catalog.stats().artifacts();
      assertThat(found).isBetween((long) acknowledged.size(), FOR_EVER - 1L);
      if (found > 0) {
        assertThat(catalog.list(ListFilter.all().limit(1)).first().version())
            .isEqualTo(Long.toString(found));
      }
      assertThat(ClosingTest.problems(catalog)).isEmpty();
    }
  }

  private static String version(ArtifactCatalog catalog, String id) {
    try {
      return catalog.get(id).version();
    } catch (CatalogException e) {
      return e.getMessage();
    }
  }
}
