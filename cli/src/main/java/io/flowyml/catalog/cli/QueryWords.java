package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may come next in a query: names of fields, keys of tags, and their values. */
final class QueryWords {
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][\\w.-]*");
  private static final Set<String> WITHOUT_VALUES =
      Set.of("hash", "id", "uri", "duplicate", "sort");

  private final ArtifactCatalog catalog;

  QueryWords(ArtifactCatalog catalog) {
    this.catalog = catalog;
  }

  /** Words that begin as the last one of a query does: {@code st} or {@code stage:pro}. */
  List<String> startingWith(String beginning) {
    var negation = beginning.startsWith("-") ? "-" : "";
    var word = beginning.substring(negation.length());
    int colon = word.indexOf(':');
    var found =
        colon < 0 ? keys(word) : values(word.substring(0, colon), word.substring(colon + 1));
    return found.stream().map(negation::concat).toList();
  }

  /** Fields, keys of tags, and what is no key but stands where one does. */
  List<String> fields(String beginning) {
    var fields = new ArrayList<String>();
    for (var field : Field.BuiltIn.values()) {
      fields.add(field.name().toLowerCase(Locale.ROOT));
    }
    fields.addAll(tags());
    return starting(fields, beginning);
  }

  private List<String> keys(String beginning) {
    var keys = new ArrayList<String>();
    fields("").forEach(field -> keys.add(field + ":"));
    keys.addAll(List.of("has:", "sort:", "metadata.", "upstream(", "downstream("));
    return starting(keys, beginning);
  }

  private List<String> tags() {
    return texts("tag.*").stream().filter(key -> KEY.matcher(key).matches()).toList();
  }

  private List<String> values(String key, String beginning) {
    List<String> values;
    if (key.equals("has")) {
      values = Arrays.stream(Trait.values()).map(t -> t.name().toLowerCase(Locale.ROOT)).toList();
    } else if (key.equals("sort")) {
      values = fields("");
    } else if (!KEY.matcher(key).matches() || WITHOUT_VALUES.contains(key)) {
      values = List.of();
    } else {
      values = texts(key).stream().map(QueryWords::written).toList();
    }
    return starting(values, beginning).stream().map(value -> key + ":" + value).toList();
  }

  private List<String> texts(String field) {
    return catalog.facets("", List.of(field), Limits.PAGE).facets().getFirst().values().stream()
        .map(value -> String.valueOf(value.value()))
        .toList();
  }

  /** In quotes where it would mean something else without them. */
  private static String written(String value) {
    boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> " \"\\()*\t".indexOf(c) >= 0);
    return plain ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static List<String> starting(List<String> words, String beginning) {
    var folded = CaseFolding.fold(beginning);
    return words.stream()
        .filter(word -> CaseFolding.fold(word).startsWith(folded))
        .sorted()
        .distinct()
        .toList();
  }
}
