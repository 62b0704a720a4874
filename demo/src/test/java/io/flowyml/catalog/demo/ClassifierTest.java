package io.flowyml.catalog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void predict_isMostlyRightAboutWinesNotSeen(Algorithm algorithm) throws Exception {
    var sets = realSets();

    var scores = score(Classifier.train(algorithm, sets.train, "train.csv"), sets.test);

    assertThat(scores.macroF1()).isBetween(0.8, 1.0);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void load_predictsAsTheModelThatWasSaved(Algorithm algorithm) throws Exception {
    var sets = realSets();
    var trained = Classifier.train(algorithm, sets.train, "train.csv");
    var file = folder.resolve("model");

    trained.save(file);

    assertThat(Classifier.load(file).predict(sets.test)).isEqualTo(trained.predict(sets.test));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void train_givesTheSamePredictionsEveryTime(Algorithm algorithm) throws Exception {
    var sets = realSets();

    assertThat(Classifier.train(algorithm, sets.train, "train.csv").predict(sets.test))
        .isEqualTo(Classifier.train(algorithm, sets.train, "train.csv").predict(sets.test));
  }

  /**
   * The features carry the answer; with the answers of other wines no model is better than chance.
   */
  @Test
  void predict_isNoBetterThanChanceWhereTheTrainingLabelsAreShuffled() throws Exception {
    var sets = realSets();
    var rows = sets.train.rows();
    var shuffled =
        new FeatureTable(
            sets.train.names(),
            Stream.iterate(0, i -> i < rows.size(), i -> i + 1)
                .map(
                    i ->
                        new FeatureTable.Row(
                            rows.get(i).wine(), "cultivar_" + (1 + i % 3), rows.get(i).values()))
                .toList());

    var scores = score(Classifier.train(Algorithm.NEAREST_NEIGHBOURS, shuffled, "x"), sets.test);

    assertThat(scores.macroF1()).isLessThan(0.6);
  }

  private record Sets(FeatureTable train, FeatureTable test) {}

  private Sets realSets() throws Exception {
    var raw = folder.resolve("wine.data");
    Files.deleteIfExists(raw);
    RawData.copyTo(raw);
    var wines = Cleaning.of(Files.readAllLines(raw)).wines();
    var split = Split.of(wines, Split.TEST_SHARE, Split.SEED);
    var table = FeatureTable.of(wines);
    var scaled = Standardizer.fit(table.only(split.train())).apply(table);
    return new Sets(scaled.only(split.train()), scaled.only(split.test()));
  }

  private static Scores score(Classifier classifier, FeatureTable test) {
    return Scores.of(
        test.rows().stream().map(FeatureTable.Row::cultivar).toList(), classifier.predict(test));
  }
}
