package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.OnDuplicate;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class BatchContract extends Contract {

  private static List<Outcome.Status> statuses(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::status).toList();
  }

  @Test
  void registerAll_answersAnOutcomeForEachInOrder() {
    catalog.register(model("m").id("known"));
    var outcomes =
        catalog.registerAll(
            List.of(
                model("m").id("new"),
                model("m").id("known"),
                model("other").id("known"),
                model("m").content(new byte[] {1}),
                model("m").content(new byte[] {1}).onDuplicate(OnDuplicate.REUSE)));
    assertThat(statuses(outcomes))
        .containsExactly(
            Outcome.Status.CREATED,
            Outcome.Status.EXISTING,
            Outcome.Status.REFUSED,
            Outcome.Status.CREATED,
            Outcome.Status.REUSED);
    assertThat(outcomes.get(4).artifact()).isEqualTo(outcomes.get(3).artifact());
  }

  @Test
  void registerAll_itemsMayNameEarlierOnesAsParents() {
    var outcomes =
        catalog.registerAll(
            List.of(
                dataset("raw").id("raw"),
                dataset("clean").parent("raw"),
                model("m").parent("clean:1").parent("raw")));
    assertThat(outcomes.get(2).orThrow().parentIds())
        .containsExactly(outcomes.get(1).orThrow().id(), "raw");
  }

  @Test
  void registerAll_aParentThatComesLater_isUnknown() {
    var outcomes = catalog.registerAll(List.of(model("m").parent("raw"), dataset("raw").id("raw")));
    assertThat(statuses(outcomes)).containsExactly(Outcome.Status.REFUSED, Outcome.Status.CREATED);
  }

  @Test
  void registerAll_aRefusedItem_leavesNothingAndStopsNobody() {
    var outcomes =
        catalog.registerAll(
            List.of(
                model("m").version("1").alias("first"),
                model("m").version("1").alias("second").tag("x", 1),
                model("bad@name"),
                model("m")));
    assertThat(error(outcomes.get(1)).code()).isEqualTo(ErrorCode.VERSION_EXISTS);
    assertThat(outcomes.get(2).status()).isEqualTo(Outcome.Status.REFUSED);
    assertThat(outcomes.get(3).orThrow().version()).isEqualTo("2");
    assertThat(catalog.list().items()).hasSize(2);
    assertThat(catalog.find("m@second")).isEmpty();
    assertThat(feed()).hasSize(3);
  }

  @Test
  void registerAll_thousands_areNumberedWithoutGap() {
    var items = new ArrayList<Registration>();
    IntStream.range(0, 2_300).forEach(i -> items.add(model("m").tag("i", i)));
    var outcomes = catalog.registerAll(items);
    assertThat(outcomes)
        .extracting(o -> o.orThrow().version())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 2_300).mapToObj(Integer::toString).toList());
    assertThat(catalog.search("i:2299").items()).hasSize(1);
    assertThat(catalog.stats().artifacts()).isEqualTo(2_300);
  }

  @Test
  void registerAll_manyThatHangTogether_areAnsweredAsTheyAreRead() {
    catalog.registerAll(List.of(dataset("n0").id("old").content(new byte[] {1})));
    var items = new ArrayList<Registration>();
    for (int i = 0; i < 1_100; i++) {
      var item = model("n" + i % 7).id("i" + i).content(new byte[] {(byte) (i % 90), 7});
      item = i % 10 == 0 ? item.version("v" + i).alias("a" + i) : item.tag("i", i);
      items.add(i == 0 ? item.parent("old") : item.parent("i" + i / 2).parent("n0:1"));
    }
    items.add(model("late").id("late").content(new byte[] {1}).parent("n3:v10").parent("i1099"));
    for (var outcome : catalog.registerAll(items)) {
      assertThat(outcome.status()).isEqualTo(Outcome.Status.CREATED);
      assertThat(catalog.get(outcome.orThrow().id())).isEqualTo(outcome.orThrow());
    }
    assertThat(catalog.stats().duplicates()).isEqualTo(1_100 - 90 + 1);
    assertThat(catalog.registerAll(items).stream().map(Outcome::status))
        .containsOnly(Outcome.Status.EXISTING);
    assertThat(catalog.register(model("n1")).version()).isEqualTo("143");
  }

  @Test
  void registerAll_ofNothing_doesNothing() {
    assertThat(catalog.registerAll(List.of())).isEmpty();
    assertThat(catalog.stats().seq()).isZero();
  }
}
