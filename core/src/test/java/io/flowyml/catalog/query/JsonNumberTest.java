package io.flowyml.catalog.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5, 5",
    "-5, -5",
    "0.93, 0.93",
    "1e3, 1000",
    "1E+3, 1000",
    "-1.5e-1, -0.15",
    "9007199254740993, 9007199254740992",
    "1e999, Infinity",
    "-1e999, -Infinity"
  })
  void jsonNumber_isANumber(String text, double value) {
    assertThat(JsonNumber.parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "007",
        "-01",
        ".5",
        "5.",
        "+5",
        "1e",
        "1e+",
        "1.e5",
        "0x1",
        "NaN",
        "Infinity",
        " 5",
        "5 ",
        "5d",
        "1_000",
        "1,000",
        "٣",
        "--1",
        "1.2.3"
      })
  void anythingElse_isNone(String text) {
    assertThat(JsonNumber.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0", "-0.0", "-0e5", "-1e-999"})
  void minusZero_isZero(String text) {
    assertThat(JsonNumber.parse(text)).isEqualTo(0.0);
  }
}
