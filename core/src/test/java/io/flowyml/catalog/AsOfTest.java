package io.flowyml.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-03-03, 2026-03-03T23:59:59.999999Z",
    "2026-02, 2026-02-28T23:59:59.999999Z",
    "2026-03-03T10:15:00Z, 2026-03-03T10:15:00.000000Z",
    "2026-03-03T10:15:00.123456+02:00, 2026-03-03T08:15:00.123456Z",
    "2026-03-03T10:15, 2026-03-03T10:15:00.000000Z",
    "-7d, 2026-03-03T12:00:00.000000Z",
    "-90s, 2026-03-10T11:58:30.000000Z",
    "0, 0",
    "2026, 2026",
    "9223372036854775807, 9223372036854775807",
  })
  void parse_understandsNumbersAndTimes(String text, String meant) {
    var asOf = AsOf.parse(text, NOW);
    assertThat(asOf.asText()).isEqualTo(meant);
    assertThat(AsOf.parse(asOf.asText(), NOW)).isEqualTo(asOf);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "-7",
        "7d",
        "-7y",
        "2026-02-30",
        "2026-13",
        "-1",
        "+1",
        "1.0",
        "9223372036854775808",
        "٣",
        "0000-01-01",
        "-999999999w",
      })
  void parse_refusesTheRest(String text) {
    var error = catchThrowableOfType(CatalogException.class, () -> AsOf.parse(text, NOW));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error).hasMessageContaining("\"" + text + "\"").hasMessageContaining("-7d");
  }

  @Test
  void times_areOfMicroseconds_withinTheCalendar() {
    assertThat(new AsOf.Time(Instant.parse("2026-03-03T00:00:00.123456789Z")).at())
        .isEqualTo(Instant.parse("2026-03-03T00:00:00.123456Z"));
    for (var at : new Instant[] {Instant.MIN, Instant.MAX}) {
      assertThat(catchThrowableOfType(CatalogException.class, () -> new AsOf.Time(at)).code())
          .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(catchThrowableOfType(CatalogException.class, () -> new AsOf.Seq(-1)).code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}
