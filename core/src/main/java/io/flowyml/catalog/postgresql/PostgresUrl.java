package io.flowyml.catalog.postgresql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, as PostgreSQL's own tools write it, taken apart for the driver.
 *
 * @param hosts {@code localhost:5432}, or several with commas between
 * @param patience how long a call waits for a connection, and for another writer of its project
 * @param parameters the driver's
 */
record PostgresUrl(
    String hosts,
    String databaseName,
    @Nullable String user,
    @Nullable String password,
    int connections,
    Duration patience,
    Map<String, String> parameters) {
  private static final int DEFAULT_CONNECTIONS = 12;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int DEFAULT_PATIENCE = 10;
  private static final int MOST_PATIENCE = 600;

  /**
   * A server that has just been started is slow to let anyone in, however impatient callers are.
   */
  private static final int LEAST_LOGIN = 10;

  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<login>[^@/?]*)@)?(?<hosts>[^/?#@]*)(?:/(?<database>[^/?#]*))?"
              + "(?:\\?(?<parameters>[^#]*))?");

  /** What PostgreSQL's own tools call it, and what the driver does. */
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "target_session_attrs", "targetServerType");

  /**
   * The driver's parameters that make sense here; those that change what statements mean do not.
   */
  private static final List<String> PARAMETERS =
      List.of(
          "ApplicationName",
          "connectTimeout",
          "currentSchema",
          "gssEncMode",
          "hostRecheckSeconds",
          "loadBalanceHosts",
          "loginTimeout",
          "options",
          "passfile",
          "prepareThreshold",
          "preparedStatementCacheQueries",
          "socketTimeout",
          "sslcert",
          "sslfactory",
          "sslkey",
          "sslmode",
          "sslnegotiation",
          "sslpassword",
          "sslrootcert",
          "targetServerType",
          "tcpKeepAlive");

  static PostgresUrl parse(String url) {
    var matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw refused("it is written postgresql://user:password@host:5432/database");
    }
    var login = matcher.group("login");
    var parameters = new TreeMap<String, String>();
    int connections = DEFAULT_CONNECTIONS;
    int patience = DEFAULT_PATIENCE;
    var given = matcher.group("parameters");
    for (var parameter : given == null ? new String[0] : given.split("&", -1)) {
      int equals = parameter.indexOf('=');
      var key = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
      var value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      switch (key) {
        case "connections" -> connections = number(key, value, 2, MOST_CONNECTIONS);
        case "patience" -> patience = number(key, value, 1, MOST_PATIENCE);
        default -> parameters.put(known(key), value);
      }
    }
    var user = login == null ? null : decoded(login.replaceFirst(":.*", ""));
    var password =
        login == null || login.indexOf(':') < 0
            ? null
            : decoded(login.substring(login.indexOf(':') + 1));
    var hosts = matcher.group("hosts").isEmpty() ? "localhost" : matcher.group("hosts");
    var database = matcher.group("database");
    if (database == null || database.isEmpty()) {
      throw refused("it names no database; write postgresql://%s/database".formatted(hosts));
    }
    return new PostgresUrl(
        hosts,
        decoded(database),
        user,
        password,
        connections,
        Duration.ofSeconds(patience),
        parameters);
  }

  private static String known(String key) {
    var name = DRIVER_NAMES.getOrDefault(key, key);
    if (!PARAMETERS.contains(name)) {
      var all = new ArrayList<>(PARAMETERS);
      all.addAll(List.of("connections", "patience"));
      throw refused("it has an unknown parameter %s; known are %s".formatted(key, all));
    }
    return name;
  }

  private static int number(String key, String value, int least, int most) {
    if (value.matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw refused("%s=%s is no number from %d to %d".formatted(key, value, least, most));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("a percent sign in it is not followed by two hexadecimal digits; write %25");
    }
  }

  /** Without the URL itself, which may hold a password. */
  private static CatalogException refused(String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT, "the PostgreSQL URL cannot be used: " + why);
  }

  String jdbcUrl() {
    return "jdbc:postgresql://%s/%s".formatted(hosts, encoded(databaseName));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Properties properties() {
    var properties = new Properties();
    properties.setProperty("ApplicationName", "flowyml-catalog");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty(
        "loginTimeout", Long.toString(Math.max(LEAST_LOGIN, patience.toSeconds())));
    properties.setProperty("socketTimeout", Long.toString(90 + patience.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("preparedStatementCacheQueries", "512");
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    parameters.forEach(
        (key, value) ->
            properties.setProperty(
                key, key.equals("targetServerType") ? targetServerType(value) : value));
    return properties;
  }

  /** {@code target_session_attrs} has other words for the same. */
  private static String targetServerType(String value) {
    return switch (value) {
      case "read-write", "primary" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> value;
    };
  }

  PostgresUrl withPassword(@Nullable String other) {
    return new PostgresUrl(
        hosts,
        databaseName,
        user,
        other == null ? password : other,
        connections,
        patience,
        parameters);
  }

  /** The URL without a password. */
  String shown() {
    return "postgresql://%s%s/%s"
        .formatted(user == null ? "" : encoded(user) + "@", hosts, encoded(databaseName));
  }

  String description() {
    return "PostgreSQL database " + shown();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return shown();
  }
}
