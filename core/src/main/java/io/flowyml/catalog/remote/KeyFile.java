package io.flowyml.catalog.remote;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person's keys on this machine, one for each endpoint, in a file that nobody else may read:
 *
 * <pre>
 * {"https://catalog.example.com/api/v1/catalog": "fck_..."}
 * </pre>
 *
 * <p>It is made with mode 0600 and never widened; one that others may read is not used.
 *
 * @since 0.1
 */
public final class KeyFile {
  private static final String VARIABLE = "FLOWYML_CATALOG_KEY_FILE";
  private static final Path BELOW_SETTINGS = Path.of("flowyml-catalog", "keys.json");

  /** One project's endpoint is of the server whose endpoint for all of them is named here. */
  private static final Pattern PROJECT_ENDPOINT = Pattern.compile("(.*)/projects/[^/]+/catalog");

  private static final Pattern DEFAULT_PORT =
      Pattern.compile("(http://[^/]+):80(?=/|$)|(https://[^/]+):443(?=/|$)");

  private static final Set<PosixFilePermission> MINE =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;

  private KeyFile(Path path) {
    this.path = path;
  }

  /**
   * The file of this environment: {@code FLOWYML_CATALOG_KEY_FILE}, else {@code
   * flowyml-catalog/keys.json} below {@code XDG_CONFIG_HOME} or {@code ~/.config}; {@code null}
   * where there is no home.
   *
   * @param environment variables by name
   * @return the file, whether it is there or not
   */
  public static @Nullable KeyFile of(Map<String, String> environment) {
    var named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      return new KeyFile(Path.of(named).toAbsolutePath());
    }
    var settings = environment.getOrDefault("XDG_CONFIG_HOME", "");
    if (!settings.isEmpty()) {
      return new KeyFile(Path.of(settings).toAbsolutePath().resolve(BELOW_SETTINGS));
    }
    var home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
    return home.isEmpty()
        ? null
        : new KeyFile(Path.of(home).toAbsolutePath().resolve(".config").resolve(BELOW_SETTINGS));
  }

  /**
   * Where it is, whether it is there or not.
   *
   * @return an absolute path
   */
  public Path path() {
    return path;
  }

  /**
   * The key for an endpoint, or for the whole server of a project's endpoint; {@code null} where
   * there is none. Fails with {@code unauthenticated} where others may read the file.
   *
   * @param endpoint as clients set it
   * @return the text of the key
   */
  public @Nullable String find(String endpoint) {
    var keys = read();
    var own = keys.get(normal(endpoint));
    var project = PROJECT_ENDPOINT.matcher(endpoint);
    return own == null && project.matches() ? keys.get(normal(project.group(1) + "/catalog")) : own;
  }

  /**
   * Keeps a key for an endpoint, in place of the one before.
   *
   * @param endpoint as clients set it
   * @param key its text
   */
  public void put(String endpoint, String key) {
    var keys = read();
    keys.put(normal(endpoint), key);
    try {
      write(Json.write(keys) + "\n");
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          "the key file %s cannot be written: %s; name another with %s"
              .formatted(path, e.getMessage(), VARIABLE),
          e);
    }
  }

  /** One spelling for what is one address. */
  private static String normal(String endpoint) {
    var text = endpoint.replaceAll("/+$", "");
    int path = text.indexOf('/', text.indexOf("://") + 3);
    int end = path < 0 ? text.length() : path;
    var lower = text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
    return DEFAULT_PORT.matcher(lower).replaceFirst("$1$2");
  }

  private Map<String, String> read() {
    var keys = new TreeMap<String, String>();
    try {
      refuseOthers();
      Json.parseObject(Files.readString(path), "it")
          .forEach(
              (endpoint, key) -> {
                if (!(key instanceof String text)) {
                  throw broken("the key of " + endpoint + " is no text");
                }
                keys.put(endpoint, text);
              });
      return keys;
    } catch (NoSuchFileException e) {
      return keys;
    } catch (CharacterCodingException e) {
      throw broken("it is not UTF-8");
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.UNAUTHENTICATED,
          "the key file %s cannot be read: %s; make it readable for you, or remove it"
              .formatted(path, e.getMessage()),
          e);
    } catch (CatalogException e) {
      throw e.code() == ErrorCode.UNAUTHENTICATED ? e : broken("it is no JSON of keys");
    }
  }

  /** Without what it holds. */
  private CatalogException broken(String why) {
    return new CatalogException(
        ErrorCode.UNAUTHENTICATED,
        "the key file %s is broken: %s; remove it and log in again".formatted(path, why));
  }

  private void refuseOthers() throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return; // a system without such modes, where a home is the owner's alone
    }
    var permissions = view.readAttributes().permissions();
    var others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(permissions);
    others.removeAll(MINE);
    if (!others.isEmpty()) {
      throw new CatalogException(
          ErrorCode.UNAUTHENTICATED,
          "the key file %s may be used by others too (%s), so its keys may be known; run chmod 600 %s, and ask for new keys if others were on this machine"
              .formatted(path, PosixFilePermissions.toString(permissions), path),
          Map.of("file", path.toString()),
          null);
    }
  }

  /** Beside it first, so that nobody ever sees half a file; a link stays one. */
  private void write(String text) throws IOException {
    var target = Files.exists(path) ? path.toRealPath() : path;
    var folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, mode(folder, "rwx------"));
    }
    var beside = Files.createTempFile(folder, ".keys", "", mode(folder, "rw-------"));
    try {
      Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  private static FileAttribute<?>[] mode(Path folder, String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
