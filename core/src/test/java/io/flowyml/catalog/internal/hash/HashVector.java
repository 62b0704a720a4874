package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Content;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value, the texts Python makes of it, and the hash FlowyML computes.
 *
 * @param bits of a lone double
 */
record HashVector(Object value, String dumps, String sorted, String hash, @Nullable String bits) {

  /** Reads {@code {"value": [1], "dumps": "[1]", "sorted": "[1]", "hash": "..."}}. */
  static HashVector of(String line) {
    var fields = (Map<?, ?>) Json.parsePython(line, PythonJson.MAX_DEPTH);
    return new HashVector(
        fields.get("value"),
        (String) fields.get("dumps"),
        (String) fields.get("sorted"),
        (String) fields.get("hash"),
        (String) fields.get("bits"));
  }

  void check() {
    if (bits != null) {
      var fromBits = Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(bits));
      assertThat(value).as(dumps).isEqualTo(fromBits);
    }
    assertThat(PythonJson.dumps(value)).isEqualTo(dumps);
    assertThat(PythonJson.dumpsSorted(value)).isEqualTo(sorted);
    var digest = ContentHash.of(new Content.Value(value));
    assertThat(digest.hash()).as(dumps).isEqualTo(hash);
    assertThat(digest.size()).as(dumps).isEqualTo(sorted.length());
  }
}
