package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonJsonTest {

  @Test
  void dumps_separatesAndEscapesAsPythonDoes() {
    var value = new LinkedHashMap<String, Object>();
    value.put("é", Arrays.asList(1, true, null, "\u007f\u2028😀\ud800/"));
    value.put("a", Map.of());
    assertThat(PythonJson.dumps(value))
        .isEqualTo(
            "{\"\\u00e9\": [1, true, null, \"\\u007f\\u2028\\ud83d\\ude00\\ud800/\"], \"a\": {}}");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1.0, 1.0",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.5e16, 1.5e+16",
    "1e22, 1e+22",
    "1e100, 1e+100",
    "1e-3, 0.001",
    "1.25e-4, 0.000125",
    "1e-4, 0.0001",
    "1e-5, 1e-05",
    "1.5e-7, 1.5e-07",
    "4.9E-324, 5e-324",
    "1e-323, 1e-323",
    "1.5e-323, 1.5e-323",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "9999999999999998, 9999999999999998.0",
    "12345678.9, 12345678.9",
    "1e7, 10000000.0",
    "-1e-7, -1e-07",
    "2e-323, 2e-323",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "123456789012345680, 1.2345678901234568e+17"
  })
  void dumps_float_isPythonsRepr(double number, String repr) {
    assertThat(PythonJson.dumps(number)).isEqualTo(repr);
  }

  @Test
  void dumps_floatReadsBackAsTheSameDouble() {
    var source = new java.util.SplittableRandom(42);
    for (var i = 0; i < 20_000; i++) {
      var number = Double.longBitsToDouble(source.nextLong() >>> source.nextInt(64));
      assertThat(Double.valueOf(PythonJson.dumps(number))).isEqualTo(Double.valueOf(number));
    }
  }

  @Test
  void dumps_integersOfAnySize() {
    assertThat(PythonJson.dumps(List.of(BigInteger.TWO.pow(100), Long.MIN_VALUE, (byte) -1)))
        .isEqualTo("[1267650600228229401496703205376, -9223372036854775808, -1]");
  }

  @Test
  void dumpsSorted_ordersKeysByCodePoint() {
    var value = new LinkedHashMap<String, Object>();
    for (var key : List.of("😀", "\uff5e", "b", "a", "B", "", "aa")) {
      value.put(key, Map.of("z", 1));
    }
    assertThat(Json.parseObject(PythonJson.dumpsSorted(value), "it").keySet())
        .containsExactly("", "B", "a", "aa", "b", "\uff5e", "😀");
  }

  @Test
  void dumpsSorted_takesAMapWithAnOrderOfItsOwn() {
    var value = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER.reversed());
    value.putAll(Map.of("b", 1, "A", 2, "c", 3));
    assertThat(PythonJson.dumpsSorted(value)).isEqualTo("{\"A\": 2, \"b\": 1, \"c\": 3}");
  }

  @Test
  void digestSorted_isTheDigestOfTheText_andCountsIt() throws Exception {
    var value = new ArrayList<Object>();
    for (var i = 0; i < 20_000; i++) {
      value.add(Map.of("é", i / 7.0, "b", "x".repeat(i % 50)));
    }
    var text = PythonJson.dumpsSorted(value).getBytes(StandardCharsets.US_ASCII);
    var digest = MessageDigest.getInstance("SHA-256");
    assertThat(PythonJson.digestSorted(value, digest)).isEqualTo(text.length);
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
  }
}
