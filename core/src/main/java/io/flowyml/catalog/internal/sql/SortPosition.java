package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.SortKey;
import io.flowyml.catalog.query.SortOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a document stands in a sorted answer.
 *
 * @param values by which the sort keys place it, in their order; {@code null} for none
 */
record SortPosition(List<@Nullable FieldValue> values, long doc) {
  private static final String INFINITY = "inf";

  static Comparator<SortPosition> order(List<SortKey> keys) {
    return (a, b) -> {
      for (int i = 0; i < keys.size(); i++) {
        int order = SortOrder.compare(a.values.get(i), b.values.get(i), keys.get(i).descending());
        if (order != 0) {
          return order;
        }
      }
      return Long.compare(b.doc, a.doc);
    };
  }

  /** Numbers as numbers, texts folded: {@code [17, 0.93, "fraud", null]}. */
  String encoded() {
    var json = new ArrayList<@Nullable Object>();
    json.add(doc);
    for (var value : values) {
      json.add(value == null ? null : value.number() == null ? text(value) : number(value));
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8));
  }

  private static Object text(FieldValue value) {
    return CaseFolding.fold(value.text());
  }

  private static Object number(FieldValue value) {
    double number = Objects.requireNonNull(value.number());
    return Double.isFinite(number) ? number : List.of(number > 0 ? INFINITY : "-" + INFINITY);
  }

  static SortPosition decoded(String text) {
    var json =
        (List<?>)
            Objects.requireNonNull(
                Json.parse(
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)));
    var values = new ArrayList<@Nullable FieldValue>();
    for (var value : json.subList(1, json.size())) {
      values.add(
          switch (value) {
            case null -> null;
            case String folded -> FieldValue.plain(folded);
            case List<?> infinite ->
                numeric(
                    INFINITY.equals(infinite.getFirst())
                        ? Double.POSITIVE_INFINITY
                        : Double.NEGATIVE_INFINITY);
            default -> numeric(((Number) value).doubleValue());
          });
    }
    return new SortPosition(values, ((Number) Objects.requireNonNull(json.getFirst())).longValue());
  }

  static FieldValue numeric(double number) {
    return new FieldValue("", number, true);
  }
}
