package io.flowyml.catalog.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements are the same for every database, so the tables have to be. */
class SchemaFilesTest {
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE (\\w+) \\(\\n(.*?)\\n\\)", Pattern.DOTALL);
  private static final Pattern INDEX =
      Pattern.compile("CREATE (?:UNIQUE )?INDEX (\\w+) ON (.*?);", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(ints = {1})
  void tablesAndIndexes_areTheSameInEveryDatabase(int version) throws IOException {
    var sqlite = shape("sqlite/" + version);
    var postgresql = shape("postgresql/" + version);
    assertThat(postgresql.remove("schema_version")).isNotNull();
    assertThat(postgresql.remove("term_text")).isNotNull();
    assertThat(postgresql).isEqualTo(sqlite);
  }

  /** Each table with its columns in their order and what must not be null, each index with all. */
  private static Map<String, String> shape(String file) throws IOException {
    var sql = text("/schema/" + file + ".sql");
    var shape = new TreeMap<String, String>();
    TABLE
        .matcher(sql)
        .results()
        .forEach(
            found ->
                shape.put(
                    found.group(1),
                    found
                        .group(2)
                        .replaceAll(" *--.*", "")
                        .replaceAll(
                            " +(INTEGER|bigint|TEXT|text COLLATE \"C\"|REAL|double"
                                + " precision|BLOB|bytea)",
                            "")
                        .replaceAll(" +", " ")));
    INDEX
        .matcher(sql)
        .results()
        .filter(found -> !found.group(1).startsWith("term_text"))
        .forEach(
            found ->
                shape.put(
                    found.group(1),
                    found
                        .group()
                        .replaceAll("\\s+", " ")
                        .replace("hashtextextended(version, 0)", "version")));
    return shape;
  }

  private static String text(String resource) throws IOException {
    try (var in = SchemaFilesTest.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
