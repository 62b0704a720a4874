package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class LineageContract extends Contract {

  /** raw -> clean -> model -> report, and raw -> report. */
  private void registerChain() {
    catalog.register(dataset("raw").id("raw"));
    catalog.register(dataset("clean").id("clean").parent("raw"));
    catalog.register(model("model").id("model").parent("clean"));
    catalog.register(
        Registration.artifact("report", "Report").id("report").parent("model").parent("raw"));
  }

  private static List<String> nodes(LineageGraph graph) {
    return graph.nodes().stream().map(LineageGraph.Node::id).toList();
  }

  @Test
  void getLineage_showsOneStepEachWay() {
    registerChain();
    var lineage = catalog.getLineage("model");
    assertThat(ids(lineage.parents())).containsExactly("clean");
    assertThat(lineage.parentIds()).containsExactly("clean");
    assertThat(lineage.childIds()).containsExactly("report");
    assertThat(catalog.getLineage("raw").childIds()).containsExactly("report", "clean");
    assertThat(ids(catalog.getLineage("report").parents())).containsExactly("model", "raw");
  }

  @Test
  void upstreamAndDownstream_followEdgesToTheEnd() {
    registerChain();
    assertThat(nodes(catalog.upstream("report")))
        .containsExactlyInAnyOrder("report", "model", "raw", "clean");
    assertThat(nodes(catalog.downstream("clean")))
        .containsExactlyInAnyOrder("clean", "model", "report");
    var graph = catalog.downstream("raw");
    assertThat(graph.root()).isEqualTo("raw");
    assertThat(graph.truncated()).isFalse();
    assertThat(graph.edges())
        .containsExactlyInAnyOrder(
            new LineageGraph.Edge("raw", "clean"),
            new LineageGraph.Edge("clean", "model"),
            new LineageGraph.Edge("model", "report"),
            new LineageGraph.Edge("raw", "report"));
  }

  @Test
  void depth_cutsAndSaysSo() {
    registerChain();
    var graph = catalog.upstream("report", 1, 100);
    assertThat(nodes(graph)).containsExactlyInAnyOrder("report", "model", "raw");
    assertThat(graph.truncated()).isTrue();
    assertThat(catalog.upstream("report", 3, 100).truncated()).isFalse();
  }

  @Test
  void limit_cutsAndSaysSo() {
    catalog.register(dataset("raw").id("raw"));
    for (int i = 0; i < 20; i++) {
      catalog.register(model("m").parent("raw"));
    }
    var graph = catalog.downstream("raw", 5, 10);
    assertThat(graph.nodes()).hasSize(10);
    assertThat(graph.truncated()).isTrue();
    assertThat(catalog.downstream("raw", 5, 21).truncated()).isFalse();
  }

  @Test
  void depths_areStepsFromTheRoot_negativeUpstream() {
    registerChain();
    var graph = catalog.upstream("report");
    assertThat(graph.nodes())
        .filteredOn(n -> n.id().equals("clean"))
        .extracting(LineageGraph.Node::depth)
        .containsExactly(-2);
    assertThat(catalog.downstream("raw").nodes())
        .filteredOn(n -> n.id().equals("report"))
        .extracting(LineageGraph.Node::depth)
        .containsExactly(1);
  }

  @Test
  void path_isAShortestOne_whicheverIsTheAncestor() {
    registerChain();
    assertThat(ids(catalog.path("raw", "model"))).containsExactly("raw", "clean", "model");
    assertThat(ids(catalog.path("model", "raw"))).containsExactly("raw", "clean", "model");
    assertThat(ids(catalog.path("raw", "report"))).containsExactly("raw", "report");
    catalog.register(model("alone").id("alone"));
    assertThat(catalog.path("raw", "alone")).isEmpty();
    refused(ErrorCode.NOT_FOUND, () -> catalog.path("raw", "nothing"));
  }

  @Test
  void ladderOfDiamonds_answersAtOnce() {
    var items = new ArrayList<Registration>();
    items.add(dataset("top").id("d0"));
    for (int i = 1; i <= 30; i++) {
      items.add(dataset("left").id("l" + i).parent("d" + (i - 1)));
      items.add(dataset("right").id("r" + i).parent("d" + (i - 1)));
      items.add(dataset("bottom").id("d" + i).parent("l" + i).parent("r" + i));
    }
    catalog.registerAll(items).forEach(outcome -> outcome.orThrow());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThat(catalog.upstream("d30").nodes()).hasSize(91);
          assertThat(catalog.downstream("d0").edges()).hasSize(120);
          assertThat(catalog.path("d0", "d30")).hasSize(61);
          refused(ErrorCode.CYCLE, () -> catalog.addParents("d0", List.of("d30")));
        });
  }

  @Test
  void unknownParents_areRefusedWithAllTheirIds() {
    catalog.register(dataset("raw").id("raw"));
    var error =
        refused(
            ErrorCode.UNKNOWN_PARENT,
            () -> catalog.register(model("m").parents(List.of("x", "raw", "y", "z:3"))));
    assertThat(error.getMessage()).contains("x", "y", "z:3");
    assertThat(error.facts()).containsEntry("parents", List.of("x", "y", "z:3"));
    assertThat(catalog.find("m")).isEmpty();
    refused(ErrorCode.UNKNOWN_PARENT, () -> catalog.addParents("raw", List.of("x")));
  }

  @Test
  void deletedParent_isRefused() {
    catalog.register(dataset("raw").id("raw"));
    catalog.delete("raw");
    refused(ErrorCode.DELETED, () -> catalog.register(model("m").parent("raw")));
  }

  @Test
  void cycle_isRefusedWithItsPath() {
    registerChain();
    var error = refused(ErrorCode.CYCLE, () -> catalog.addParents("raw", List.of("model")));
    assertThat(error.getMessage()).contains("raw", "clean", "model");
    assertThat(catalog.get("raw").parentIds()).isEmpty();
    refused(ErrorCode.CYCLE, () -> catalog.addParents("raw", List.of("raw")));
    refused(ErrorCode.CYCLE, () -> catalog.register(model("self").id("self").parent("self")));
  }

  @Test
  void parents_byReference_areKeptAsExactVersions() {
    catalog.register(dataset("raw").id("one").alias("gold"));
    var model = catalog.register(model("m").parent("raw@gold"));
    catalog.register(dataset("raw").id("two").alias("gold"));
    assertThat(model.parentIds()).containsExactly("one");
    assertThat(catalog.get("m").parentIds()).containsExactly("one");
  }

  @Test
  void tombstones_stayInTheGraph_andAreNoChildren() {
    registerChain();
    catalog.delete("model", true);
    assertThat(catalog.getLineage("clean").childIds()).isEmpty();
    assertThat(ids(catalog.getLineage("report").parents())).containsExactly("model", "raw");
    assertThat(catalog.upstream("report").nodes())
        .filteredOn(n -> n.id().equals("model"))
        .extracting(n -> n.artifact() != null && n.artifact().isDeleted())
        .containsExactly(true);
    assertThat(ids(catalog.path("raw", "model"))).containsExactly("raw", "clean", "model");
  }

  @Test
  void unresolvedParent_showsAndHealsWhenItsIdAppears() {
    tolerated(
        """
        {"id":"child","name":"m","artifact_type":"Model","parent_ids":["missing"]}\
        """);
    assertThat(catalog.get("child").unresolvedParentIds()).containsExactly("missing");
    assertThat(catalog.getLineage("child").parents()).isEmpty();
    assertThat(catalog.upstream("child").nodes())
        .filteredOn(n -> n.id().equals("missing"))
        .extracting(LineageGraph.Node::artifact)
        .containsOnlyNulls();
    catalog.register(dataset("found").id("missing"));
    assertThat(catalog.get("child").unresolvedParentIds()).isEmpty();
    assertThat(catalog.get("child").parentIds()).containsExactly("missing");
    assertThat(catalog.getLineage("missing").childIds()).containsExactly("child");
  }

  @Test
  void idThatOthersWaitFor_mayNotMakeACycle() {
    tolerated(
        """
        {"id":"child","name":"m","artifact_type":"Model","parent_ids":["missing"]}\
        """);
    refused(ErrorCode.CYCLE, () -> catalog.register(dataset("raw").id("missing").parent("child")));
    assertThat(catalog.find("missing")).isEmpty();
  }

  @Test
  void cycleOfATolerantDoor_endsATraversal() {
    tolerated("{\"id\":\"a\",\"name\":\"a\",\"artifact_type\":\"Model\",\"parent_ids\":[\"b\"]}");
    tolerated("{\"id\":\"b\",\"name\":\"b\",\"artifact_type\":\"Model\",\"parent_ids\":[\"a\"]}");
    assertThat(nodes(catalog.upstream("a"))).containsExactlyInAnyOrder("a", "b");
    assertThat(nodes(catalog.downstream("a"))).containsExactlyInAnyOrder("a", "b");
    assertThat(catalog.upstream("a").edges()).hasSize(2);
  }
}
