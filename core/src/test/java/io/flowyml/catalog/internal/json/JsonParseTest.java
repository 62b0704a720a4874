package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParseTest {

  @Test
  void parse_keepsTheTypeOfEveryScalar() {
    assertThat(Json.parse("[null, true, false, \"x\", 0, -0, 12, 1.0, 1e3, -0.0]"))
        .isEqualTo(Arrays.asList(null, true, false, "x", 0L, 0L, 12L, 1.0, 1000.0, -0.0));
  }

  @Test
  void parse_integerBeyondLong_isBigInteger() {
    assertThat(Json.parse("[9223372036854775807, -9223372036854775808]"))
        .isEqualTo(List.of(Long.MAX_VALUE, Long.MIN_VALUE));
    assertThat(Json.parse("9223372036854775808")).isEqualTo(BigInteger.TWO.pow(63));
    assertThat(Json.parse("-9223372036854775809"))
        .isEqualTo(BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE));
  }

  @Test
  void parse_integerOf4300Digits_isReadAndALongerOneRefused() {
    assertThat(Json.parse("9".repeat(4300))).isEqualTo(new BigInteger("9".repeat(4300)));
    assertThat(refusal("9".repeat(4301))).hasMessageContaining("4300 digits");
  }

  @Test
  void parse_keepsTheOrderOfMembers() {
    var members = Json.parseObject("{\"z\": 1, \"a\": 2, \"m\": 3}", "it");
    assertThat(new ArrayList<>(members.keySet())).containsExactly("z", "a", "m");
  }

  @Test
  void parse_ofMembersWithOneName_theLastCounts() {
    assertThat(Json.parse("{\"a\": 1, \"a\": 2}")).isEqualTo(Map.of("a", 2L));
  }

  @Test
  void parse_readsEscapesAndLoneSurrogates() {
    assertThat(Json.parse("\"\\u00e9\\ud83d\\ude00\\n\\/\\ud800\\u0000\""))
        .isEqualTo("é😀\n/\ud800\u0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "1 2",
        "[] x",
        "[]]",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "-",
        "0x10",
        "tru",
        "nul",
        "True",
        "\"a",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\u12\"",
        "// c\n1",
        "NaN",
        "Infinity",
        "-Infinity",
        "[NaN]",
        "1e400",
        "-1e400",
        "\ufeff1",
        "\u00a01",
        "{\"a\"}",
        "{\"a\" 1}",
        "[,1]",
        "{,}",
        ","
      })
  void parse_whatIsNotStrictJson_isRefusedWithItsPlace(String text) {
    var refusal = refusal(text);
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal).hasMessageMatching("(?s)the JSON text is refused at \\d+:\\d+: .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"[1, x]; 1; 5", "'[\n  tru]'; 2; 3", "[1] 2; 1; 5", "[1, NaN]; 1; 5"})
  void parse_refusal_namesLineAndColumn(String text, long line, long column) {
    assertThat(refusal(text).facts()).isEqualTo(Map.of("line", line, "column", column));
  }

  @Test
  void parse_asDeepAsTheLimit_isReadAndDeeperRefused() {
    assertThat(Json.parse(nested(Limits.JSON_DEPTH))).isInstanceOf(List.class);
    var refusal = refusal(nested(Limits.JSON_DEPTH + 1));
    assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(refusal).hasMessageContaining("more than 64");
    assertThat(refusal(nested(1_000_000)).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void parse_depthIsOfWhatIsOpen_notOfWhatCameBefore() {
    assertThat((List<?>) Json.parse("[" + "[],{},".repeat(100) + "[]]")).hasSize(201);
  }

  @Test
  void parse_namesAndTextsOfAnyLength_areRead() {
    var longName = "n".repeat(200_000);
    assertThat(Json.parse("{\"" + longName + "\": 1}")).isEqualTo(Map.of(longName, 1L));
  }

  @Test
  void parsePython_readsWhatPythonWrites() {
    assertThat(Json.parsePython("{\"a\": [NaN, Infinity, -Infinity, 1e400]}"))
        .isEqualTo(
            Map.of(
                "a",
                List.of(
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INF", "-INF", "+Infinity", "nan", "-NaN", "[INF]", "+NaN", "Inf"})
  void parsePython_refusesWordsThatPythonRefuses(String text) {
    var refusal = catchThrowableOfType(CatalogException.class, () -> Json.parsePython(text));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void parsePython_deeperThanTheLimit_isInvalidUnlessAskedFor() {
    var text = nested(Limits.JSON_DEPTH + 1);
    var refusal = catchThrowableOfType(CatalogException.class, () -> Json.parsePython(text));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal).hasMessageContaining("64");
    assertThat(Json.parsePython(nested(1000), PythonJson.MAX_DEPTH)).isInstanceOf(List.class);
  }

  @Test
  void parseStrings_readsStringsOnly() {
    assertThat(Json.parseStrings("[]")).isEmpty();
    assertThat(Json.parseStrings(" [\"a\", \"é\\n\"] ")).containsExactly("a", "é\n");
    for (var text : List.of("[1]", "[null]", "{}", "\"a\"", "[[\"a\"]]", "[\"a\"")) {
      var refusal = catchThrowableOfType(CatalogException.class, () -> Json.parseStrings(text));
      assertThat(refusal.code()).as(text).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
  }

  @Test
  void parseObject_ofAnotherValue_namesWhatWasRead() {
    var refusal =
        catchThrowableOfType(CatalogException.class, () -> Json.parseObject("[]", "the tags"));
    assertThat(refusal).hasMessage("the tags is an array; a JSON object is needed");
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static CatalogException refusal(String text) {
    return catchThrowableOfType(CatalogException.class, () -> Json.parse(text));
  }
}
