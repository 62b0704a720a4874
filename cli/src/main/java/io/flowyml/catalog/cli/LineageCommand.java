package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.internal.json.LineageJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lineage",
    header = "Show what an artifact was made from and what was made of it.",
    description = {
      "One step each way, or with --up, --down or --depth as far as they say; --depth alone goes"
          + " both ways."
    },
    footer = {
      "  flowyml-catalog lineage fraud_detector@production",
      "  flowyml-catalog lineage raw_transactions --down -o ids",
      "  flowyml-catalog lineage fraud_detector --up --depth 3 --format mermaid"
    })
final class LineageCommand extends Subcommand {
  /** How lineage is drawn. */
  enum Figure {
    TREE,
    MERMAID,
    DOT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "REF", description = "Id, name@alias, name:version or name.")
  String reference = "";

  @Option(names = "--up", description = "What it was made from, to any depth.")
  boolean up;

  @Option(names = "--down", description = "What was made of it, to any depth.")
  boolean down;

  @Option(names = "--depth", paramLabel = "N", description = "At most so many steps.")
  @Nullable Integer depth;

  @Option(
      names = "--format",
      paramLabel = "FIGURE",
      description = "${COMPLETION-CANDIDATES}; without it tree.")
  @Nullable Figure figure;

  @Override
  void run() {
    boolean oneHop = !up && !down && depth == null;
    try (var catalog = existing()) {
      if (oneHop) {
        var lineage = catalog.getLineage(reference);
        if (wantsJson()) {
          answers().json(LineageJson.toMap(lineage));
        } else {
          answer(lineage.toGraph());
        }
      } else {
        var graph = graph(catalog);
        if (wantsJson()) {
          answers().json(LineageJson.toMap(graph));
        } else {
          answer(graph);
        }
        if (graph.truncated()) {
          messages().note("the graph goes on: it was cut by --depth or after 10000 artifacts");
        }
      }
    }
  }

  private boolean wantsJson() {
    return figure == Figure.JSON || (figure == null && answers().format() == Format.JSON);
  }

  private LineageGraph graph(ArtifactCatalog catalog) {
    int steps = depth == null ? Integer.MAX_VALUE : depth;
    if (steps < 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "--depth must be at least 1, not " + steps);
    }
    // the exact version, so that both halves start from the same one
    var id = catalog.resolve(reference);
    if (up && !down) {
      return catalog.upstream(id, steps, Limits.GRAPH_NODES);
    }
    if (down && !up) {
      return catalog.downstream(id, steps, Limits.GRAPH_NODES);
    }
    return joined(
        catalog.upstream(id, steps, Limits.GRAPH_NODES),
        catalog.downstream(id, steps, Limits.GRAPH_NODES));
  }

  /** Both halves in one; the root stands in each, and on a cycle others do too. */
  private static LineageGraph joined(LineageGraph up, LineageGraph down) {
    var ids = new LinkedHashSet<String>();
    var nodes = new ArrayList<LineageGraph.Node>();
    var edges = new LinkedHashSet<>(up.edges());
    edges.addAll(down.edges());
    for (var half : List.of(up, down)) {
      for (var node : half.nodes()) {
        if (ids.add(node.id())) {
          nodes.add(node);
        }
      }
    }
    return new LineageGraph(
        up.root(), nodes, List.copyOf(edges), up.truncated() || down.truncated());
  }

  private void answer(LineageGraph graph) {
    if (figure == null && answers().format() == Format.IDS) {
      graph.nodes().forEach(node -> answers().line(node.id()));
      return;
    }
    if (figure == null && answers().format() == Format.CSV) {
      csv(graph);
      return;
    }
    switch (figure == null ? Figure.TREE : figure) {
      case TREE -> new LineageTree(graph, answers().style()).lines().forEach(out()::line);
      case MERMAID -> out().write(graph.toMermaid());
      case DOT -> out().write(graph.toDot());
      case JSON -> throw new IllegalStateException("JSON has whole records and is written before");
    }
  }

  private void csv(LineageGraph graph) {
    var titles = new ArrayList<>(ArtifactRows.CSV_TITLES);
    titles.add("depth");
    answers().csv(titles);
    for (var node : graph.nodes()) {
      var cells = new ArrayList<>(cells(node.id(), node.artifact()));
      cells.add(Integer.toString(node.depth()));
      answers().csv(cells);
    }
  }

  private static List<String> cells(String id, @Nullable Artifact artifact) {
    if (artifact != null) {
      return ArtifactRows.csv(artifact);
    }
    var cells = new ArrayList<String>();
    ArtifactRows.CSV_TITLES.forEach(title -> cells.add(title.equals("id") ? id : ""));
    return cells;
  }
}
