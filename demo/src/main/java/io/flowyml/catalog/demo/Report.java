package io.flowyml.catalog.demo;

import io.flowyml.catalog.Artifact;
import java.util.List;
import java.util.Locale;

/** The report of a run, as Markdown: what was done to the data and how the models compare. */
final class Report {
  private Report() {}

  static String text(
      String run,
      Cleaning cleaning,
      Split split,
      List<WinePipeline.Trained> trained,
      Artifact best) {
    var text = new StringBuilder("# Wine classifiers, run ").append(run).append("\n\n");
    text.append("Data: %s, %s, %s.\n\n".formatted(RawData.TITLE, RawData.SOURCE, RawData.LICENCE));
    text.append("## Cleaning\n\n");
    text.append("%d wines kept.\n".formatted(cleaning.wines().size()));
    notes(text, "rejected", cleaning.rejected());
    notes(text, "duplicates dropped", cleaning.duplicates());
    notes(text, "values repaired", cleaning.repairs());
    text.append("\n## Models\n\n");
    text.append(
        "Trained on %d wines, scored on %d others; F1 is the mean over the cultivars.\n\n"
            .formatted(split.train().size(), split.test().size()));
    text.append("| model | algorithm | F1 | accuracy | mistakes |\n|---|---|---|---|---|\n");
    for (var one : trained) {
      var model = one.model().artifact();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s:%s | %s | %.4f | %.4f | %s |\n",
              model.name(),
              model.version(),
              one.algorithm().label(),
              one.scores().macroF1(),
              one.scores().accuracy(),
              one.scores().mistakes().isEmpty()
                  ? "none"
                  : String.join("; ", one.scores().mistakes())));
    }
    text.append(
        "\nBest of all runs: %s:%s (%s).\n"
            .formatted(best.name(), best.version(), best.tags().get("algorithm")));
    return text.toString();
  }

  private static void notes(StringBuilder text, String what, List<Cleaning.Note> notes) {
    text.append("\n%d %s\n".formatted(notes.size(), what));
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
  }
}
