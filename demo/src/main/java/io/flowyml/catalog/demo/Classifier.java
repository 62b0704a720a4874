package io.flowyml.catalog.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A trained model: predicts the cultivar of wines from their features. */
final class Classifier {
  /**
   * Trainers report every iteration at INFO; held here, or the level could be collected with it.
   */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  static {
    TRIBUO.setLevel(Level.WARNING);
  }

  private final Model<Label> model;

  private Classifier(Model<Label> model) {
    this.model = model;
  }

  static Classifier train(Algorithm algorithm, FeatureTable table, String dataName) {
    var labels = new LabelFactory();
    var dataset =
        new MutableDataset<>(
            examples(table), new SimpleDataSourceProvenance(dataName, labels), labels);
    return new Classifier(algorithm.trainer().train(dataset));
  }

  /** Writes the model in Tribuo's protobuf format. */
  void save(Path file) throws IOException {
    model.serializeToFile(file);
  }

  static Classifier load(Path file) throws IOException {
    return new Classifier(Model.deserializeFromFile(file).castModel(Label.class));
  }

  /** The cultivar of each wine of a table, in its order. */
  List<String> predict(FeatureTable table) {
    return model.predict(examples(table)).stream()
        .map(prediction -> prediction.getOutput().getLabel())
        .toList();
  }

  private static List<Example<Label>> examples(FeatureTable table) {
    var names = table.names().toArray(String[]::new);
    var examples = new ArrayList<Example<Label>>();
    for (var row : table.rows()) {
      var values = row.values().stream().mapToDouble(Double::doubleValue).toArray();
      examples.add(new ArrayExample<>(new Label(row.cultivar()), names, values));
    }
    return examples;
  }
}
