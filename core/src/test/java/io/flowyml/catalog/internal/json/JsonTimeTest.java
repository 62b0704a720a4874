package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:15:30Z, 2026-11-23T10:15:30.000000Z",
    "2026-01-02T03:04:05.000001Z, 2026-01-02T03:04:05.000001Z",
    "2026-11-23T10:15:30.123456999Z, 2026-11-23T10:15:30.123456Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
    "+12026-01-01T00:00:00Z, +12026-01-01T00:00:00.000000Z"
  })
  void text_hasSixDigitsOfFractionAndReadsBack(String time, String expected) {
    assertThat(JsonTime.text(Instant.parse(time))).isEqualTo(expected);
    assertThat(Instant.parse(expected))
        .isBetween(Instant.parse(time).minusNanos(999), Instant.parse(time));
  }
}
