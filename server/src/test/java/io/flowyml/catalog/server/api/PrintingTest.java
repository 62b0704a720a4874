package io.flowyml.catalog.server.api;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintingTest {

  @Test
  void page_isWhatTheRecordsAreInJson() {
    try (var catalog = ArtifactCatalog.inMemory()) {
      var some =
          List.of(
              catalog.register(artifact("größe", "Model").tag("f1", 0.5)),
              catalog.register(artifact("b", "Dataset")));
      for (var page :
          List.of(
              new Page<>(some, "a \"cursor\""),
              new Page<>(some, null),
              new Page<>(some.subList(0, 1), null),
              new Page<>(some.subList(0, 0), null))) {
        assertThat(Printing.page(page, Printing::record))
            .isEqualTo(Json.bytes(ArtifactJson.page(page, ArtifactJson::toMap)));
      }
    }
  }

  @Test
  void record_isPrintedOnce_andAnewWhereItChanged() {
    try (var catalog = ArtifactCatalog.inMemory()) {
      var before = catalog.register(artifact("a", "Model"));
      var printed = Printing.record(before);
      assertThat(Printing.record(before)).isSameAs(printed);
      var after = catalog.tag(before.id(), Map.of("stage", "dev"));
      assertThat(Printing.record(after)).isEqualTo(Json.bytes(ArtifactJson.toMap(after)));
    }
  }
}
