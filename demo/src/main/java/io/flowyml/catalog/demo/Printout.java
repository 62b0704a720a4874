package io.flowyml.catalog.demo;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a user what a run did and what to look at next; plain text of at most 100 columns. */
final class Printout {
  private final PrintStream out;
  private final ArtifactCatalog catalog;
  private final WinePipeline.Outcome outcome;
  private final Path directory;

  /**
   * @param directory where the user stands: files below it are named from there
   */
  Printout(PrintStream out, ArtifactCatalog catalog, WinePipeline.Outcome outcome, Path directory) {
    this.out = out;
    this.catalog = catalog;
    this.outcome = outcome;
    this.directory = directory;
  }

  /**
   * @param location of the catalog
   * @param command how the user calls the command line
   * @param options what every command needs to see the same catalog
   */
  void print(String location, List<String> warnings, String command, String options) {
    var folder = outcome.products().getFirst().file().getParent();
    line("Catalog  " + shown(location));
    line("Files    " + shown(String.valueOf(folder)));
    data();
    artifacts(Path.of(String.valueOf(folder)));
    results();
    duplicate(warnings);
    promotion();
    lineage();
    next(command + options);
  }

  private void data() {
    var cleaning = outcome.cleaning();
    heading("Data");
    line("%s, %s, %s".formatted(RawData.TITLE, RawData.SOURCE, RawData.LICENCE));
    line(
        "Cleaned: %d wines kept; lines rejected: %d, duplicates dropped: %d, values repaired: %d"
            .formatted(
                cleaning.wines().size(),
                cleaning.rejected().size(),
                cleaning.duplicates().size(),
                cleaning.repairs().size()));
    cleaning.repairs().forEach(repair -> line("  " + repair));
    line(
        "Split: %d wines to learn from, %d held out; features are scaled by the former alone"
            .formatted(outcome.split().train().size(), outcome.split().test().size()));
  }

  private void artifacts(Path folder) {
    heading("Registered: %d artifacts".formatted(outcome.products().size()));
    var table = new TextTable("ARTIFACT", "TYPE", "FILE", "SAME BYTES AS");
    for (var product : outcome.products()) {
      table.row(
          reference(product.artifact()),
          product.artifact().artifactType(),
          folder.relativize(product.file()).toString(),
          twin(product.artifact()));
    }
    table.lines().forEach(this::line);
  }

  private void results() {
    heading("Results on the held-out wines (F1: mean over the cultivars)");
    var table = new TextTable("MODEL", "ALGORITHM", "F1_SCORE", "ACCURACY", "MISTAKES");
    for (var one : outcome.trained()) {
      table.row(
          reference(one.model().artifact()),
          one.algorithm().label(),
          figure(one.scores().macroF1()),
          figure(one.scores().accuracy()),
          Integer.toString(one.scores().mistakeCount()));
    }
    table.lines().forEach(this::line);
  }

  private void duplicate(List<String> warnings) {
    var copy = outcome.copy().artifact();
    heading("A duplicate, registered on purpose");
    line(
        "%s is %s, byte for byte (sha256 %s...)"
            .formatted(
                reference(copy), twin(copy), String.valueOf(copy.contentHash()).substring(0, 16)));
    line("  duplicate_of  " + copy.duplicateOf());
    for (var warning : warnings) {
      if (warning.contains(copy.id())) {
        line("  the catalog warned:");
        line("  " + warning.replaceFirst(" has ", "\n    has "));
      }
    }
  }

  private void promotion() {
    var promotion = outcome.promotion();
    var best = promotion.best();
    heading("Promoted by f1_score");
    line(
        "%s@%s is %s (%s, f1_score %s)"
            .formatted(
                best.name(),
                promotion.alias(),
                reference(best),
                best.tags().get("algorithm"),
                best.tags().get(Promotion.F1)));
    var previous = promotion.previous();
    if (previous == null) {
      line("The alias is new: nothing was in production before.");
    } else if (promotion.kept()) {
      line("It was there already: no model of this run is better.");
    } else {
      line(
          "It replaced %s (%s, f1_score %s), now tagged stage=archived."
              .formatted(
                  reference(previous),
                  previous.tags().get("algorithm"),
                  previous.tags().get(Promotion.F1)));
    }
  }

  private void lineage() {
    var best = outcome.promotion().best();
    var upstream = catalog.upstream(best.id());
    heading("What it was made from");
    line(label(catalog.get(best.id())));
    for (var drawn : upstream.toTree(Direction.UPSTREAM)) {
      var artifact = drawn.node().artifact();
      var label = artifact == null ? drawn.node().id() + " (unresolved)" : label(artifact);
      line(drawn.branch() + label + (drawn.above() ? " (see above)" : ""));
    }
    heading("The same for Mermaid (paste it into a Markdown file or https://mermaid.live)");
    upstream.toMermaid().lines().forEach(this::line);
  }

  private static String label(Artifact artifact) {
    var aliases = new StringBuilder();
    artifact.aliases().forEach(alias -> aliases.append(" @").append(alias));
    return "%s:%s (%s)%s"
        .formatted(artifact.name(), artifact.version(), artifact.artifactType(), aliases);
  }

  private void next(String command) {
    heading("Try next");
    nextCommands().forEach(arguments -> line("  " + command + " " + arguments));
  }

  /** Commands that show what this run did, each as a shell reads it. */
  private List<String> nextCommands() {
    var production = WinePipeline.MODEL + "@" + outcome.promotion().alias();
    var folder = Options.quoted(shown(String.valueOf(outcome.copy().file().getParent())));
    var commands = new ArrayList<String>();
    commands.add("get " + production);
    commands.add("search stage:" + outcome.promotion().alias());
    commands.add("list --type Model --tag algorithm=logistic_regression");
    commands.add("versions " + WinePipeline.MODEL);
    commands.add("history --alias " + production);
    commands.add("lineage " + WinePipeline.RAW + " --down");
    // The best model may be of an earlier run, and then of an earlier version of the raw file.
    rawOfBest().ifPresent(raw -> commands.add("path " + reference(raw) + " " + production));
    commands.add("hash " + folder + "/*.csv");
    commands.add("verify");
    commands.add("demo");
    return commands;
  }

  private Optional<Artifact> rawOfBest() {
    return catalog.upstream(outcome.promotion().best().id()).nodes().stream()
        .flatMap(node -> Stream.ofNullable(node.artifact()))
        .filter(artifact -> artifact.name().equals(WinePipeline.RAW))
        .findFirst();
  }

  /** A path as the user would type it. */
  private String shown(String location) {
    if (location.contains("://")) {
      return location;
    }
    var path = Path.of(location);
    return path.startsWith(directory) ? directory.relativize(path).toString() : location;
  }

  private String twin(Artifact artifact) {
    var original = artifact.duplicateOf();
    return original == null ? "" : catalog.find(original).map(Printout::reference).orElse(original);
  }

  private static String reference(Artifact artifact) {
    return artifact.name() + ":" + artifact.version();
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void heading(String text) {
    out.println();
    line(text);
    line("-".repeat(text.length()));
  }

  private void line(String text) {
    out.print(text + "\n");
  }
}
