package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random values hashed by FlowyML and by us, and random texts read by Python and by us. Run by
 * interop/run-hash, which names a Python with FlowyML.
 */
class HashValuesAgainstFlowyml {
  private static final int COUNT = 20_000;

  @Test
  void randomValues_haveTheHashThatFlowymlComputes() throws IOException, InterruptedException {
    eachLineOf("random", line -> HashVector.of(line).check());
  }

  @Test
  void randomTexts_areReadOrRefusedAsPythonDoes() throws IOException, InterruptedException {
    eachLineOf(
        "texts",
        line -> {
          var fields = Json.parseObject(line, "the line");
          var text = (String) fields.get("text");
          assertThat(read(text)).as(text).isEqualTo(fields.get("sorted"));
        });
  }

  private static @Nullable String read(String text) {
    try {
      return PythonJson.dumpsSorted(Json.parsePython(text));
    } catch (CatalogException e) {
      return null;
    }
  }

  private static void eachLineOf(String kind, Consumer<String> check)
      throws IOException, InterruptedException {
    var python = Optional.ofNullable(System.getenv("FLOWYML_PYTHON")).orElseThrow();
    var script = Path.of("..", "interop", "hash_values.py").toString();
    var seed = Long.toString(System.nanoTime());
    var command = List.of(python, script, kind, "--count", "" + COUNT, "--seed", seed);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var checked = 0;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        assertThat(line).as("seed %s", seed).satisfies(check);
        checked++;
      }
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor()).isZero();
    assertThat(checked).isEqualTo(COUNT);
  }
}
