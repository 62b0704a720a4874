package io.flowyml.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Draws figures of artifacts with hostile names into {@code target/figures.jsonl}, where {@code
 * interop/run-figures} gives them to Mermaid and Graphviz and compares the labels that those see.
 */
class FiguresTest {
  private static final List<String> HOSTILE =
      List.of(
          "raw_transactions",
          "\"",
          "\"]",
          "]\n n9[\"x",
          "end",
          "subgraph",
          "graph TD",
          "%% comment",
          "%%{init: {}}%%",
          "#",
          "#quot;",
          "#35;",
          ";",
          "&amp;",
          "&",
          "<b>bold</b>",
          "<br/>",
          "</script><script>alert(1)</script>",
          "`code`",
          "`",
          "**bold**",
          "_em_",
          "__init__",
          "1. list",
          "1) list",
          "- item",
          "+ item",
          "* item",
          "    code",
          "> quote",
          "# title",
          "$$x^2$$",
          "{a}",
          "(a)",
          "[a]",
          "((a))",
          "a --> b",
          "a|b",
          "\\",
          "\\\"",
          "\\N",
          "\\n",
          "\\",
          "{{x}}",
          "click n0",
          "style n0 fill:#fff",
          "https://example.com",
          "www.example.com",
          "a@{shape: x}",
          "fa:fa-car",
          "日本語",
          "עברית",
          "😀",
          "e\u0301",
          "\u202Ertl",
          "\u2028",
          "a\tb",
          " lead",
          "trail ",
          "a  b",
          "…",
          "\uFFFD",
          "~~~",
          ":::class",
          "v1.0-rc_2");
  private static final String ALPHABET = "ab1 ._-/\"'`#;&<>[](){}|\\%$@*_~:=+!?\n\té😀";

  private static String random(Random random) {
    var text = new StringBuilder("x");
    int[] characters = ALPHABET.codePoints().toArray();
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  private static LineageGraph star(List<String> names) {
    var nodes = new ArrayList<LineageGraph.Node>();
    var edges = new ArrayList<LineageGraph.Edge>();
    for (var name : names) {
      var id = "id" + nodes.size();
      nodes.add(new LineageGraph.Node(id, Artifacts.named(id, name, name), nodes.size()));
      edges.add(new LineageGraph.Edge("id0", id));
    }
    nodes.add(new LineageGraph.Node(names.getLast() + " ", null, 1));
    return new LineageGraph("id0", nodes, edges, false);
  }

  @Test
  void hostileNames_areDrawnForMermaidAndGraphviz() throws IOException {
    var names = new ArrayList<>(HOSTILE);
    var random = new Random(20261123);
    for (int i = 0; i < 2_000; i++) {
      names.add(random(random));
    }
    var lines = new ArrayList<String>();
    for (int from = 0; from < names.size(); from += 20) {
      var graph = star(names.subList(from, Math.min(names.size(), from + 20)));
      var figure = new LinkedHashMap<String, Object>();
      figure.put("mermaid", graph.toMermaid());
      figure.put("dot", graph.toDot());
      figure.put("labels", graph.nodes().stream().map(FiguresTest::labels).toList());
      lines.add(Json.write(figure));
    }
    var file = Path.of("target", "figures.jsonl");
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
    assertThat(lines).hasSize((names.size() + 19) / 20);
  }

  private static List<String> labels(LineageGraph.Node node) {
    var artifact = node.artifact();
    return artifact == null
        ? List.of(node.id(), "(unresolved)")
        : List.of(artifact.name(), "(" + artifact.artifactType() + ")");
  }
}
