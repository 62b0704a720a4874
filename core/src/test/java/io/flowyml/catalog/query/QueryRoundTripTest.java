package io.flowyml.catalog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QueryRoundTripTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
  void asText_parsesToTheSameQuery(@ForAll("parsed") ParsedQuery query) {
    assertThat(QueryParser.parse(query.asText(), NOW)).as(query.asText()).isEqualTo(query);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void asText_ofATree_parsesToTheSameTree(@ForAll("queries") Query query) {
    assertThat(QueryParser.parse(query.asText(), NOW).where()).as(query.asText()).isEqualTo(query);
  }

  @Provide
  Arbitrary<ParsedQuery> parsed() {
    return RandomQueries.parsed();
  }

  @Provide
  Arbitrary<Query> queries() {
    return RandomQueries.query();
  }
}
