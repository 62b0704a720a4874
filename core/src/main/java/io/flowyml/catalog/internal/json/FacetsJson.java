package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.Facets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facets in JSON, for the command line and the wire alike. */
public final class FacetsJson {
  private FacetsJson() {}

  /** {@code {"matches", "exact", "facets": [{"field", "without", "distinct", "values", ...}]}}. */
  public static Map<String, @Nullable Object> toMap(Facets facets) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("matches", facets.matches());
    map.put("exact", facets.exact());
    map.put("facets", facets.facets().stream().map(FacetsJson::facet).toList());
    return map;
  }

  private static Map<String, @Nullable Object> facet(Facets.Facet facet) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("field", facet.field());
    map.put("without", facet.without());
    map.put("distinct", facet.distinct());
    map.put("values", facet.values().stream().map(FacetsJson::value).toList());
    map.put("ranges", facet.ranges().stream().map(FacetsJson::range).toList());
    return map;
  }

  private static Map<String, @Nullable Object> value(Facets.Value value) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("value", value.value());
    map.put("count", value.count());
    return map;
  }

  private static Map<String, @Nullable Object> range(Facets.Range range) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("from", range.from());
    map.put("to", range.to());
    map.put("count", range.count());
    return map;
  }

  /** Reads facets back. Fails with {@code invalid_argument} where a field is missing or wrong. */
  public static Facets fromMap(Map<String, ? extends @Nullable Object> map) {
    var fields = new Fields(map, "the facets");
    return new Facets(
        fields.neededInteger("matches"),
        fields.flag("exact"),
        fields.objects("facets").stream().map(FacetsJson::facetFrom).toList());
  }

  private static Facets.Facet facetFrom(Map<String, @Nullable Object> map) {
    var fields = new Fields(map, "a facet");
    return new Facets.Facet(
        fields.neededText("field"),
        fields.neededInteger("without"),
        fields.neededInteger("distinct"),
        fields.objects("values").stream().map(FacetsJson::valueFrom).toList(),
        fields.objects("ranges").stream().map(FacetsJson::rangeFrom).toList());
  }

  private static Facets.Value valueFrom(Map<String, @Nullable Object> map) {
    var fields = new Fields(map, "a value of a facet");
    var value = map.get("value");
    if (value == null) {
      throw fields.refused("value", "is missing");
    }
    return new Facets.Value(value, fields.neededInteger("count"));
  }

  private static Facets.Range rangeFrom(Map<String, @Nullable Object> map) {
    var fields = new Fields(map, "a range of a facet");
    return new Facets.Range(
        number(fields, map, "from"), number(fields, map, "to"), fields.neededInteger("count"));
  }

  private static double number(Fields fields, Map<String, @Nullable Object> map, String name) {
    if (map.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw fields.refused(name, "is no number");
  }
}
