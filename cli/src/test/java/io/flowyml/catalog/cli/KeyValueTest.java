package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValueTest {
  @Test
  void parse_jsonNumberTrueOrFalse_isThat() {
    assertThat(value("5")).isEqualTo(5L);
    assertThat(value("-0.5e3")).isEqualTo(-500.0);
    assertThat(value("123456789012345678901234567890"))
        .isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(value("true")).isEqualTo(true);
    assertThat(value("false")).isEqualTo(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "007",
        "1.",
        ".5",
        "+1",
        "1e",
        "0x10",
        "NaN",
        "Infinity",
        "True",
        "null",
        "[1]",
        "{}",
        " 5",
        "-",
        "\"",
        "\"open",
        "\"a\"b\"",
        "1_000",
        "٣"
      })
  void parse_anythingElse_isText(String text) {
    assertThat(value(text)).isEqualTo(text);
  }

  @Test
  void parse_jsonString_forcesText() {
    assertThat(value("\"5\"")).isEqualTo("5");
    assertThat(value("\"true\"")).isEqualTo("true");
    assertThat(value("\"a\\nb\\\"\"")).isEqualTo("a\nb\"");
  }

  @Test
  void parse_valueWithEqualsSign_keepsIt() {
    assertThat(KeyValue.parse("query=a=b")).isEqualTo(new KeyValue("query", "a=b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stage", "=production"})
  void parse_withoutKeyOrEqualsSign_isRefused(String argument) {
    assertThatThrownBy(() -> KeyValue.parse(argument)).hasMessageContaining("is no K=V");
  }

  @Test
  void parseAll_sameKeyTwice_isRefused() {
    assertThatThrownBy(() -> KeyValue.parseAll(List.of("a=1", "a=2")))
        .hasMessageContaining("the key a is given twice");
  }

  private static Object value(String text) {
    return KeyValue.parse("k=" + text).value();
  }
}
