package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void parse_countAndUnit_isThatLong() {
    assertThat(Age.parse("90s", NOW)).isEqualTo(Duration.ofSeconds(90));
    assertThat(Age.parse("15m", NOW)).isEqualTo(Duration.ofMinutes(15));
    assertThat(Age.parse("12h", NOW)).isEqualTo(Duration.ofHours(12));
    assertThat(Age.parse("30d", NOW)).isEqualTo(Duration.ofDays(30));
    assertThat(Age.parse("4w", NOW)).isEqualTo(Duration.ofDays(28));
  }

  @Test
  void parse_dayOrTime_isSinceThen() {
    assertThat(Age.parse("2026-11-23", NOW)).isEqualTo(Duration.ofHours(10));
    assertThat(Age.parse("2026-11-23T09:30:00Z", NOW)).isEqualTo(Duration.ofMinutes(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d", "30", "-7d", "1.5h", "30x", "2026-13-01", "2027-01-01", "soon"})
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Age.parse(text, NOW)).hasMessageContaining("write 90s, 15m");
  }
}
