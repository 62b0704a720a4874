package io.flowyml.catalog.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final String ENDPOINT = "https://catalog.example.com/api/v1/catalog";

  @TempDir private Path home;
  private KeyFile file;

  @BeforeEach
  void find() {
    file = KeyFile.of(Map.of("HOME", home.toString()));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void mode(String permissions) throws IOException {
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(permissions));
  }

  private CatalogException refused() {
    var e = catchThrowableOfType(CatalogException.class, () -> file.find(ENDPOINT));
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(e).hasMessageContaining(file.path().toString());
    return e;
  }

  @Test
  void keys_areKeptForTheirEndpoints_inAFileOfTheOwnersAlone() throws IOException {
    assertThat(file.find(ENDPOINT)).isNull();
    file.put(ENDPOINT, "one");
    file.put("http://localhost:8484/api/v1/catalog", "two");
    file.put(ENDPOINT, "three");
    assertThat(file.path()).isEqualTo(home.resolve(".config/flowyml-catalog/keys.json"));
    assertThat(mode(file.path())).isEqualTo("rw-------");
    assertThat(mode(file.path().getParent())).isEqualTo("rwx------");
    assertThat(file.find(ENDPOINT)).isEqualTo("three");
    assertThat(file.find("http://localhost:8484/api/v1/catalog")).isEqualTo("two");
    assertThat(file.find("http://localhost:8485/api/v1/catalog")).isNull();
    try (var beside = Files.list(file.path().getParent())) {
      assertThat(beside).containsExactly(file.path());
    }
  }

  @Test
  void oneAddress_hasManySpellings_andServesAllProjects() {
    file.put("https://Catalog.Example.com:443/api/v1/catalog/", "key");
    for (var spelling :
        List.of(
            ENDPOINT,
            "HTTPS://CATALOG.example.com/api/v1/catalog",
            "https://catalog.example.com/api/v1/projects/fraud/catalog")) {
      assertThat(file.find(spelling)).as(spelling).isEqualTo("key");
    }
    for (var other :
        List.of(
            "http://catalog.example.com/api/v1/catalog",
            "https://catalog.example.com:444/api/v1/catalog",
            "https://catalog.example.com/API/v1/catalog",
            "https://catalog.example.com.evil.example/api/v1/catalog")) {
      assertThat(file.find(other)).as(other).isNull();
    }
    file.put("https://catalog.example.com/api/v1/projects/fraud/catalog", "own");
    assertThat(file.find("https://catalog.example.com/api/v1/projects/fraud/catalog"))
        .isEqualTo("own");
  }

  @Test
  void fileThatOthersMayUse_isNot_andStaysAsItIs() throws IOException {
    file.put(ENDPOINT, "s3cret");
    for (var permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-")) {
      mode(permissions);
      assertThat(refused())
          .hasMessageContaining("chmod 600 " + file.path())
          .hasMessageContaining(permissions)
          .hasMessageNotContaining("s3cret");
      assertThat(catchThrowableOfType(CatalogException.class, () -> file.put(ENDPOINT, "other")))
          .isNotNull();
      assertThat(mode(file.path())).isEqualTo(permissions);
    }
    mode("r--------");
    assertThat(file.find(ENDPOINT)).isEqualTo("s3cret");
  }

  @Test
  void fileThatIsBroken_isNamedWithoutItsText() throws IOException {
    file.put(ENDPOINT, "key");
    for (var text : List.of("s3cret", "[\"s3cret\"]", "{\"" + ENDPOINT + "\": [\"s3cret\"]}")) {
      Files.writeString(file.path(), text);
      assertThat(refused())
          .hasMessageContaining("is broken")
          .hasMessageContaining("log in again")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void link_staysALink() throws IOException {
    var elsewhere = home.resolve("elsewhere");
    Files.createDirectories(file.path().getParent());
    KeyFile.of(Map.of("FLOWYML_CATALOG_KEY_FILE", elsewhere.toString())).put(ENDPOINT, "one");
    Files.createSymbolicLink(file.path(), elsewhere);
    file.put(ENDPOINT, "two");
    assertThat(file.path()).isSymbolicLink();
    assertThat(Files.readString(elsewhere)).contains("two");
  }

  @Test
  void environment_saysWhereItIs() {
    assertThat(KeyFile.of(Map.of())).isNull();
    assertThat(KeyFile.of(Map.of("HOME", "/h", "XDG_CONFIG_HOME", "/c")).path())
        .isEqualTo(Path.of("/c/flowyml-catalog/keys.json"));
    assertThat(KeyFile.of(Map.of("HOME", "/h", "FLOWYML_CATALOG_KEY_FILE", "/k")).path())
        .isEqualTo(Path.of("/k"));
    assertThat(KeyFile.of(Map.of("USERPROFILE", "/u")).path())
        .isEqualTo(Path.of("/u/.config/flowyml-catalog/keys.json"));
  }

  @Test
  void choiceOfABackend_takesTheKeyOfTheEnvironment_elseTheKeptOne() {
    file.put(ENDPOINT, "kept");
    var environment = Map.of("HOME", home.toString(), "FLOWYML_CATALOG_ENDPOINT", ENDPOINT);
    for (var choice :
        List.of(
            BackendChoice.in(home, environment),
            BackendChoice.explicit(ENDPOINT, home, environment))) {
      assertThat(choice.apiKey()).isEqualTo("kept");
      assertThat(choice.keyRule()).isEqualTo("key file " + file.path());
      assertThat(choice.toString()).doesNotContain("kept");
    }
    var both =
        Map.of(
            "HOME",
            home.toString(),
            "FLOWYML_CATALOG_ENDPOINT",
            ENDPOINT,
            "FLOWYML_CATALOG_API_KEY",
            "variable");
    assertThat(BackendChoice.in(home, both).apiKey()).isEqualTo("variable");
    assertThat(BackendChoice.in(home, both).keyRule()).contains("FLOWYML_CATALOG_API_KEY");
    assertThat(BackendChoice.in(home, Map.of("FLOWYML_CATALOG_ENDPOINT", ENDPOINT)).apiKey())
        .isNull();
  }
}
