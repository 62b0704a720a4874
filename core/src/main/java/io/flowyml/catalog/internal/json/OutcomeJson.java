package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of one item of a batch, in JSON: one line of the answer. */
public final class OutcomeJson {
  private OutcomeJson() {}

  /** {@code {"status": "created", "artifact": {...}}} or {@code {"status": "refused", "error"}}. */
  public static Map<String, @Nullable Object> toMap(Outcome outcome) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("status", ArtifactJson.text(outcome.status()));
    var artifact = outcome.artifact();
    if (artifact != null) {
      map.put("artifact", ArtifactJson.toMap(artifact));
    }
    var error = outcome.error();
    if (error != null) {
      map.put("error", ProblemJson.toMap(error));
    }
    return map;
  }

  /** Reads it back. Fails with {@code invalid_argument} where a field is missing or wrong. */
  public static Outcome fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the outcome");
    var status = fields.neededConstant("status", Outcome.Status.class);
    if (status == Outcome.Status.REFUSED) {
      return Outcome.refused(ProblemJson.fromMap(fields.object("error")));
    }
    var artifact = fields.object("artifact");
    return new Outcome(status, artifact.isEmpty() ? null : ArtifactJson.fromMap(artifact), null);
  }
}
