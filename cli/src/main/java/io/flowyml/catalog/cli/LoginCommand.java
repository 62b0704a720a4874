package io.flowyml.catalog.cli;

import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.KeyJson;
import io.flowyml.catalog.remote.KeyFile;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.spi.ApiKey;
import io.flowyml.catalog.spi.Scope;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

final class LoginCommand extends Subcommand {
  private static final String VARIABLE = "FLOWYML_CATALOG_API_KEY";

  /** What a header may hold. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  private final Value<@Nullable String> url =
      optionalArgument(
          "URL", "The server's endpoint; without it that of --catalog or the environment.");

  LoginCommand(RootCommand root) {
    super(root, "login", "Keep the key of a server on this machine, for commands and programs.");
    description(
        "Asks for the key, or reads it from stdin; it never stands on the command line, where",
        "others see it. A key that the server does not take is not kept. The file is yours alone",
        "(mode 0600); " + VARIABLE + " counts more than it.");
    examples(
        "  flowyml-catalog login https://catalog.example.com/api/v1/catalog",
        "  pass show catalog | flowyml-catalog login https://catalog.example.com/api/v1/catalog");
  }

  @Override
  void run() {
    var environment = root().terminal().environment();
    var named = url.get();
    var choice =
        named == null ? root().choice() : BackendChoice.explicit(named, Path.of(""), environment);
    if (choice.kind() != BackendChoice.Kind.ENDPOINT) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          choice
              + " needs no key; name the server: flowyml-catalog login"
              + " https://host/api/v1/catalog");
    }
    var file = KeyFile.of(environment);
    if (file == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "there is no home folder to keep the key in; say where with FLOWYML_CATALOG_KEY_FILE");
    }
    var text = given(choice.location());
    var key = taken(choice.location(), text);
    if (key.isEmpty()) {
      messages().note(choice.location() + " asks for no key, so none was kept");
      return;
    }
    file.put(choice.location(), text);
    if (!environment.getOrDefault(VARIABLE, "").isEmpty()) {
      messages().warning(VARIABLE + " is set and counts more than the key that was kept");
    }
    answer(choice.location(), file.path(), key.get());
  }

  private String given(String location) {
    var asking = root().terminal().asking();
    var text =
        asking == null
            ? Reading.text(root(), "-").strip()
            : asking.apply("key for " + location + ": ").strip();
    if (!KEY.matcher(text).matches()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          text.isEmpty()
              ? "no key was given; type it, or give it on stdin"
              : "what was given is no key: it is one word of printable ASCII");
    }
    return text;
  }

  /** What the server says of the key: empty where it needs none; else the key may be nameless. */
  private Optional<Known> taken(String location, String text) {
    try (var server = new RemoteCatalogBackend(URI.create(location), text)) {
      var project = root().project() == null ? server.defaultProject() : root().project();
      try {
        return server.ownKey(new Scope(project, root().actor())).map(Known::new);
      } catch (CatalogException e) {
        if (e.code() != ErrorCode.NOT_FOUND || !e.facts().containsKey("project")) {
          throw e;
        }
        messages()
            .warning("the key is good, but not for project %s; say --project".formatted(project));
        return Optional.of(new Known(null));
      }
    }
  }

  /**
   * A key that the server knows.
   *
   * @param key {@code null} where it is for other projects than the one that was asked in
   */
  private record Known(@Nullable ApiKey key) {
    String described() {
      return key == null
          ? ""
          : " as %s (%s)".formatted(key.name(), key.role().name().toLowerCase(Locale.ROOT));
    }
  }

  private void answer(String location, Path file, Known known) {
    switch (answers().format()) {
      case TABLE ->
          messages()
              .note(
                  "logged in to %s%s; the key is in %s"
                      .formatted(location, known.described(), file));
      case JSON -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("endpoint", location);
        map.put("key_file", file.toString());
        if (known.key() != null) {
          map.put("key", KeyJson.toMap(known.key()));
        }
        answers().json(map);
      }
      case IDS, CSV -> throw answers().unfit("login");
    }
  }
}
