package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.query.QueryParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A search finds what the meaning of its query says of each artifact, newest first, nothing else.
 */
abstract class RandomSearchContract extends Contract {
  private static final int PAGE = 7;
  private static final List<String> COMPARISONS = List.of(">", ">=", "<", "<=", "!=", "=");

  private static final List<String> FIELDS =
      List.of(
          "stage",
          "team",
          "f1",
          "n",
          "note",
          "Stage",
          "name",
          "type",
          "pipeline",
          "step",
          "run",
          "version",
          "hash",
          "id",
          "uri",
          "created",
          "alias",
          "duplicate");

  private static final List<String> PATHS =
      List.of(
          "metadata.owner",
          "metadata.description",
          "metadata.n",
          "metadata.deep",
          "metadata.deep.a",
          "metadata.deep.b.c",
          "metadata.list",
          "metadata.list.a",
          "metadata.much");

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void anyQuery_findsWhatItsMeaningSays(long seed) {
    var history = new RandomHistory(catalog, seed);
    var random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      history.steps(120);
      var oracle = new QueryOracle(catalog.list(ListFilter.all().limit(1_000)).items().reversed());
      for (int i = 0; i < 80; i++) {
        var query = query(random);
        var expected = oracle.search(QueryParser.parse(query, Instant.now()));
        assertThat(found(query)).as(query).isEqualTo(ids(expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void anyFilter_listsWhatPasses(long seed) {
    new RandomHistory(catalog, seed).steps(400);
    var random = new Random(seed);
    var living = catalog.list(ListFilter.all().limit(1_000)).items();
    for (int i = 0; i < 200; i++) {
      var filter = filter(random);
      assertThat(ids(catalog.list(filter)))
          .as(filter.toString())
          .isEqualTo(ids(living.stream().filter(filter::matches).toList()));
    }
  }

  private static ListFilter filter(Random random) {
    var filter = ListFilter.all().limit(1_000);
    if (random.nextBoolean()) {
      filter = filter.type(pick(random, RandomHistory.TYPES));
    }
    if (random.nextInt(3) == 0) {
      filter = filter.pipeline(pick(random, RandomHistory.NAMES));
    }
    if (random.nextInt(3) == 0) {
      filter = filter.step("step " + random.nextInt(4));
    }
    while (random.nextBoolean()) {
      filter = filter.tag(pick(random, RandomHistory.KEYS), pick(random, RandomHistory.VALUES));
    }
    return filter;
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void anyQuery_asOfAnEvent_findsWhatItsMeaningSays(long seed) {
    new RandomHistory(catalog, seed).steps(400);
    var random = new Random(seed);
    long last = catalog.stats().seq();
    for (int round = 0; round < 25; round++) {
      var past = catalog.asOf(1 + random.nextInt((int) last));
      var oracle = new QueryOracle(past.list(ListFilter.all().limit(1_000)).items().reversed());
      for (int i = 0; i < 8; i++) {
        var query = query(random);
        var expected = oracle.search(QueryParser.parse(query, Instant.now()));
        assertThat(found(past, query)).as("%s: %s", past.asOf(), query).isEqualTo(ids(expected));
      }
    }
  }

  private List<String> found(String query) {
    return found(catalog, query);
  }

  private static List<String> found(ArtifactCatalog catalog, String query) {
    var found = new ArrayList<String>();
    String cursor = null;
    do {
      var page = catalog.search(query, PAGE, cursor);
      found.addAll(ids(page));
      cursor = page.nextCursor();
    } while (cursor != null);
    return found;
  }

  private static String query(Random random) {
    var where =
        random.nextInt(4) == 0
            ? "(%s) OR (%s)".formatted(conjunction(random), conjunction(random))
            : conjunction(random);
    return random.nextBoolean() ? where : where + " sort:" + sort(random);
  }

  private static String sort(Random random) {
    return random
        .ints(1 + random.nextInt(3), 0, 10)
        .mapToObj(i -> (random.nextBoolean() ? "-" : "") + pick(random, i < 5 ? FIELDS : PATHS))
        .collect(Collectors.joining(","));
  }

  private static String conjunction(Random random) {
    return random
        .ints(1 + random.nextInt(3), 0, 10)
        .mapToObj(i -> (random.nextInt(4) == 0 ? "-" : "") + term(random))
        .collect(Collectors.joining(" "));
  }

  private static String term(Random random) {
    return switch (random.nextInt(18)) {
      case 0 -> "type:" + pick(random, RandomHistory.TYPES);
      case 1 -> "name:" + quoted(pick(random, RandomHistory.NAMES));
      case 2, 3 ->
          pick(random, RandomHistory.KEYS)
              + ":"
              + quoted(pick(random, RandomHistory.VALUES).toString());
      case 4 -> quoted(part(random, pick(random, RandomHistory.NAMES)));
      case 5 -> quoted(part(random, pick(random, RandomHistory.VALUES).toString() + "a"));
      case 6 ->
          "has:" + pick(random, List.of("parents", "children", "content", "alias", "duplicates"));
      case 7 -> "alias:" + pick(random, List.of("production", "gold", "nothing"));
      case 8 -> pick(random, RandomHistory.KEYS) + pick(random, COMPARISONS) + random.nextInt(7);
      case 9 -> pick(random, RandomHistory.KEYS) + ":" + pick(random, List.of("pro*", "*a*", "*"));
      case 10 -> "version:" + random.nextInt(4);
      case 11, 12 ->
          pick(random, PATHS)
              + pick(random, List.of(":", "=", "!="))
              + quoted(pick(random, RandomHistory.VALUES).toString());
      case 13 -> pick(random, PATHS) + pick(random, COMPARISONS) + random.nextInt(7);
      case 14 -> pick(random, PATHS) + ":" + pick(random, List.of("pro*", "*a*", "*"));
      case 15 -> "duplicate:" + random.nextBoolean();
      case 16 -> "created" + pick(random, List.of(">-1d", "<-1d", "!=2020", ">=2020-01", "<2100"));
      case 17 -> "id" + pick(random, List.of(":id1", "=id2", "!=id3", ":id1*", ">id5"));
      default -> pick(random, RandomHistory.KEYS);
    };
  }

  private static String part(Random random, String text) {
    int from = random.nextInt(text.length());
    return text.substring(from, Math.min(text.length(), from + 1 + random.nextInt(5)));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
