package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What was read before is read as it is now, whatever changed it: itself, another artifact, or
 * another process. Reads as of the last event take another way, and so tell what is right.
 */
abstract class ReadAgainContract extends Contract {
  private static final int OPERATIONS = 150;
  private static final int STRANGER_EVERY = 10;

  @Test
  void recordsReadBefore_areAsTheyAreNow() {
    var history = new RandomHistory(catalog, 71);
    for (int i = 0; i < OPERATIONS; i++) {
      history.step();
      if (i % STRANGER_EVERY == 0) {
        childOfWhatComes(history.ids().size() + 2);
      }
      assertThat(living(catalog)).isEqualTo(living(catalog.asOf(catalog.stats().seq())));
    }
    var then = catalog.asOf(catalog.stats().seq());
    for (var id : history.ids()) {
      assertThat(catalog.find(id)).isEqualTo(then.find(id));
    }
  }

  private void childOfWhatComes(int number) {
    tolerated(
        """
        {"id": "before %1$d", "name": "x", "artifact_type": "Model", "parent_ids": ["id%1$d"]}\
        """
            .formatted(number));
  }

  private static List<Artifact> living(ArtifactCatalog catalog) {
    return catalog.list(ListFilter.all().limit(Limits.PAGE)).items();
  }
}
