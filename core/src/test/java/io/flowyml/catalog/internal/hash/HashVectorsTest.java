package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Hashes that the real FlowyML package computed; interop/hash_values.py says how they are made. */
class HashVectorsTest {

  @Test
  void everyValue_hasTheHashThatFlowymlComputes() throws IOException {
    var vectors = 0;
    try (var stream = HashVectorsTest.class.getResourceAsStream("/hash-vectors.jsonl");
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        HashVector.of(line).check();
        vectors++;
      }
    }
    assertThat(vectors).isGreaterThan(300);
  }
}
