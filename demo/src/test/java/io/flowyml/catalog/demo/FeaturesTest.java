package io.flowyml.catalog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {
  @TempDir Path folder;

  @Test
  void split_putsEveryWineOnOneSide() {
    var wines = Wines.many(90);

    var split = Split.of(wines, 0.4, 1);

    var both = new TreeSet<>(split.train());
    both.addAll(split.test());
    assertThat(split.train()).doesNotContainAnyElementsOf(split.test());
    assertThat(both).hasSize(90);
  }

  @Test
  void split_keepsTheShareOfEachCultivar() {
    var split = Split.of(Wines.many(90), 0.4, 1);

    for (int cultivar = 0; cultivar < 3; cultivar++) {
      int first = 1 + 30 * cultivar;
      assertThat(split.test()).filteredOn(n -> n >= first && n < first + 30).hasSize(12);
    }
  }

  @Test
  void split_isDecidedByTheSeedAlone() {
    var wines = Wines.many(90);

    assertThat(Split.of(wines, 0.4, 7)).isEqualTo(Split.of(wines, 0.4, 7));
    assertThat(Split.of(wines, 0.4, 7)).isNotEqualTo(Split.of(wines, 0.4, 8));
  }

  @Test
  void split_refusesAWineOnBothSides() {
    assertThatThrownBy(() -> new Split(Set.of(1, 2), Set.of(2, 3)))
        .hasMessageContaining("both splits");
  }

  @Test
  void split_readsBackAsWritten() throws Exception {
    var split = Split.of(Wines.many(30), 0.4, 1);
    var file = folder.resolve("split.csv");

    split.write(file);

    assertThat(Split.read(file)).isEqualTo(split);
  }

  @Test
  void features_areTheMeasurementsAndTheirRatios() {
    var table = FeatureTable.of(List.of(Wines.wine(1, "cultivar_1", 1)));

    assertThat(table.names())
        .hasSize(16)
        .endsWith("flavanoid_share", "nonflavanoid_share", "color_per_hue");
    var values = table.rows().getFirst().values();
    assertThat(values.get(13)).isEqualTo(7.0 / 6);
    assertThat(values.get(14)).isEqualTo(8.0 / 6);
    assertThat(values.get(15)).isEqualTo(10.0 / 11);
  }

  @Test
  void standardizer_bringsWhatItWasFittedOnToMeanZeroAndDeviationOne() {
    var train = FeatureTable.of(Wines.many(30));

    var scaled = Standardizer.fit(train).apply(train);

    for (int i = 0; i < scaled.names().size(); i++) {
      int column = i;
      var values = scaled.rows().stream().mapToDouble(row -> row.values().get(column)).toArray();
      assertThat(mean(values)).as(scaled.names().get(i)).isCloseTo(0, within(1e-9));
      assertThat(deviation(values)).as(scaled.names().get(i)).isCloseTo(1, within(1e-9));
    }
  }

  /** Wines that are only in the test split may be anything: what training sees must not change. */
  @Test
  void standardizer_learnsNothingFromTheTestSplit() {
    var wines = Wines.many(60);
    var split = Split.of(wines, 0.4, 1);
    var others = new ArrayList<Wine>();
    for (var wine : wines) {
      others.add(
          split.test().contains(wine.number())
              ? Wines.wine(wine.number(), wine.cultivar(), 1e6 * wine.number())
              : wine);
    }

    var one = FeatureTable.of(wines).only(split.train());
    var other = FeatureTable.of(others).only(split.train());

    assertThat(Standardizer.fit(one)).isEqualTo(Standardizer.fit(other));
    assertThat(Standardizer.fit(one).fittedOn()).isEqualTo(split.train().size());
    assertThat(Standardizer.fit(FeatureTable.of(wines)))
        .isNotEqualTo(Standardizer.fit(FeatureTable.of(others)));
  }

  @Test
  void standardizer_leavesAFeatureThatNeverVariesAtZero() {
    var same = List.of(Wines.wine(1, "cultivar_1", 3), Wines.wine(2, "cultivar_2", 3));
    var table = FeatureTable.of(same);

    var scaled = Standardizer.fit(table).apply(table);

    assertThat(scaled.rows().getFirst().values()).containsOnly(0.0);
  }

  @Test
  void standardizer_refusesOtherFeatures() {
    var fitted = Standardizer.fit(FeatureTable.of(Wines.many(6)));
    var other = new FeatureTable(List.of("color"), List.of());

    assertThatThrownBy(() -> fitted.apply(other)).hasMessageContaining("applied to [color]");
  }

  @Test
  void featureFile_readsBackToSixDecimals() throws Exception {
    var table =
        Standardizer.fit(FeatureTable.of(Wines.many(30))).apply(FeatureTable.of(Wines.many(30)));
    var file = folder.resolve("features.csv");

    table.write(file);
    var read = FeatureTable.read(file);

    assertThat(read.names()).isEqualTo(table.names());
    for (int i = 0; i < 30; i++) {
      var expected = table.rows().get(i);
      assertThat(read.rows().get(i).wine()).isEqualTo(expected.wine());
      assertThat(read.rows().get(i).cultivar()).isEqualTo(expected.cultivar());
      for (int j = 0; j < 16; j++) {
        assertThat(read.rows().get(i).values().get(j))
            .isCloseTo(expected.values().get(j), within(5e-7));
      }
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
