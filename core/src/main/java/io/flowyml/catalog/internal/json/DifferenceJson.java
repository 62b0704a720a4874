package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Difference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A difference in JSON: both records whole, and what is different by field. */
public final class DifferenceJson {
  private DifferenceJson() {}

  public static Map<String, @Nullable Object> toMap(Difference difference) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("from", ArtifactJson.toMap(difference.from()));
    map.put("to", ArtifactJson.toMap(difference.to()));
    map.put("changes", difference.changes());
    return map;
  }
}
