package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters behind a path's question mark. */
final class Query {
  private final String raw;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  Query(String raw) {
    this.raw = raw;
    for (var part : raw.split("&", -1)) {
      if (!part.isEmpty()) {
        values.computeIfAbsent(name(part), n -> new ArrayList<>()).add(value(part));
      }
    }
  }

  private static String name(String part) {
    int end = part.indexOf('=');
    return decoded(end < 0 ? part : part.substring(0, end));
  }

  private static String value(String part) {
    int end = part.indexOf('=');
    return end < 0 ? "" : decoded(part.substring(end + 1));
  }

  private static String decoded(String text) {
    try {
      return Percent.decode(text, true);
    } catch (IllegalArgumentException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "the URL's query is not percent-encoded UTF-8: " + e.getMessage(),
          e);
    }
  }

  List<String> values(String name) {
    return values.getOrDefault(name, List.of());
  }

  String without(String name) {
    return Stream.of(raw.split("&", -1))
        .filter(part -> !part.isEmpty() && !name(part).equals(name))
        .collect(Collectors.joining("&"));
  }

  /** Refuses every parameter that a route does not know, all at once. */
  void refuseOthers(Set<String> known) {
    var unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "unknown parameters: %s; %s"
              .formatted(
                  String.join(", ", unknown),
                  known.isEmpty()
                      ? "there are none here"
                      : "there are " + String.join(", ", new TreeSet<>(known))),
          Map.of("fields", List.copyOf(unknown)),
          null);
    }
  }
}
