package io.flowyml.catalog;

import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.remote.KeyFile;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which catalog a process uses, and why: what the caller says, else the active stack's {@code
 * catalog_endpoint}, else {@code FLOWYML_CATALOG_ENDPOINT}, else the file {@code
 * .flowyml/catalog.db}. Choosing opens nothing.
 *
 * @param kind what is behind the catalog
 * @param location path of the file, or URL without a slash at its end and without a password
 * @param apiKey the key for the endpoint, or the database's password; it is in no message and no
 *     log
 * @param keyRule where the key is from, for people; {@code null} where there is none
 * @param rule what decided, for people
 * @since 0.1
 */
public record BackendChoice(
    Kind kind, String location, @Nullable String apiKey, @Nullable String keyRule, String rule) {
  private static final System.Logger LOG = System.getLogger(BackendChoice.class.getName());
  private static final String ENDPOINT_VARIABLE = "FLOWYML_CATALOG_ENDPOINT";
  private static final String KEY_VARIABLE = "FLOWYML_CATALOG_API_KEY";

  /** Where a catalog is without any choice, below the working directory. */
  public static final Path DEFAULT_FILE = Path.of(".flowyml", "catalog.db");

  /** A database's URL, taken apart so that its password does not show. */
  private static final Pattern DATABASE_URL =
      Pattern.compile(
          "(?i)(?<scheme>postgres(?:ql)?://)(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?(?<rest>.*)");

  /** What is behind a catalog. */
  public enum Kind {
    /** A SQLite file of this machine. */
    FILE,
    /** A server. */
    ENDPOINT,
    /** A PostgreSQL database. */
    DATABASE
  }

  /**
   * The choice for this process: its working directory and its environment.
   *
   * @return the choice; nothing is opened or asked yet
   */
  public static BackendChoice forWorkingDirectory() {
    return in(Path.of(""), System.getenv());
  }

  /**
   * The choice for a directory and an environment.
   *
   * <p>Fails with {@code invalid_argument} where a file of FlowyML's is broken, where a variable
   * that it needs is not set, and where the active stack is not defined.
   *
   * @param directory where FlowyML's files are looked for
   * @param environment variables by name
   * @return the choice; nothing is opened or asked yet
   */
  public static BackendChoice in(Path directory, Map<String, String> environment) {
    var absolute = directory.toAbsolutePath().normalize();
    var stack = new StackFiles(absolute, environment).activeStack();
    if (stack != null && stack.endpoint() != null) {
      var rule = "catalog_endpoint of stack %s (%s)".formatted(stack.name(), stack.chosenBy());
      return endpoint(stack.endpoint(), stack.apiKey(), "the same stack", rule, environment);
    }
    var variable = environment.getOrDefault(ENDPOINT_VARIABLE, "");
    if (!variable.isEmpty()) {
      return endpoint(variable, "environment variable " + ENDPOINT_VARIABLE, environment);
    }
    var rule =
        stack == null
            ? "neither an active stack nor %s names an endpoint".formatted(ENDPOINT_VARIABLE)
            : "neither the active stack %s (%s) nor %s names an endpoint"
                .formatted(stack.name(), stack.chosenBy(), ENDPOINT_VARIABLE);
    return new BackendChoice(
        Kind.FILE, absolute.resolve(DEFAULT_FILE).toString(), null, null, rule);
  }

  /**
   * What a caller names: an {@code http} or {@code https} URL, a {@code postgresql} one, or a file
   * in the directory.
   *
   * @param fileOrUrl what the caller named
   * @param directory that a file is seen from
   * @param environment may hold {@code FLOWYML_CATALOG_API_KEY} for a URL, and says where {@link
   *     io.flowyml.catalog.remote.KeyFile} is, which is asked next
   * @return the choice; nothing is opened or asked yet
   */
  public static BackendChoice explicit(
      String fileOrUrl, Path directory, Map<String, String> environment) {
    var scheme = fileOrUrl.toLowerCase(Locale.ROOT);
    if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
      return endpoint(fileOrUrl, "given by the caller", environment);
    }
    var url = DATABASE_URL.matcher(fileOrUrl);
    if (url.matches()) {
      return database(url);
    }
    var file = directory.toAbsolutePath().resolve(fileOrUrl).normalize();
    return new BackendChoice(Kind.FILE, file.toString(), null, null, "given by the caller");
  }

  private static BackendChoice database(Matcher url) {
    var user = url.group("user") == null ? "" : url.group("user") + "@";
    var password = url.group("password");
    try {
      return new BackendChoice(
          Kind.DATABASE,
          url.group("scheme") + user + url.group("rest"),
          password == null
              ? null
              : URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8),
          password == null ? null : "the URL",
          "given by the caller");
    } catch (IllegalArgumentException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "the password of %s%s holds a percent sign without two hexadecimal digits; write %%25"
              .formatted(user, url.group("rest")),
          e);
    }
  }

  private static BackendChoice endpoint(String url, String rule, Map<String, String> environment) {
    var key = environment.getOrDefault(KEY_VARIABLE, "");
    return endpoint(
        url, key.isEmpty() ? null : key, "environment variable " + KEY_VARIABLE, rule, environment);
  }

  /** With the key that stands beside the endpoint, else the one that was kept for it. */
  private static BackendChoice endpoint(
      String url,
      @Nullable String apiKey,
      String keyRule,
      String rule,
      Map<String, String> environment) {
    var location = checked(url, rule);
    if (apiKey != null) {
      return new BackendChoice(Kind.ENDPOINT, location, apiKey, keyRule, rule);
    }
    var file = KeyFile.of(environment);
    var kept = file == null ? null : file.find(location);
    var keptIn = file == null || kept == null ? null : "key file " + file.path();
    return new BackendChoice(Kind.ENDPOINT, location, kept, keptIn, rule);
  }

  private static String checked(String url, String rule) {
    try {
      var uri = new URI(url);
      var scheme = uri.getScheme();
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
        return url.replaceAll("/+$", "");
      }
    } catch (URISyntaxException e) {
      throw notAnEndpoint(rule);
    }
    throw notAnEndpoint(rule);
  }

  /** Without the text itself, which may hold a password. */
  private static CatalogException notAnEndpoint(String rule) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "catalog endpoint (%s) is no http or https URL without user and password; write it like %s"
            .formatted(rule, "https://flowyml.example.com/api/v1/catalog"));
  }

  /**
   * Opens it.
   *
   * @return a backend that the caller closes; one for an endpoint asks nobody before its first call
   */
  public CatalogBackend open() {
    LOG.log(System.Logger.Level.DEBUG, "using {0}", this);
    return switch (kind) {
      case FILE -> LocalCatalogBackend.open(Path.of(location));
      case DATABASE -> PostgresCatalogBackend.open(location, apiKey);
      case ENDPOINT -> new RemoteCatalogBackend(URI.create(location), apiKey);
    };
  }

  /** What and why, without the key. */
  @Override
  public String toString() {
    return switch (kind) {
      case FILE -> "SQLite file " + location + " (" + rule + ")";
      case ENDPOINT -> "endpoint " + location + " (" + rule + ")";
      case DATABASE -> "PostgreSQL database " + location + " (" + rule + ")";
    };
  }
}
