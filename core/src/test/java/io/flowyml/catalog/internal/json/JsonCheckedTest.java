package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonCheckedTest {

  @Test
  void checked_bringsEveryNumberToLongBigIntegerOrDouble() {
    var value =
        new Object[] {
          (byte) 1, (short) 2, 3, 4L, BigInteger.valueOf(5), BigInteger.TWO.pow(64), 0.1f, 0.1
        };
    assertThat(Json.checked(value, "v"))
        .isEqualTo(List.of(1L, 2L, 3L, 4L, 5L, BigInteger.TWO.pow(64), (double) 0.1f, 0.1));
  }

  @Test
  void checked_bigDecimal_isTakenWhereANumberHasTheSameValue() {
    assertThat(Json.checked(new BigDecimal("0.930"), "v")).isEqualTo(0.93);
    assertThat(Json.checked(new BigDecimal("93"), "v")).isEqualTo(93L);
    assertThat(refusal(new BigDecimal("0.12345678901234567890")))
        .hasMessageContaining("BigDecimal");
    assertThat(refusal(new BigDecimal("1E+400"))).hasMessageContaining("BigDecimal");
  }

  @Test
  void checked_arraysAreLists_andMapsAreCopies() {
    var inner = new HashMap<String, Object>(Map.of("x", new int[] {1, 2}));
    var checked = Json.checkedObject(Map.of("a", inner), "v");
    inner.put("y", 1);
    assertThat(checked).isEqualTo(Map.of("a", Map.of("x", List.of(1L, 2L))));
  }

  @Test
  void checked_whatJsonHasNoWordFor_isRefusedWithItsPath() {
    assertThat(refusal(Map.of("a", Map.of("b", List.of(1, 2, 3, Instant.EPOCH)))))
        .hasMessageStartingWith("metadata.a.b[3] is a java.time.Instant;");
    assertThat(refusal(new byte[] {1})).hasMessageStartingWith("metadata is a byte[];");
    assertThat(refusal(new char[] {'x'})).hasMessageStartingWith("metadata is a char[];");
    assertThat(refusal(Map.of("a", Double.NaN))).hasMessageStartingWith("metadata.a is NaN");
    assertThat(refusal(List.of(Float.POSITIVE_INFINITY)))
        .hasMessageStartingWith("metadata[0] is Infinity");
    assertThat(refusal(Map.of(1, 2))).hasMessageStartingWith("metadata has a key that is a java");
    assertThat(refusal(Map.of("o p", Map.of("é", 'c'))))
        .hasMessageStartingWith("metadata[\"o p\"][\"\\u00e9\"] is a java.lang.Character;");
  }

  @Test
  void checked_nulAndLoneSurrogates_areRefusedInKeysAndValues() {
    assertThat(refusal(Map.of("a", "x\u0000")))
        .hasMessageStartingWith("metadata.a holds NUL at index 1");
    for (var lone : List.of("\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "😀\ude00")) {
      assertThat(refusal(Map.of("a", lone))).hasMessageContaining("lone surrogate");
      assertThat(refusal(Map.of(lone, 1))).hasMessageContaining("lone surrogate");
    }
    assertThat(Json.checked("😀\u0001", "v")).isEqualTo("😀\u0001");
  }

  @Test
  void checked_asDeepAsTheLimit_isTakenAndDeeperRefused() {
    assertThat(Json.checked(nested(Limits.JSON_DEPTH), "v")).isEqualTo(nested(Limits.JSON_DEPTH));
    var deeper = refusal(nested(Limits.JSON_DEPTH + 1));
    assertThat(deeper.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(deeper).hasMessageContaining("more than 64 levels");
    var loop = new ArrayList<Object>();
    loop.add(loop);
    assertThat(refusal(loop).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  private static Object nested(int depth) {
    Object value = new ArrayList<>();
    for (var i = 1; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  private static CatalogException refusal(Object value) {
    var refusal =
        catchThrowableOfType(CatalogException.class, () -> Json.checked(value, "metadata"));
    assertThat(refusal.code()).isIn(ErrorCode.INVALID_ARGUMENT, ErrorCode.LIMIT_EXCEEDED);
    return refusal;
  }
}
