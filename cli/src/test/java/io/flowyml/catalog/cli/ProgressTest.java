package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long millis;

  @Test
  void accept_withinTheFirstSecond_showsNothing() {
    var progress = progress(true, 1000);
    at(progress, 999, 500);
    progress.close();
    assertThat(shown()).isEmpty();
  }

  @Test
  void accept_later_showsABarAndTakesItAwayAtTheEnd() {
    var progress = progress(true, 4096);
    at(progress, 2000, 2048);
    assertThat(shown())
        .contains("data.bin  [###############               ] 50 %  2.0 KiB of 4.0 KiB  1.0 KiB/s");
    progress.close();
    assertThat(shown()).endsWith("\r\u001b[K");
  }

  @Test
  void accept_manyPieces_redrawsTenTimesASecondAtMost() {
    var progress = progress(true, 1_000_000);
    for (int i = 0; i < 1000; i++) {
      at(progress, 1000 + i, i);
    }
    assertThat(shown().chars().filter(c -> c == '\r').count()).isBetween(9L, 11L);
  }

  @Test
  void accept_unknownTotal_showsBytesAndRate() {
    at(progress(true, 0), 2000, 2048);
    assertThat(shown()).contains("data.bin  2.0 KiB  1.0 KiB/s").doesNotContain("%");
  }

  @Test
  void accept_nobodyWatching_showsNothing() {
    var progress = progress(false, 1000);
    at(progress, 5000, 500);
    progress.close();
    assertThat(shown()).isEmpty();
  }

  private Progress progress(boolean watched, long total) {
    return new Progress(
        new Messages(new Lines(err)),
        watched,
        "data.bin",
        total,
        () -> TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private void at(Progress progress, long now, long bytes) {
    millis = now;
    progress.accept(bytes);
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
