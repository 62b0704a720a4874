package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HumanTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

  @Test
  void ago_usesTheLargestUnitThatFits() {
    assertThat(ago(Duration.ofSeconds(3))).isEqualTo("just now");
    assertThat(ago(Duration.ofSeconds(59))).isEqualTo("59 s ago");
    assertThat(ago(Duration.ofMinutes(59))).isEqualTo("59 min ago");
    assertThat(ago(Duration.ofHours(23))).isEqualTo("23 h ago");
    assertThat(ago(Duration.ofDays(29))).isEqualTo("29 d ago");
  }

  @Test
  void ago_longPastOrFuture_isTheDay() {
    assertThat(ago(Duration.ofDays(30))).isEqualTo("2026-10-24");
    assertThat(ago(Duration.ofDays(-2))).isEqualTo("2026-11-25");
  }

  @Test
  void size_hasThreeDigitsAtMost() {
    assertThat(Human.size(1023)).isEqualTo("1023 B");
    assertThat(Human.size(1024)).isEqualTo("1.0 KiB");
    assertThat(Human.size(150L * 1024 * 1024)).isEqualTo("150 MiB");
    assertThat(Human.size(10L << 30)).isEqualTo("10.0 GiB");
  }

  private static String ago(Duration duration) {
    return Human.ago(NOW.minus(duration), NOW);
  }
}
