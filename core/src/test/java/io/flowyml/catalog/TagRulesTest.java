package io.flowyml.catalog;

import static io.flowyml.catalog.RulesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagRulesTest {

  private static Object checked(Object value) {
    return Rules.tags(Map.of("k", value)).get("k");
  }

  @Test
  void scalars_keepTheirType() {
    assertThat(checked("5")).isEqualTo("5");
    assertThat(checked(true)).isEqualTo(true);
    assertThat(checked(5L)).isEqualTo(5L);
    assertThat(checked(0.93)).isEqualTo(0.93);
    assertThat(checked("line\nbreak")).isEqualTo("line\nbreak");
    assertThat(checked("")).isEqualTo("");
  }

  @Test
  void integers_areLongsWhereTheyFit() {
    assertThat(checked(5)).isEqualTo(5L);
    assertThat(checked((short) 5)).isEqualTo(5L);
    assertThat(checked((byte) 5)).isEqualTo(5L);
    assertThat(checked(BigInteger.valueOf(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    var big = BigInteger.TWO.pow(64);
    assertThat(checked(big)).isEqualTo(big);
  }

  @Test
  void fractions_areDoubles() {
    assertThat(checked(0.5f)).isEqualTo(0.5);
    assertThat(checked(0.1f)).isEqualTo((double) 0.1f);
    assertThat(checked(new BigDecimal("0.1"))).isEqualTo(0.1);
  }

  static List<Object> unfit() {
    return List.of(
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Float.NaN,
        List.of(1),
        Map.of("a", 1),
        new int[] {1},
        'c',
        Instant.EPOCH,
        Thread.State.NEW,
        new AtomicInteger(1),
        new BigDecimal("0.10000000000000000000001"),
        "a\u0000b",
        "\uD800");
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void valueThatIsNoJsonScalar_isRefusedByItsKey(Object value) {
    assertThat(refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.tags(Map.of("stage", value))))
        .hasMessageContaining("stage");
  }

  @Test
  void valueNull_isRefusedWithTheWayOut() {
    assertThat(
            refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> Rules.tags(Collections.singletonMap("stage", null))))
        .hasMessageContaining("untag");
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> Rules.registration(Registration.artifact("n", "t").tag("stage", null)));
  }

  @Test
  void value_mayHave4KiB() {
    for (int length : new int[] {4095, 4096}) {
      assertThat((String) checked("v".repeat(length))).hasSize(length);
    }
    assertThat(checked("é".repeat(2048))).isEqualTo("é".repeat(2048));
    assertThat(refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.tags(Map.of("k", "v".repeat(4097)))))
        .hasMessage("tag \"k\" has 4097 bytes, more than the limit of 4096; put it into metadata");
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.tags(Map.of("k", "é".repeat(2048) + "x")));
  }

  @Test
  void number_mayHave4KiBOfDigits() {
    assertThat(checked(BigInteger.TEN.pow(4095))).isEqualTo(BigInteger.TEN.pow(4095));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.tags(Map.of("k", BigInteger.TEN.pow(4096))));
  }

  @Test
  void key_mayHave128Characters() {
    for (var key : List.of("k", "k".repeat(127), "é".repeat(128), "a b:c@d.e")) {
      assertThat(Rules.tags(Map.of(key, 1))).containsOnlyKeys(key);
    }
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.tags(Map.of("k".repeat(129), 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000b", "\uDC00"})
  void key_thatCannotBeNamed_isRefused(String key) {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.tags(Map.of(key, 1)));
  }

  @Test
  void keyNull_isRefused() {
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> Rules.tags(Collections.singletonMap((String) null, 1)));
  }

  @Test
  void tags_mayBe1000() {
    assertThat(Rules.tags(many(999))).hasSize(999);
    assertThat(Rules.tags(many(1000))).hasSize(1000);
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.tags(many(1001)));
  }

  private static Map<String, Object> many(int count) {
    var tags = new LinkedHashMap<String, Object>();
    for (int i = 0; i < count; i++) {
      tags.put("k" + i, i);
    }
    return tags;
  }

  @Test
  void tags_keepTheirOrder() {
    assertThat(Rules.tags(many(20)).keySet()).containsExactlyElementsOf(many(20).keySet());
  }
}
