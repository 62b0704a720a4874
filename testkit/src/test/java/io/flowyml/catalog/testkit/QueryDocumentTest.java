package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.QueryParser;
import io.flowyml.catalog.query.Trait;
import io.flowyml.catalog.spi.Scope;
import io.flowyml.catalog.spi.Search;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples of {@code docs/query.md}: its tables are the data. */
class QueryDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "query.md");
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final QueryOracle CATALOG = new QueryOracle(artifacts());
  private static final ArtifactCatalog STORED = stored();

  /** A line of a table whose first columns are called so: its query and what is said of it. */
  record Example(String query, String said) {
    @Override
    public String toString() {
      return query;
    }
  }

  @ParameterizedTest
  @MethodSource
  void found(Example example) {
    var found = CATALOG.search(QueryParser.parse(example.query(), NOON));
    var expected = example.said().equals("nothing") ? new String[0] : example.said().split(" ");
    assertThat(found).extracting(Artifact::id).containsExactly(expected);
    var search = new Search(QueryParser.parse(example.query(), NOON), 100, null);
    assertThat(STORED.backend().search(new Scope("default", "ada", null), search).items())
        .extracting(Artifact::id)
        .containsExactly(expected);
  }

  private static ArtifactCatalog stored() {
    var catalog = ArtifactCatalog.inMemory();
    var lines =
        artifacts().stream()
            .map(artifact -> Json.write(ArtifactJson.toMap(artifact)))
            .collect(Collectors.joining("\n"));
    catalog.importLines(new BufferedReader(new StringReader(lines)), Outcome::orThrow);
    return catalog;
  }

  static Stream<Example> found() {
    return examples("finds");
  }

  @ParameterizedTest
  @MethodSource
  void refused(Example example) {
    var error =
        catchThrowableOfType(
            CatalogException.class, () -> QueryParser.parse(example.query(), NOON));
    assertThat(error.code()).isEqualTo(ErrorCode.QUERY_SYNTAX);
    assertThat(error).hasMessageContaining(example.said());
  }

  static Stream<Example> refused() {
    return examples("error");
  }

  @Test
  void shownError_isTheRealOne() throws IOException {
    var error =
        catchThrowableOfType(
            CatalogException.class, () -> QueryParser.parse("stage: production", NOON));
    assertThat(Files.readString(DOCUMENT)).contains("```\n" + error.getMessage() + "\n```");
  }

  @Test
  void everyKeyOperatorAndFunction_hasAnExample() {
    var queries = examples("finds").map(Example::query).toList();
    for (var field : Field.BuiltIn.values()) {
      var key = field.name().toLowerCase(Locale.ROOT);
      assertThat(queries).anyMatch(query -> query.matches("(.*[ (-])?" + key + "[:=!<>].*"));
    }
    for (var op : Op.values()) {
      assertThat(queries).anyMatch(query -> query.matches(".*\\w" + op.symbol() + "[\\w\"(-].*"));
    }
    for (var trait : Trait.values()) {
      assertThat(queries)
          .anyMatch(query -> query.contains("has:" + trait.name().toLowerCase(Locale.ROOT)));
    }
    assertThat(queries)
        .anyMatch(query -> query.contains("upstream("))
        .anyMatch(query -> query.contains("downstream("))
        .anyMatch(query -> query.contains("sort:-"));
  }

  private static Stream<Example> examples(String column) {
    return rows("query", column).map(cells -> new Example(unquoted(cells.get(0)), cells.get(1)));
  }

  private static List<Artifact> artifacts() {
    var artifacts = new ArrayList<Artifact>();
    rows("id", "name")
        .forEach(
            cells -> {
              var hash = absent(cells.get(11));
              artifacts.add(artifact(cells, hash, hash == null ? null : oldest(artifacts, hash)));
            });
    return artifacts;
  }

  private static String oldest(List<Artifact> artifacts, String hash) {
    return artifacts.stream()
        .filter(artifact -> hash.equals(artifact.contentHash()))
        .findFirst()
        .map(Artifact::id)
        .orElse(null);
  }

  private static Artifact artifact(List<String> cells, String hash, String duplicateOf) {
    return new Artifact(
        cells.get(0),
        "default",
        cells.get(1),
        cells.get(2),
        cells.get(3),
        null,
        hash,
        null,
        null,
        duplicateOf,
        absent(cells.get(12)),
        absent(cells.get(5)),
        absent(cells.get(6)),
        absent(cells.get(4)),
        words(cells.get(7)),
        List.of(),
        object(cells.get(8)),
        object(cells.get(9)),
        null,
        null,
        words(cells.get(10)),
        Instant.parse(cells.get(13)),
        "ada",
        1,
        null);
  }

  /** The rows of all tables whose first two columns are called so. */
  private static Stream<List<String>> rows(String first, String second) {
    var rows = new ArrayList<List<String>>();
    boolean within = false;
    for (var line : lines()) {
      var cells = Arrays.stream(line.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
      if (!line.startsWith("|")) {
        within = false;
      } else if (cells.get(1).equals(first) && cells.get(2).equals(second)) {
        within = true;
      } else if (within && !cells.get(1).startsWith("---")) {
        rows.add(cells.subList(1, cells.size() - 1));
      }
    }
    assertThat(rows).as("tables of %s and %s in %s", first, second, DOCUMENT).isNotEmpty();
    return rows.stream();
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(DOCUMENT);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Object> object(String cell) {
    return Json.parseObject(unquoted(cell), "a cell");
  }

  private static List<String> words(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(" "));
  }

  private static String absent(String cell) {
    return cell.isEmpty() ? null : cell;
  }

  private static String unquoted(String cell) {
    assertThat(cell).startsWith("`").endsWith("`");
    return cell.substring(1, cell.length() - 1);
  }
}
