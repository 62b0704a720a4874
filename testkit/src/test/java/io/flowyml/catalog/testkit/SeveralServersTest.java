package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Two servers on one PostgreSQL database: what is promised of one holds where each call goes to
 * another one than the call before.
 */
class SeveralServersTest {
  private static final CatalogContract IN_TURN =
      new CatalogContract() {
        @Override
        protected CatalogBackend open() {
          var url = PostgresServer.shared().emptyDatabase();
          return InTurn.of(
              List.of(PostgresCatalogBackend.open(url), PostgresCatalogBackend.open(url)));
        }
      };

  @Nested
  class ManyAtOnce extends ConcurrencyContract {
    @Override
    CatalogContract contract() {
      return IN_TURN;
    }
  }

  @Nested
  class SearchingAtRandom extends RandomSearchContract {
    @Override
    CatalogContract contract() {
      return IN_TURN;
    }
  }

  @Nested
  class AtAnyTime extends AsOfContract {
    @Override
    CatalogContract contract() {
      return IN_TURN;
    }
  }

  @Nested
  class ReadAgain extends ReadAgainContract {
    @Override
    CatalogContract contract() {
      return IN_TURN;
    }
  }

  @Nested
  class Purging extends PurgeContract {
    @Override
    CatalogContract contract() {
      return IN_TURN;
    }
  }

  /** Each server numbers values, forgets some, and knows some by heart. */
  @Test
  void serversThatIndexAndPurgeInTurn_agreeOnWhatHasWhichValue() {
    var url = PostgresServer.shared().emptyDatabase();
    try (var one = ArtifactCatalog.open(PostgresCatalogBackend.open(url));
        var other = ArtifactCatalog.open(PostgresCatalogBackend.open(url))) {
      for (int round = 0; round < 4; round++) {
        var by = round % 2 == 0 ? one : other;
        var made = by.registerAll(batch(round));
        assertThat(one.search("stage:shared", 1_000, null).items()).hasSize(120);
        assertThat(other.search("stage:shared", 1_000, null).items()).hasSize(120);
        assertThat(one.search("round:" + round, 1_000, null).items()).hasSize(120);
        made.stream()
            .map(Outcome::orThrow)
            .map(Artifact::id)
            .forEach(id -> (id.endsWith("0") ? one : other).delete(id));
        assertThat((round % 2 == 0 ? other : one).purge(Duration.ZERO, false).ids()).hasSize(120);
        assertThat(other.search("shared").items()).isEmpty();
      }
      assertThat(Examined.problems(one.backend())).isEmpty();
      assertThat(other.stats().deleted()).isEqualTo(480);
    }
  }

  private static List<Registration> batch(int round) {
    var batch = new ArrayList<Registration>();
    IntStream.range(0, 120)
        .forEach(
            i ->
                batch.add(
                    Registration.artifact("m", "Model")
                        .id("r" + round + "-" + i)
                        .tag("stage", "shared")
                        .tag("round", round)
                        .tag("number", i)));
    return batch;
  }
}
