package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.local.LocalCatalogBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document says what the route table says, and nothing else. */
class OpenApiTest {
  private Served served;
  private Map<String, Object> document;
  private final Map<String, Map<String, Object>> operations = new TreeMap<>();

  @BeforeEach
  void read() {
    served = new Served();
    document = Json.parseObject(served.get("/openapi.json").body(), "openapi.json");
    object(document, "paths")
        .forEach(
            (path, methods) ->
                map(methods)
                    .forEach(
                        (method, operation) ->
                            operations.put(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path,
                                map(operation))));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private static Map<String, Route> routes() {
    try (var backend = LocalCatalogBackend.inMemory()) {
      var routes = new TreeMap<String, Route>();
      for (var route : CatalogServer.routes(backend, new Traffic(1)).routes()) {
        routes.put(route.method() + " " + route.path().replace("...}", "}"), route);
      }
      return routes;
    }
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> object(Map<String, Object> map, String key) {
    return map(map.getOrDefault(key, Map.of()));
  }

  private static List<String> parameters(Map<String, Object> operation, String in) {
    var names = new ArrayList<String>();
    for (var parameter : (List<?>) operation.getOrDefault("parameters", List.of())) {
      if (map(parameter).get("in").equals(in)) {
        names.add((String) map(parameter).get("name"));
      }
    }
    return names;
  }

  @Test
  void everyRoute_isDescribed_andNothingElse() {
    assertThat(document).containsEntry("openapi", "3.1.0");
    assertThat(operations.keySet()).isEqualTo(new TreeSet<>(routes().keySet()));
  }

  @Test
  void permissions_areThoseOfTheRoutes() {
    routes()
        .forEach(
            (name, route) -> {
              var operation = operations.get(name);
              assertThat(operation)
                  .as(name)
                  .containsEntry("x-permission", ArtifactJson.text(route.permission()));
              assertThat(operation.containsKey("security"))
                  .as("security of %s", name)
                  .isEqualTo(route.permission() == Permission.PUBLIC);
            });
  }

  @Test
  void parameters_areThoseOfTheRoutes() {
    routes()
        .forEach(
            (name, route) -> {
              var operation = operations.get(name);
              var inPath =
                  Pattern.compile("\\{(\\w+)}")
                      .matcher(name)
                      .results()
                      .map(found -> found.group(1))
                      .toList();
              assertThat(parameters(operation, "path")).as(name).isEqualTo(inPath);
              if (route.query() != null) {
                assertThat(parameters(operation, "query"))
                    .as("query of %s", name)
                    .containsExactlyInAnyOrderElementsOf(route.query());
              }
            });
  }

  @Test
  void references_leadSomewhere_andOperationsHaveNamesOfTheirOwn() {
    var schemas = object(object(document, "components"), "schemas").keySet();
    Pattern.compile("#/components/schemas/(\\w+)")
        .matcher(Json.write(document))
        .results()
        .forEach(found -> assertThat(schemas).contains(found.group(1)));
    assertThat(operations.values().stream().map(o -> o.get("operationId")).distinct().count())
        .isEqualTo(operations.size());
  }

  @Test
  void record_hasNoFieldThatTheDocumentDoesNotKnow() {
    var known =
        object(object(object(object(document, "components"), "schemas"), "Artifact"), "properties")
            .keySet();
    var made =
        served.post(
            "artifacts",
            """
            {"id":"m","name":"m","artifact_type":"T","version":"1","content_hash":"x","size":1,\
            "uri":"u","source_step":"s","source_run_id":"r","source_pipeline":"p",\
            "tags":{"a":1},"metadata":{"a":1},"aliases":["gold"]}\
            """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(known).containsAll(Served.json(made).keySet());
  }

  @Test
  void page_forPeople_needsNothingFromElsewhere() {
    var page = served.get("/docs");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("openapi.json").doesNotContain("http://", "https://");
  }
}
