package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.KeyJson;
import io.flowyml.catalog.server.KeyDesk;
import io.flowyml.catalog.spi.ApiKey;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class KeysCommand extends Subcommand {
  private final Value<String> action = argument("create|list|revoke", "What to do.");
  private final Value<@Nullable String> name =
      optionalArgument("NAME", "Who holds the key; revoke takes its id too.");
  private final Value<ApiKey.@Nullable Role> role =
      choice("--role", "reader|writer|admin", ApiKey.Role.class, "What a new key allows.");
  private final Value<List<String>> projects =
      options("--for", "PROJECT", "A project that a new key is for; without any it is for all.");
  private final Value<@Nullable String> expires =
      option("--expires", "T", "When a new key ends: in 12h, 90d, 4w, or at a day or time.");
  private final Value<@Nullable String> database =
      option("--database", "URL", "The server's database: postgresql://user:password@host/name.");
  private final Value<@Nullable String> config =
      option("--config", "FILE", "The server's settings, which name its catalog.");

  KeysCommand(RootCommand root) {
    super(root, "keys", "Make, list and revoke the keys of a server's clients.");
    description(
        "Works on the catalog that the server serves: --catalog FILE, --database, or that of"
            + " --config,",
        "else .flowyml/catalog.db.",
        "With the first key there is no way in without one. A revoked key is out at once.");
    examples(
        "  flowyml-catalog keys create ci --role writer --for fraud --expires 90d",
        "  flowyml-catalog keys list",
        "  flowyml-catalog keys revoke ci");
  }

  @Override
  void run() {
    try (var backend = ServedCatalog.open(root(), configuration())) {
      var desk = new KeyDesk(backend);
      switch (action.get()) {
        case "create" -> create(desk);
        case "list" -> list(desk.list());
        case "revoke" -> {
          var key = desk.revoke(desk.find(needed("whose key to revoke")).id());
          messages().note("the key %s is out".formatted(key.name()));
          show(key, KeyJson.toMap(key));
        }
        default ->
            throw new CatalogException(
                ErrorCode.INVALID_ARGUMENT,
                "keys cannot %s; use create, list or revoke".formatted(action.get()));
      }
    }
  }

  /** What the server has, so that the keys are made where it looks for them. */
  private Configuration configuration() {
    var options = new EnumMap<Setting, String>(Setting.class);
    if (database.get() != null) {
      options.put(Setting.DATABASE_URL, database.get());
    }
    if (root().namedCatalog() != null) {
      options.put(Setting.CATALOG, root().namedCatalog());
    }
    return Configuration.read(config.get(), options, root().terminal().environment());
  }

  private void create(KeyDesk desk) {
    if (role.get() == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "--role is missing: say reader, writer or admin");
    }
    var issued =
        desk.issue(
            needed("who holds the key"),
            role.get(),
            projects.get(),
            expires.get() == null ? null : Ahead.parse(expires.get(), Instant.now()),
            root().actor());
    messages().note("the key is shown this once; whoever has it is " + issued.key().name());
    var map = new LinkedHashMap<String, @Nullable Object>(KeyJson.toMap(issued.key()));
    map.put("key", issued.text());
    show(issued.key(), map);
  }

  private String needed(String what) {
    var given = name.get();
    if (given == null) {
      throw new CatalogException(ErrorCode.INVALID_ARGUMENT, "NAME is missing: say " + what);
    }
    return given;
  }

  private void show(ApiKey key, Map<String, @Nullable Object> map) {
    switch (answers().format()) {
      case TABLE ->
          answers()
              .fields(
                  map.entrySet().stream()
                      .map(field -> Map.entry(field.getKey(), text(field.getValue())))
                      .toList());
      case JSON -> answers().json(map);
      case IDS -> answers().line(key.id());
      case CSV -> throw answers().unfit("keys");
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.isEmpty() ? "all" : String.join(", ", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  private void list(List<ApiKey> keys) {
    switch (answers().format()) {
      case TABLE -> {
        if (keys.isEmpty()) {
          messages().note("there are no keys: a server on this machine lets everybody on it in");
        } else {
          answers().table(table(keys));
        }
      }
      case JSON -> answers().json(Map.of("items", keys.stream().map(KeyJson::toMap).toList()));
      case IDS -> keys.forEach(key -> answers().line(key.id()));
      case CSV -> throw answers().unfit("keys");
    }
  }

  private Table table(List<ApiKey> keys) {
    var table =
        new Table(
            new Table.Column("ID", Table.Fit.WHOLE),
            new Table.Column("NAME", Table.Fit.SHRINKS),
            new Table.Column("ROLE", Table.Fit.WHOLE),
            new Table.Column("FOR", Table.Fit.SHRINKS),
            new Table.Column("LAST USED", Table.Fit.OPTIONAL),
            new Table.Column("STATE", Table.Fit.WHOLE));
    var now = Instant.now();
    boolean relative = root().terminal().outIsTerminal();
    for (var key : keys) {
      table.row(
          key.id(),
          key.name(),
          key.role().name().toLowerCase(Locale.ROOT),
          text(key.projects()),
          key.lastUsedAt() == null ? "never" : ArtifactRows.time(key.lastUsedAt(), relative, now),
          state(key, now));
    }
    return table;
  }

  private static String state(ApiKey key, Instant now) {
    if (key.revokedAt() != null) {
      return "revoked";
    }
    return key.expiresAt() == null
        ? "good"
        : key.expiresAt().isAfter(now) ? "until " + key.expiresAt() : "expired";
  }
}
