package io.flowyml.catalog.demo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.nearest.KNNTrainer;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * The three classifiers that compete, simplest first: of equally good ones the simplest is
 * promoted.
 */
enum Algorithm {
  LOGISTIC_REGRESSION,
  DECISION_TREE,
  NEAREST_NEIGHBOURS;

  private static final long SEED = 42;
  private static final double LEARNING_RATE = 0.1;
  private static final int EPOCHS = 50;
  private static final int DEPTH = 4;
  private static final int NEIGHBOURS = 5;

  /** The name in tags and file names: {@code logistic_regression}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a model of this kind depends on beside its data. */
  Map<String, Object> hyperParameters() {
    var all = new LinkedHashMap<String, Object>();
    switch (this) {
      case LOGISTIC_REGRESSION -> {
        all.put("optimiser", "AdaGrad");
        all.put("learning_rate", LEARNING_RATE);
        all.put("epochs", EPOCHS);
        all.put("seed", SEED);
      }
      case DECISION_TREE -> {
        all.put("impurity", "gini");
        all.put("max_depth", DEPTH);
        all.put("seed", SEED);
      }
      case NEAREST_NEIGHBOURS -> {
        all.put("k", NEIGHBOURS);
        all.put("distance", "euclidean");
      }
    }
    return all;
  }

  Trainer<Label> trainer() {
    return switch (this) {
      case LOGISTIC_REGRESSION ->
          new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(LEARNING_RATE), EPOCHS, SEED);
      case DECISION_TREE -> new CARTClassificationTrainer(DEPTH, 1.0f, SEED);
      case NEAREST_NEIGHBOURS ->
          new KNNTrainer<>(
              NEIGHBOURS,
              new L2Distance(),
              1,
              new VotingCombiner(),
              KNNModel.Backend.THREADPOOL,
              NeighboursQueryFactoryType.BRUTE_FORCE);
    };
  }
}
