package io.flowyml.catalog;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.text.Yaml;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * FlowyML's stacks as the files of a working directory describe them:
 *
 * <pre>
 * flowyml.yaml           stacks: {local: {type: local}, prod: {catalog_endpoint: "${CATALOG_URL}"}}
 *                        default_stack: local
 * .flowyml/stacks.json   {"active_stack": "prod", "stacks": {}}
 * </pre>
 *
 * <p>Variables are replaced in the strings that are read here alone, so that a stack that is not
 * active may name some that this machine does not have.
 */
final class StackFiles {
  private static final List<String> SETTINGS =
      List.of("flowyml.yaml", "flowyml.yml", ".flowyml/config.yaml", ".flowyml/config.yml");
  private static final String SWITCHED = ".flowyml/stacks.json";
  private static final String STACK_VARIABLE = "FLOWYML_STACK";

  /** FlowyML's own form of a variable; any other dollar is plain text to it. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}|\\$([A-Z_][A-Z0-9_]*)");

  /** PyYAML reads {@code <<: *base} as a merge, which YAML 1.2 no longer knows. */
  private static final String MERGE_KEY = "<<";

  private final Path directory;
  private final Map<String, String> environment;

  StackFiles(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /**
   * The stack that is active.
   *
   * @param chosenBy what made it the active one, for messages
   * @param endpoint {@code null} where the stack has no catalog of its own
   */
  record ActiveStack(
      String name, String chosenBy, @Nullable String endpoint, @Nullable String apiKey) {}

  /** A file and the map that it holds. */
  private record Source(Path file, Map<?, ?> content, Map<?, ?> stacks) {
    Source(Path file, Map<?, ?> content) {
      this(file, content, mapOf("stacks", content.get("stacks"), file));
    }
  }

  /** The active stack; {@code null} where there are no files or no stacks in them. */
  @Nullable ActiveStack activeStack() {
    var settings = settings();
    var switched = switched();
    var named = named(settings, switched);
    if (named == null) {
      return null;
    }
    for (var source : new @Nullable Source[] {settings, switched}) {
      if (source != null && source.stacks().containsKey(named.name())) {
        return stack(source, named);
      }
    }
    throw unknown(named, settings, switched);
  }

  private record Named(String name, String chosenBy) {}

  /** Who names the active stack, most specific first. */
  private @Nullable Named named(@Nullable Source settings, @Nullable Source switched) {
    var defined = settings == null ? Map.of() : settings.stacks();
    var variable = environment.getOrDefault(STACK_VARIABLE, "");
    if (!variable.isEmpty() && !defined.isEmpty()) {
      return new Named(variable, "environment variable " + STACK_VARIABLE);
    }
    if (switched != null) {
      var name = text(switched, switched.content(), "active_stack");
      if (name != null) {
        return new Named(name, "active_stack in " + switched.file());
      }
    }
    if (settings == null) {
      return null;
    }
    for (var key : List.of("default_stack", "active_stack")) {
      var name = text(settings, settings.content(), key);
      if (name != null) {
        return new Named(name, key + " in " + settings.file());
      }
    }
    var first = defined.keySet().stream().findFirst();
    return first.isEmpty()
        ? null
        : new Named(String.valueOf(first.get()), "first of stacks in " + settings.file());
  }

  private ActiveStack stack(Source source, Named named) {
    var what = "stack " + named.name();
    var stack = mapOf(what, source.stacks().get(named.name()), source.file());
    return new ActiveStack(
        named.name(),
        named.chosenBy(),
        text(source, stack, "catalog_endpoint"),
        text(source, stack, "catalog_api_key"));
  }

  private CatalogException unknown(
      Named named, @Nullable Source settings, @Nullable Source switched) {
    var known = new LinkedHashSet<String>();
    for (var source : new @Nullable Source[] {settings, switched}) {
      if (source != null) {
        source.stacks().keySet().forEach(name -> known.add(String.valueOf(name)));
      }
    }
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "stack %s (%s) is not defined; %s; switch to one of them, or define it in %s"
            .formatted(
                named.name(),
                named.chosenBy(),
                known.isEmpty() ? "there are no stacks" : "known are " + String.join(", ", known),
                settings == null ? directory.resolve(SETTINGS.getFirst()) : settings.file()),
        Map.of("stack", named.name(), "known", List.copyOf(known)),
        null);
  }

  private @Nullable Source settings() {
    for (var candidate : SETTINGS) {
      var file = directory.resolve(candidate);
      if (Files.exists(file)) {
        return new Source(file, mapOf("it", yaml(file), file));
      }
    }
    return null;
  }

  private @Nullable Source switched() {
    var file = directory.resolve(SWITCHED);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return new Source(file, Json.parseObject(read(file), "it"));
    } catch (CatalogException e) {
      throw broken(file, e.getMessage());
    }
  }

  private static @Nullable Object yaml(Path file) {
    try {
      return Yaml.parse(read(file), true);
    } catch (Yaml.Malformed e) {
      throw broken(file, e.getMessage());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw broken(file, "it is not UTF-8");
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          file
              + " cannot be read, so the catalog's place is not known; make it readable or move it"
              + " away",
          e);
    }
  }

  private static Map<?, ?> mapOf(String what, @Nullable Object value, Path file) {
    return switch (value) {
      case null -> Map.of();
      case Map<?, ?> map -> map;
      default -> throw broken(file, what + " is not a map of names to values");
    };
  }

  /**
   * A text with its variables replaced; {@code null} where it is absent or empty, as for FlowyML.
   */
  private @Nullable String text(Source source, Map<?, ?> map, String key) {
    var value = setting(map, key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw broken(source.file(), key + " is not a text");
    }
    var replaced =
        VARIABLE
            .matcher(text)
            .replaceAll(
                match -> {
                  var name = match.group(1) != null ? match.group(1) : match.group(2);
                  var found = environment.get(name);
                  if (found == null) {
                    throw unset(source.file(), key, name);
                  }
                  return Matcher.quoteReplacement(found);
                });
    return replaced.isEmpty() ? null : replaced;
  }

  private static @Nullable Object setting(Map<?, ?> map, String key) {
    var value = map.get(key);
    if (value != null || map.containsKey(key)) {
      return value;
    }
    var bases = map.get(MERGE_KEY);
    for (var base : bases instanceof List<?> list ? list : Collections.singletonList(bases)) {
      var inherited = base instanceof Map<?, ?> merged ? setting(merged, key) : null;
      if (inherited != null) {
        return inherited;
      }
    }
    return null;
  }

  private static CatalogException unset(Path file, String key, String variable) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "environment variable %s, which %s in %s needs, is not set; set it, or change the file"
            .formatted(variable, key, file),
        Map.of("variable", variable, "file", file.toString()),
        null);
  }

  /** Without the parser's exception, whose message quotes lines that may hold a key. */
  private static CatalogException broken(Path file, @Nullable String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "%s is broken: %s; repair it or move it away".formatted(file, why),
        Map.of("file", file.toString()),
        null);
  }
}
