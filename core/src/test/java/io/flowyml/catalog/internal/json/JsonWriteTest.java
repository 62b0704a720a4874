package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriteTest {

  @Test
  void write_isCompactAndKeepsTheOrder() {
    var value = new LinkedHashMap<String, Object>();
    value.put("z", Arrays.asList(1L, 2.5, null, true));
    value.put("a", new LinkedHashMap<>());
    value.put("m", List.of());
    assertThat(Json.write(value)).isEqualTo("{\"z\":[1,2.5,null,true],\"a\":{},\"m\":[]}");
  }

  @Test
  void write_takesArraysAndEveryNumber() {
    var value =
        new Object[] {
          (byte) 1,
          (short) 2,
          3,
          4L,
          BigInteger.TEN.pow(20),
          0.5f,
          new int[] {5},
          new double[] {6},
          new String[0]
        };
    assertThat(Json.write(value)).isEqualTo("[1,2,3,4,100000000000000000000,0.5,[5],[6.0],[]]");
  }

  @Test
  void write_escapesOnlyWhatJsonOrUtf8CannotCarry() {
    assertThat(Json.write("é\u2028😀/\u007f")).isEqualTo("\"é\u2028😀/\u007f\"");
    assertThat(Json.write("\"\\\n\t\r\b\f\u0000\u001f"))
        .isEqualTo("\"\\\"\\\\\\n\\t\\r\\b\\f\\u0000\\u001f\"");
    assertThat(Json.write("\ud800 \udc00")).isEqualTo("\"\\ud800 \\udc00\"");
  }

  @Test
  void write_whatJsonLacks_isAString() {
    assertThat(Json.write(List.of(Double.NaN, Float.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
        .isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
  }

  @Test
  void writePretty_isALinePerItem() {
    var value = new LinkedHashMap<String, Object>();
    value.put("a", List.of(1L, Map.of("b", 2L)));
    value.put("c", List.of());
    assertThat(Json.writePretty(value))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": 2
                }
              ],
              "c": []
            }\
            """);
  }

  @Test
  void bytes_areTheTextInUtf8() {
    var value = Collections.nCopies(5_000, "a\u0000\u007fé\u07ff\u0800\n\ufffd😀\ud800");
    var text = "\"a\\u0000\u007fé\u07ff\u0800\\n\ufffd😀\\ud800\"";
    assertThat(Json.bytes(value))
        .isEqualTo(
            ("[" + String.join(",", Collections.nCopies(5_000, text)) + "]")
                .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void write_anotherObject_isRefusedWithClassAndPath() {
    var value = Map.of("a", List.of(Map.of("b c", new StringBuilder("x"))));
    var refusal = catchThrowableOfType(CatalogException.class, () -> Json.write(value));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal)
        .hasMessage(
            "the value.a[0][\"b c\"] is a java.lang.StringBuilder, which JSON has no word for");
  }

  @Test
  void write_valueThatContainsItself_isRefused() {
    var loop = new ArrayList<Object>();
    loop.add(loop);
    var refusal = catchThrowableOfType(CatalogException.class, () -> Json.write(loop));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal).hasMessageContaining("contains itself");
  }

  @Test
  void holdsNonJson_findsNaNAnywhere() {
    assertThat(Json.holdsNonJson(Map.of("a", List.of(1L, Double.NaN)))).isTrue();
    assertThat(Json.holdsNonJson(List.of(Float.NEGATIVE_INFINITY))).isTrue();
    assertThat(Json.holdsNonJson(Map.of("a", List.of(1L, "NaN", 1.5)))).isFalse();
    assertThat(Json.holdsNonJson(null)).isFalse();
  }
}
