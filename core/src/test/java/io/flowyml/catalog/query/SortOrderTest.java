package io.flowyml.catalog.query;

import static io.flowyml.catalog.query.Sample.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortOrderTest {
  /** The ids, 0 the oldest, as a query sorts artifacts that have these values of the tag x. */
  private static List<Integer> sorted(String query, Object... values) {
    return sorted(
        query,
        IntStream.range(0, values.length)
            .mapToObj(i -> values[i].equals("none") ? sample() : sample().tag("x", values[i]))
            .toArray(Sample[]::new));
  }

  private static List<Integer> sorted(String query, Sample... samples) {
    var keys = QueryParser.parse(query, Instant.EPOCH).sort();
    return IntStream.range(0, samples.length)
        .mapToObj(i -> samples[i].id("" + i).artifact())
        .sorted(SortOrder.of(keys, artifact -> Long.parseLong(artifact.id())))
        .map(Artifact::id)
        .map(Integer::valueOf)
        .toList();
  }

  @Test
  void noKey_isNewestFirst() {
    assertThat(sorted("", 1L, 2L, 3L)).containsExactly(2, 1, 0);
  }

  @Test
  void missingKey_isLastBothWays() {
    assertThat(sorted("sort:x", 2L, "none", 1L)).containsExactly(2, 0, 1);
    assertThat(sorted("sort:-x", 2L, "none", 1L)).containsExactly(0, 2, 1);
  }

  @Test
  void numbers_areBeforeTextsBothWays() {
    assertThat(sorted("sort:x", "b", 10L, "9", "A")).containsExactly(2, 1, 3, 0);
    assertThat(sorted("sort:-x", "b", 10L, "9", "A")).containsExactly(1, 2, 0, 3);
  }

  @Test
  void ties_areNewestFirstBothWays() {
    assertThat(sorted("sort:x", "a", "A", 1L, 1.0, "1")).containsExactly(4, 3, 2, 1, 0);
    assertThat(sorted("sort:-x", "a", "A", 1L, 1.0, "1")).containsExactly(4, 3, 2, 1, 0);
  }

  @Test
  void valuesThatCannotBeCompared_countAsMissing() {
    assertThat(sorted("sort:x", Double.NaN, List.of(1L), "z", false)).containsExactly(3, 2, 1, 0);
  }

  @Test
  void secondKey_decidesWhereTheFirstIsEqual() {
    assertThat(
            sorted(
                "sort:-x,name",
                sample().tag("x", 1L).name("b"),
                sample().tag("x", 1L).name("a"),
                sample().tag("x", 2L).name("c")))
        .containsExactly(2, 1, 0);
  }

  @Test
  void severalValues_countTheSmallestAndDescendingTheLargest() {
    Sample[] samples = {
      sample().aliases("a", "z"), sample().aliases("m"), sample().aliases("b", "c"), sample()
    };
    assertThat(sorted("sort:alias", samples)).containsExactly(0, 2, 1, 3);
    assertThat(sorted("sort:-alias", samples)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void created_isSortedByTime() {
    var times =
        Arrays.stream(new String[] {"00:00:00.5Z", "00:00:00Z", "00:00:01Z"})
            .map(time -> sample().created("2026-03-03T" + time))
            .toArray(Sample[]::new);
    assertThat(sorted("sort:created", times)).containsExactly(1, 0, 2);
    assertThat(sorted("sort:-created", times)).containsExactly(2, 0, 1);
  }
}
