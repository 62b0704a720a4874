package io.flowyml.catalog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code -Dquery.fuzz.seed} tries the queries of another run again. */
class QueryRoundTripTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private final long seed = Long.getLong("query.fuzz.seed", new Random().nextLong());
  private final RandomQueries random = new RandomQueries(seed);

  @Test
  void asText_parsesToTheSameQuery() {
    for (int i = 0; i < 5_000; i++) {
      var query = random.parsed();
      assertThat(QueryParser.parse(query.asText(), NOW))
          .as("seed %d: %s", seed, query.asText())
          .isEqualTo(query);
    }
  }

  @Test
  void asText_ofATree_parsesToTheSameTree() {
    for (int i = 0; i < 2_000; i++) {
      var query = random.query();
      assertThat(QueryParser.parse(query.asText(), NOW).where())
          .as("seed %d: %s", seed, query.asText())
          .isEqualTo(query);
    }
  }
}
