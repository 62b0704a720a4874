package io.flowyml.catalog.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void keys_doNotTellCases() {
    assertThat(Keys.of("Fraud")).isEqualTo(Keys.of("FRAUD"));
    assertThat(Keys.ofId("0193A1B2-C3D4")).isEqualTo(Keys.ofId("0193a1b2-c3d4"));
  }

  @Test
  void idsThatBeginWithTheTime_haveKeysInItsOrder() {
    var keys = new ArrayList<Long>();
    for (long millis = 0x0193a1b2c000L; millis < 0x0193a1b2c000L + 0x10000; millis += 0x100) {
      var hex = "%012x".formatted(millis);
      keys.add(Keys.ofId(hex.substring(0, 8) + "-" + hex.substring(8) + "-7000-8000-0123456789ab"));
    }
    assertThat(keys).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void idsThatBeginAlike_haveKeysOfTheirOwn() {
    var keys = new HashSet<Long>();
    IntStream.range(0, 1_000).forEach(i -> keys.add(Keys.ofId("fraud-detector-training-" + i)));
    assertThat(keys).hasSize(1_000);
  }

  @Test
  void idOfNeitherLettersNorDigits_hasAKey() {
    assertThat(Keys.ofId("--")).isNotEqualTo(Keys.ofId("-"));
    assertThat(Keys.ofId("")).isNotEqualTo(Keys.ofId("-"));
  }
}
