package io.flowyml.catalog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void of_writesNestedMapsInTheirOrder() {
    var object = new LinkedHashMap<String, Object>();
    object.put("name", "a \"quoted\" \\ name");
    object.put("scores", Map.of("f1", 2.0 / 3));
    object.put("count", 3);

    assertThat(JsonText.of(object))
        .isEqualTo(
            """
            {
              "name": "a \\"quoted\\" \\\\ name",
              "scores": {
                "f1": 0.666667
              },
              "count": 3
            }
            """);
  }

  @Test
  void of_refusesWhatItCannotWrite() {
    assertThatThrownBy(() -> JsonText.of(Map.of("a", List.of())))
        .hasMessageContaining("no JSON for");
  }
}
