package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.spi.HistoryOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

abstract class LimitsContract extends Contract {

  /**
   * What is below the limit and at it is stored and found again; what is above it is refused, and
   * leaves nothing.
   */
  private void assertLimit(long limit, Function<Integer, Registration> ofSize) {
    for (long size : List.of(limit - 1, limit)) {
      var stored = catalog.register(ofSize.apply((int) size));
      assertThat(catalog.get(stored.id())).isEqualTo(stored);
    }
    long before = catalog.stats().seq();
    var error =
        refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.register(ofSize.apply((int) limit + 1)));
    assertThat(error.getMessage()).contains(Long.toString(limit));
    assertThat(catalog.stats().seq()).isEqualTo(before);
  }

  @Test
  void name() {
    assertLimit(Limits.NAME_CHARACTERS, n -> model("🐎".repeat(n)));
    assertThat(catalog.search("🐎🐎🐎🐎").items()).hasSize(2);
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.register(model("")));
  }

  @Test
  void type() {
    assertLimit(Limits.TYPE_CHARACTERS, n -> Registration.artifact("m", "T".repeat(n)));
  }

  @Test
  void tagKey() {
    assertLimit(Limits.TAG_KEY_CHARACTERS, n -> model("m").tag("é".repeat(n), 1));
  }

  @Test
  void tagValue() {
    assertLimit(Limits.TAG_VALUE_BYTES, n -> model("m").tag("k", "x".repeat(n)));
    assertThat(catalog.search("xxxxx").items()).hasSize(2);
  }

  private static Map<String, Object> tags(int count) {
    var tags = new LinkedHashMap<String, Object>();
    for (int i = 0; i < count; i++) {
      tags.put("k" + i, (long) i);
    }
    return tags;
  }

  @Test
  void tags() {
    assertLimit(Limits.TAGS, n -> model("m").tags(tags(n)));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.tag("m", "one more", 1));
    assertThat(catalog.tag("m", "k0", 7L).tags()).hasSize(Limits.TAGS);
    assertThat(catalog.get("m").tags()).containsEntry("k0", 7L);
  }

  @Test
  void metadata() {
    int around = "{\"x\":\"\"}".length();
    assertLimit(Limits.METADATA_BYTES, n -> model("m").metadata("x", "x".repeat(n - around)));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.setMetadata("m", Map.of("y", 1)));
  }

  @Test
  void parents() {
    var parents = new ArrayList<Registration>();
    for (int i = 0; i <= Limits.PARENTS; i++) {
      parents.add(dataset("p").id("p" + i));
    }
    catalog.registerAll(parents).forEach(outcome -> outcome.orThrow());
    assertLimit(
        Limits.PARENTS,
        n -> model("m").parents(parents.subList(0, n).stream().map(p -> p.id()).toList()));
    var last = "p" + Limits.PARENTS;
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.addParents("m", List.of(last)));
    assertThat(catalog.upstream("m").truncated()).isTrue();
    assertThat(catalog.upstream("m").nodes()).hasSize(Limits.GRAPH_NODES);
  }

  @Test
  void uri() {
    assertLimit(Limits.URI_BYTES, n -> model("m").uri("s3://".concat("x".repeat(n - 5))));
  }

  private static Object nested(int depth) {
    Object value = List.of();
    for (int i = 1; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  @Test
  void depthOfMetadata() {
    assertLimit(Limits.JSON_DEPTH, n -> model("m").metadata("x", nested(n - 1)));
  }

  @Test
  void page() {
    catalog.register(model("m").id("m"));
    for (int wrong : List.of(0, -1)) {
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.list(ListFilter.all().limit(wrong)));
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.search("m", wrong, null));
    }
    int above = Limits.PAGE + 1;
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.list(ListFilter.all().limit(above)));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.search("m", above, null));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.versions("m", above, null));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.history(new HistoryOf.Project(), above, null));
    assertThat(catalog.search("m", Limits.PAGE, null).items()).hasSize(1);
  }

  @Test
  void graph() {
    catalog.register(model("m").id("m"));
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.upstream("m", 1, 0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.upstream("m", 0, 10));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> catalog.upstream("m", 1, Limits.GRAPH_NODES + 1));
    assertThat(catalog.upstream("m", 1, Limits.GRAPH_NODES).nodes()).hasSize(1);
  }

  @Test
  void charactersThatNoDatabaseHolds_areRefused() {
    for (var bad : List.of("a\0b", "a\ud800b", "\udc00")) {
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.register(model(bad)));
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.register(model("m").tag("k", bad)));
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.register(model("m").tag(bad, 1)));
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.register(model("m").metadata("k", bad)));
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.register(model("m").pipeline(bad)));
      refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.find(bad));
    }
    assertThat(catalog.stats().seq()).isZero();
  }
}
