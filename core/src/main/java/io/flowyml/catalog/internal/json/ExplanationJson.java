package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Explanation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a search is answered, in JSON, for the command line and the wire alike. */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** {@code {"query", "plan": {"what", "estimate", "inputs"}, "answers", "rows", "unindexed"}}. */
  public static Map<String, @Nullable Object> toMap(Explanation explanation) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("query", explanation.query());
    map.put("plan", step(explanation.plan()));
    map.put("answers", explanation.answers());
    map.put("rows", explanation.rows());
    map.put("unindexed", explanation.unindexed());
    return map;
  }

  private static Map<String, @Nullable Object> step(Explanation.Step step) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("what", step.what());
    map.put("estimate", step.estimate());
    map.put("inputs", step.inputs().stream().map(ExplanationJson::step).toList());
    return map;
  }

  /** Reads it back. Fails with {@code invalid_argument} where a field is missing or wrong. */
  public static Explanation fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the explanation");
    return new Explanation(
        fields.neededText("query"),
        stepFrom(fields.object("plan")),
        fields.neededInteger("answers"),
        fields.neededInteger("rows"),
        fields.neededInteger("unindexed"));
  }

  private static Explanation.Step stepFrom(Map<String, @Nullable Object> map) {
    var fields = new Fields(map, "a step of the plan");
    return new Explanation.Step(
        fields.neededText("what"),
        fields.neededInteger("estimate"),
        fields.objects("inputs").stream().map(ExplanationJson::stepFrom).toList());
  }
}
