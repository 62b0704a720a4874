package io.flowyml.catalog.cli;

import io.flowyml.catalog.internal.text.Suggestions;
import io.flowyml.catalog.internal.text.Yaml;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings from one place after another, later ones counting more, and what is wrong with
 * them. No problem names a value that may be a secret.
 */
final class ConfigurationReader {
  /** Names the file where no option does. */
  static final String FILE = Setting.VARIABLES + "CONFIG";

  /** A value and the place it is from, for problems. */
  private record Given(Object value, String place) {}

  private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
  private final List<String> problems = new ArrayList<>();

  /** Paths in the file are seen from where it lies. */
  void file(String name) {
    var file = Path.of(name).toAbsolutePath();
    var text = textOf(file, "configuration file " + name);
    if (text == null) {
      return;
    }
    try {
      var found = new EnumMap<Setting, Given>(Setting.class);
      switch (Yaml.parse(text, false)) {
        case null -> {}
        case Map<?, ?> map -> map(map, "", name, found);
        default -> problems.add(name + " is no map of settings; write lines like port: 8484");
      }
      found.replaceAll(
          (setting, one) ->
              setting.type() == SettingType.FILE
                  ? new Given(file.resolveSibling((String) one.value()).toString(), one.place())
                  : one);
      take(found);
    } catch (Yaml.Malformed e) {
      problems.add(name + " is broken: " + e.getMessage());
    }
  }

  private void map(Map<?, ?> map, String prefix, String name, Map<Setting, Given> found) {
    for (var entry : map.entrySet()) {
      var key = prefix + entry.getKey();
      var place = name + ": " + key;
      var setting = Setting.ofKey(key);
      var inner = Setting.keysIn(key);
      if (setting == null && inner.isEmpty()) {
        problems.add("%s is unknown; %s".formatted(place, Suggestions.of(key, Setting.keys())));
      } else if (setting == null) {
        if (entry.getValue() instanceof Map<?, ?> below) {
          map(below, key + ".", name, found);
        } else {
          problems.add("%s holds %s below it".formatted(place, String.join(", ", inner)));
        }
      } else {
        var scalar = entry.getValue();
        add(setting, scalar == null ? null : setting.type().ofScalar(scalar), place, found);
      }
    }
  }

  private void add(
      Setting setting, @Nullable Object value, String place, Map<Setting, Given> found) {
    if (value == null || value.equals("")) {
      problems.add("%s must be %s".formatted(place, setting.type().description()));
    } else {
      found.put(setting, new Given(value, place));
    }
  }

  /** A variable that is empty counts as absent, as it does for endpoint and key. */
  void environment(Map<String, String> environment) {
    var found = new EnumMap<Setting, Given>(Setting.class);
    for (var variable : new TreeMap<>(environment).entrySet()) {
      var name = variable.getKey();
      if (!name.startsWith(Setting.VARIABLES) || name.equals(FILE)) {
        continue;
      }
      var setting = Setting.ofVariable(name);
      if (setting == null) {
        problems.add(
            "environment variable %s is unknown; %s"
                .formatted(name, Suggestions.of(name, Setting.variables())));
      } else if (!variable.getValue().isEmpty()) {
        add(setting, setting.type().of(variable.getValue()), "environment variable " + name, found);
      }
    }
    take(found);
  }

  void options(Map<Setting, String> options) {
    var found = new EnumMap<Setting, Given>(Setting.class);
    options.forEach(
        (setting, text) -> add(setting, setting.type().of(text), setting.option(), found));
    take(found);
  }

  /** What one place says counts more than what those before it said. */
  private void take(Map<Setting, Given> found) {
    for (var one : found.entrySet()) {
      var alternative = one.getKey().alternative();
      if (alternative != null) {
        var other = found.get(alternative);
        if (other != null && one.getKey().compareTo(alternative) < 0) {
          problems.add(
              "%s and %s say the same; leave one out"
                  .formatted(one.getValue().place(), other.place()));
        }
        given.remove(alternative);
      }
    }
    given.putAll(found);
  }

  /** What was set, secrets in place of the files that hold them. */
  Map<Setting, Object> values() {
    secret(Setting.DATABASE_URL_FILE, Setting.DATABASE_URL);
    secret(Setting.DATABASE_PASSWORD_FILE, Setting.DATABASE_PASSWORD);
    var catalog = given.get(Setting.CATALOG);
    var url = given.get(Setting.DATABASE_URL);
    var password = given.get(Setting.DATABASE_PASSWORD);
    if (catalog != null && url != null) {
      problems.add(
          "%s and %s name two catalogs; leave one out".formatted(catalog.place(), url.place()));
    }
    if (password != null && url == null && problems.isEmpty()) {
      problems.add(password.place() + " is set without database.url; name the database");
    }
    together(Setting.TLS_CERTIFICATE, Setting.TLS_KEY);
    together(Setting.TLS_KEY, Setting.TLS_CERTIFICATE);
    var values = new EnumMap<Setting, Object>(Setting.class);
    given.forEach((setting, one) -> values.put(setting, one.value()));
    return values;
  }

  private void together(Setting one, Setting other) {
    var present = given.get(one);
    if (present != null && !given.containsKey(other)) {
      problems.add("%s is set without %s; set both".formatted(present.place(), other.key()));
    }
  }

  /** Replaces the path of a file by what it holds, without the end of its line. */
  private void secret(Setting file, Setting itself) {
    var path = given.remove(file);
    if (path == null) {
      return;
    }
    var text = textOf(Path.of((String) path.value()), path.place());
    if (text == null) {
      return;
    }
    var secret = text.replaceFirst("\\R\\z", "");
    if (secret.isBlank() || secret.lines().count() > 1) {
      problems.add("%s names a file that does not hold one line".formatted(path.place()));
    } else {
      given.put(itself, new Given(secret, path.place()));
    }
  }

  /** What a file holds; where it cannot be read that is a problem, and {@code null}. */
  private @Nullable String textOf(Path file, String place) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      problems.add("%s: there is no file %s".formatted(place, file));
    } catch (CharacterCodingException e) {
      problems.add("%s: %s is not UTF-8".formatted(place, file));
    } catch (IOException e) {
      problems.add("%s: %s cannot be read: %s".formatted(place, file, Reading.reason(e)));
    }
    return null;
  }

  /** Everything that is wrong. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
