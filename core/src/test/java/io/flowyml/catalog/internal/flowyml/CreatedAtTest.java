package io.flowyml.catalog.internal.flowyml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreatedAtTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:15:30.123456Z, 2026-11-23T11:15:30.123456",
    "2026-07-01T10:15:30.000001Z, 2026-07-01T12:15:30.000001",
    "2026-07-01T10:15:30.5Z, 2026-07-01T12:15:30.500000",
    "2026-07-01T10:15:00Z, 2026-07-01T12:15:00"
  })
  void text_isWhatPythonWrites(Instant moment, String text) {
    assertThat(CreatedAt.text(moment, BERLIN)).isEqualTo(text);
    assertThat(CreatedAt.parse(text, BERLIN)).isEqualTo(moment);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-03T10:15:30.123456, 2026-03-03T10:15:30.123456Z",
    "2026-03-03 10:15:30, 2026-03-03T10:15:30Z",
    "2026-03-03T10:15, 2026-03-03T10:15:00Z",
    "2026-03-03T10:15:30.123456+02:00, 2026-03-03T08:15:30.123456Z",
    "2026-03-03T10:15:30Z, 2026-03-03T10:15:30Z",
    "2026-03-03, 2026-03-03T00:00:00Z"
  })
  void parse_takesTheFormsOfIso(String text, Instant moment) {
    assertThat(CreatedAt.parse(text, ZoneOffset.UTC)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2026-13-01T00:00:00", "1700000000", "2026-03-03T10:15:30 x"})
  void parse_ofWhatIsNoTime_isNull(String text) {
    assertThat(CreatedAt.parse(text, ZoneOffset.UTC)).isNull();
  }

  @Test
  void parse_ofAnHourThatComesTwice_isTheFirst() {
    assertThat(CreatedAt.parse("2026-10-25T02:30:00", BERLIN))
        .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
  }
}
