package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.server.ServerLimits;
import io.flowyml.catalog.server.ServerSettings;
import io.flowyml.catalog.server.ServerStop;
import io.flowyml.catalog.server.ServerTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator set for a server, from the places where it can be set. The command line counts
 * most, then the environment, then the file:
 *
 * <pre>
 * --port 8080    FLOWYML_CATALOG_SERVE_PORT=8080    port: 8080
 * </pre>
 */
final class Configuration {
  private final Map<Setting, Object> values;

  private Configuration(Map<Setting, Object> values) {
    this.values = values;
  }

  /**
   * Reads all places and fails with {@code invalid_argument} and everything that is wrong in any.
   *
   * @param file a YAML file; {@code null} for the one that the environment names, if it does
   * @param options what stands on the command line
   */
  static Configuration read(
      @Nullable String file, Map<Setting, String> options, Map<String, String> environment) {
    var reading = new ConfigurationReader();
    var named = file == null ? environment.getOrDefault(ConfigurationReader.FILE, "") : file;
    if (!named.isEmpty()) {
      reading.file(named);
    }
    reading.environment(environment);
    reading.options(options);
    var values = reading.values();
    refuse(reading.problems());
    return new Configuration(values);
  }

  private static void refuse(List<String> problems) {
    if (problems.isEmpty()) {
      return;
    }
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        problems.size() == 1
            ? problems.getFirst()
            : "the configuration has %d problems:\n  %s"
                .formatted(problems.size(), String.join("\n  ", problems)),
        Map.of("problems", problems),
        null);
  }

  ServerSettings server() {
    var absent = ServerLimits.DEFAULT;
    var limits =
        new ServerLimits(
            number(Setting.REQUESTS_PER_SECOND, absent.requestsPerSecond()),
            number(Setting.CONCURRENT_REQUESTS, absent.concurrentRequests()),
            number(Setting.CONNECTIONS, absent.connections()),
            time(Setting.IDLE, absent.idle()),
            time(Setting.HEAD, absent.head()),
            time(Setting.BODY, absent.body()));
    var stop =
        new ServerStop(
            time(Setting.NOTICE, ServerStop.DEFAULT.notice()),
            time(Setting.PATIENCE, ServerStop.DEFAULT.patience()));
    var host = text(Setting.HOST);
    return new ServerSettings(
        host == null ? ServerSettings.LOOPBACK : host,
        number(Setting.PORT, ServerSettings.DEFAULT_PORT),
        limits,
        tls(),
        stop);
  }

  private @Nullable ServerTls tls() {
    var certificate = text(Setting.TLS_CERTIFICATE);
    var key = text(Setting.TLS_KEY);
    return certificate == null || key == null
        ? null
        : new ServerTls(Path.of(certificate), Path.of(key));
  }

  /** Whether an address that others reach may be served while there are no keys. */
  boolean withoutKeys() {
    return values.get(Setting.WITHOUT_KEYS) instanceof Boolean flag && flag;
  }

  /** The SQLite file; {@code null} for the default one, or where a database is served. */
  @Nullable String catalog() {
    return text(Setting.CATALOG);
  }

  /** The PostgreSQL database; {@code null} where a file is served. */
  @Nullable String databaseUrl() {
    return text(Setting.DATABASE_URL);
  }

  /** The database's password, if it does not stand in the URL. */
  @Nullable String databasePassword() {
    return text(Setting.DATABASE_PASSWORD);
  }

  private @Nullable String text(Setting setting) {
    return (String) values.get(setting);
  }

  private int number(Setting setting, int absent) {
    return (Integer) values.getOrDefault(setting, absent);
  }

  private Duration time(Setting setting, Duration absent) {
    return (Duration) values.getOrDefault(setting, absent);
  }
}
