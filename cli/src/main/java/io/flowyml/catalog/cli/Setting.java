package io.flowyml.catalog.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sets, under one name everywhere: {@code limits.idle}, the key {@code idle} of
 * the map {@code limits} in a file, is {@code FLOWYML_CATALOG_SERVE_LIMITS_IDLE} in the
 * environment.
 */
enum Setting {
  HOST("host", SettingType.TEXT),
  PORT("port", SettingType.PORT),
  WITHOUT_KEYS("without_keys", SettingType.FLAG),
  CATALOG("catalog", SettingType.FILE),
  DATABASE_URL("database.url", SettingType.TEXT),
  DATABASE_URL_FILE("database.url_file", SettingType.FILE),
  DATABASE_PASSWORD("database.password", SettingType.TEXT),
  DATABASE_PASSWORD_FILE("database.password_file", SettingType.FILE),
  TLS_CERTIFICATE("tls.certificate", SettingType.FILE),
  TLS_KEY("tls.key", SettingType.FILE),
  REQUESTS_PER_SECOND("limits.requests_per_second", SettingType.COUNT),
  CONCURRENT_REQUESTS("limits.concurrent_requests", SettingType.COUNT),
  CONNECTIONS("limits.connections", SettingType.COUNT),
  IDLE("limits.idle", SettingType.TIME),
  HEAD("limits.head", SettingType.TIME),
  BODY("limits.body", SettingType.TIME),
  NOTICE("stop.notice", SettingType.TIME),
  PATIENCE("stop.patience", SettingType.TIME);

  static final String VARIABLES = "FLOWYML_CATALOG_SERVE_";

  private final String key;
  private final SettingType type;

  Setting(String key, SettingType type) {
    this.key = key;
    this.type = type;
  }

  String key() {
    return key;
  }

  SettingType type() {
    return type;
  }

  String variable() {
    return VARIABLES + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** As it stands on the command line, if it can be set there. */
  String option() {
    return this == DATABASE_URL ? "--database" : "--" + key.replace('.', '-').replace('_', '-');
  }

  /** The one that says the same in another way: a secret itself, or the file that holds it. */
  @Nullable Setting alternative() {
    return switch (this) {
      case DATABASE_URL -> DATABASE_URL_FILE;
      case DATABASE_URL_FILE -> DATABASE_URL;
      case DATABASE_PASSWORD -> DATABASE_PASSWORD_FILE;
      case DATABASE_PASSWORD_FILE -> DATABASE_PASSWORD;
      default -> null;
    };
  }

  static @Nullable Setting ofKey(String key) {
    return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst().orElse(null);
  }

  static @Nullable Setting ofVariable(String name) {
    return Arrays.stream(values())
        .filter(one -> one.variable().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The keys of a map in the file; empty where there is no such map. */
  static List<String> keysIn(String map) {
    return Arrays.stream(values())
        .map(Setting::key)
        .filter(key -> key.startsWith(map + "."))
        .map(key -> key.substring(map.length() + 1))
        .toList();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }

  static List<String> variables() {
    return Arrays.stream(values()).map(Setting::variable).toList();
  }
}
