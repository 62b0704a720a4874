package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.server.Access;
import io.flowyml.catalog.server.CatalogServer;
import io.flowyml.catalog.server.ServerSettings;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.spi.KeyRing;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

final class ServeCommand extends Subcommand {
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  /** Threads of the system for each processor, over which Java spreads those of the requests. */
  private static final int CARRIERS_EACH = 2;

  private final Value<@Nullable String> host =
      option("--host", "ADDRESS", "Where to listen; without it 127.0.0.1, this machine alone.");
  private final Value<@Nullable Integer> port =
      number(
          "--port",
          "PORT",
          "The port; without it " + ServerSettings.DEFAULT_PORT + ", 0 for any that is free.");
  private final Value<Boolean> withoutKeys =
      flag("--without-keys", "Let everybody who reaches the address read and write.");

  private final Value<@Nullable String> database =
      option(
          "--database",
          "URL",
          "Serve a PostgreSQL database instead: postgresql://user:password@host/name.");

  private final Value<@Nullable String> certificate =
      option("--tls-certificate", "FILE", "PEM: the server's certificate and those behind it.");
  private final Value<@Nullable String> key =
      option("--tls-key", "FILE", "PEM: its private key. Both files may be replaced at any time.");

  private final Value<@Nullable String> config =
      option("--config", "FILE", "Settings in YAML; options and environment count more.");

  ServeCommand(RootCommand root) {
    super(root, "serve", "Serve a catalog over HTTP, for Java, FlowyML's Python client and curl.");
    description(
        "Serves the file that --catalog names, else .flowyml/catalog.db, until it is stopped.",
        "Every setting can stand in the file, and in the environment: limits.idle is",
        "FLOWYML_CATALOG_SERVE_LIMITS_IDLE. docs/operations.md lists them.");
    examples(
        "  flowyml-catalog serve",
        "  flowyml-catalog serve --host 0.0.0.0 --port 80 --without-keys",
        "  flowyml-catalog serve --database postgresql://catalog@db.example.com/catalog",
        "  flowyml-catalog serve --config catalog.yaml");
  }

  @Override
  void run() {
    shareProcessors();
    var configuration = configuration();
    var settings = configuration.server();
    try (var backend = ServedCatalog.open(root(), configuration)) {
      if (!configuration.withoutKeys()) {
        refuseOpenNetwork(settings, backend.keys());
      }
      try (var server =
          CatalogServer.start(settings, backend, Access.of(settings, backend.keys()))) {
        announce(server);
        waitForTheEnd(server, backend);
      }
    }
  }

  /**
   * A search keeps a thread of the system until SQLite has answered. With one for each processor,
   * searches of some connections then keep those of others waiting for a hundred times as long; the
   * system shares its processors fairly. Java looks at this before its first virtual thread.
   */
  private static void shareProcessors() {
    if (System.getProperty(CARRIERS) == null) {
      int carriers = CARRIERS_EACH * Runtime.getRuntime().availableProcessors();
      System.setProperty(CARRIERS, String.valueOf(carriers));
    }
  }

  private Configuration configuration() {
    var options = new EnumMap<Setting, String>(Setting.class);
    put(options, Setting.HOST, host.get());
    put(options, Setting.PORT, port.get());
    put(options, Setting.WITHOUT_KEYS, withoutKeys.get() ? true : null);
    put(options, Setting.DATABASE_URL, database.get());
    put(options, Setting.TLS_CERTIFICATE, certificate.get());
    put(options, Setting.TLS_KEY, key.get());
    put(options, Setting.CATALOG, root().namedCatalog());
    return Configuration.read(config.get(), options, root().terminal().environment());
  }

  private static void put(Map<Setting, String> options, Setting setting, @Nullable Object given) {
    if (given != null) {
      options.put(setting, given.toString());
    }
  }

  private static void refuseOpenNetwork(ServerSettings settings, KeyRing keys) {
    if (settings.isLoopback() || keys.isUsed()) {
      return;
    }
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "%s can be reached from other machines, and there are no keys: make one first with flowyml-catalog keys create, or say --without-keys to let everybody in"
            .formatted(settings.host()));
  }

  private void announce(CatalogServer server) {
    var endpoint = server.uri() + "/api/v1/catalog";
    switch (answers().format()) {
      case TABLE -> {
        out().line("serving at " + server.uri() + ", documentation at " + server.uri() + "/docs");
        out().line("for clients:");
        out().line("  export FLOWYML_CATALOG_ENDPOINT=" + endpoint);
        out().line("  export FLOWYML_CATALOG_API_KEY=");
      }
      case JSON -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("url", server.uri().toString());
        map.put("endpoint", endpoint);
        answers().json(map);
      }
      case IDS, CSV -> throw answers().unfit("serve");
    }
    out().flush();
  }

  /** A signal ends the process by way of the hook, which lets requests under way finish. */
  private static void waitForTheEnd(CatalogServer server, CatalogBackend backend) {
    var hook =
        new Thread(
            () -> {
              server.close();
              backend.close();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
