package io.flowyml.catalog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void of_isOneWhereEveryPredictionIsRight() {
    var scores = Scores.of(List.of("a", "b", "c"), List.of("a", "b", "c"));

    assertThat(scores.macroF1()).isEqualTo(1);
    assertThat(scores.accuracy()).isEqualTo(1);
    assertThat(scores.mistakes()).isEmpty();
  }

  /** a: precision 2/3, recall 2/3; b: precision 1, recall 1/2; c: precision 1/2, recall 1. */
  @Test
  void of_countsEveryClassAlike() {
    var scores =
        Scores.of(List.of("a", "a", "a", "b", "b", "c"), List.of("a", "a", "c", "a", "b", "c"));

    assertThat(scores.classes().get("a"))
        .isEqualTo(new Scores.ClassScore(2.0 / 3, 2.0 / 3, 2.0 / 3));
    assertThat(scores.classes().get("b")).isEqualTo(new Scores.ClassScore(1, 0.5, 2.0 / 3));
    assertThat(scores.classes().get("c")).isEqualTo(new Scores.ClassScore(0.5, 1, 2.0 / 3));
    assertThat(scores.macroF1()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(scores.accuracy()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(scores.confusion().get("a")).isEqualTo(Map.of("a", 2, "b", 0, "c", 1));
    assertThat(scores.mistakes()).containsExactly("1 a taken for c", "1 b taken for a");
  }

  @Test
  void of_givesAClassThatIsNeverPredictedNothing() {
    var scores = Scores.of(List.of("a", "a", "b"), List.of("a", "a", "a"));

    assertThat(scores.classes().get("b")).isEqualTo(new Scores.ClassScore(0, 0, 0));
    assertThat(scores.macroF1()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void of_refusesPredictionsOfOtherWines() {
    assertThatThrownBy(() -> Scores.of(List.of("a"), List.of("a", "b")))
        .hasMessage("2 predictions for 1 wines");
  }
}
