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

final class LineageCommand extends Subcommand {
  private final Value<String> reference = argument("REF", "Id, name@alias, name:version or name.");
  private final Value<Boolean> up = flag("--up", "What it was made from, to any depth.");
  private final Value<Boolean> down = flag("--down", "What was made of it, to any depth.");
  private final Value<@Nullable Integer> depth = number("--depth", "N", "At most so many steps.");
  private final Value<@Nullable Figure> figure =
      choice("--format", "FIGURE", Figure.class, "${COMPLETION-CANDIDATES}; without it tree.");

  LineageCommand(RootCommand root) {
    super(root, "lineage", "Show what an artifact was made from and what was made of it.");
    description(
        "One step each way, or with --up, --down or --depth as far as they say; --depth alone goes"
            + " both ways.");
    examples(
        "  flowyml-catalog lineage fraud_detector@production",
        "  flowyml-catalog lineage raw_transactions --down -o ids",
        "  flowyml-catalog lineage fraud_detector --up --depth 3 --format mermaid");
  }

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

  @Override
  void run() {
    boolean oneHop = !up.get() && !down.get() && depth.get() == null;
    try (var catalog = existing()) {
      if (oneHop) {
        var lineage = catalog.getLineage(reference.get());
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
    return figure.get() == Figure.JSON
        || (figure.get() == null && answers().format() == Format.JSON);
  }

  private LineageGraph graph(ArtifactCatalog catalog) {
    var asked = depth.get();
    int steps = asked == null ? Integer.MAX_VALUE : asked;
    if (steps < 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "--depth must be at least 1, not " + steps);
    }
    // the exact version, so that both halves start from the same one
    var id = catalog.resolve(reference.get());
    if (up.get() && !down.get()) {
      return catalog.upstream(id, steps, Limits.GRAPH_NODES);
    }
    if (down.get() && !up.get()) {
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
    var asked = figure.get();
    if (asked == null && answers().format() == Format.IDS) {
      graph.nodes().forEach(node -> answers().line(node.id()));
      return;
    }
    if (asked == null && answers().format() == Format.CSV) {
      csv(graph);
      return;
    }
    switch (asked == null ? Figure.TREE : asked) {
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
