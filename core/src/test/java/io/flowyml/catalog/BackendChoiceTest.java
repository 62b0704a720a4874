package io.flowyml.catalog;

import static io.flowyml.catalog.RulesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.BackendChoice.Kind;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendChoiceTest {
  private static final String STACKS =
      """
      stacks:
        local:
          type: local
        production:
          catalog_endpoint: https://prod.example.com/api/v1/catalog
          catalog_api_key: prod-key
      default_stack: production
      """;
  private static final Map<String, String> ENDPOINT =
      Map.of(
          "FLOWYML_CATALOG_ENDPOINT", "https://env.example.com/catalog/",
          "FLOWYML_CATALOG_API_KEY", "env-key");

  @TempDir Path directory;

  private void write(String file, String content) {
    try {
      var path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private BackendChoice choice(Map<String, String> environment) {
    return BackendChoice.in(directory, environment);
  }

  private BackendChoice choice() {
    return choice(Map.of());
  }

  private CatalogException refusedChoice(Map<String, String> environment) {
    return refused(ErrorCode.INVALID_ARGUMENT, () -> choice(environment));
  }

  @Test
  void withoutAnySetting_isTheFileUnderTheDirectory() {
    var choice = choice();
    assertThat(choice.kind()).isEqualTo(Kind.FILE);
    assertThat(choice.location()).isEqualTo(directory.resolve(".flowyml/catalog.db").toString());
    assertThat(choice.rule()).contains("FLOWYML_CATALOG_ENDPOINT");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void environment_namesEndpointAndKey() {
    var choice = choice(ENDPOINT);
    assertThat(choice.kind()).isEqualTo(Kind.ENDPOINT);
    assertThat(choice.location()).isEqualTo("https://env.example.com/catalog");
    assertThat(choice.apiKey()).isEqualTo("env-key");
    assertThat(choice.rule()).isEqualTo("environment variable FLOWYML_CATALOG_ENDPOINT");
  }

  @Test
  void environmentThatIsEmpty_isAbsent() {
    assertThat(choice(Map.of("FLOWYML_CATALOG_ENDPOINT", "")).kind()).isEqualTo(Kind.FILE);
  }

  @Test
  void activeStack_goesBeforeTheEnvironment() {
    write("flowyml.yaml", STACKS);
    var choice = choice(ENDPOINT);
    assertThat(choice.location()).isEqualTo("https://prod.example.com/api/v1/catalog");
    assertThat(choice.apiKey()).isEqualTo("prod-key");
    assertThat(choice.rule())
        .isEqualTo(
            "catalog_endpoint of stack production (default_stack in %s)"
                .formatted(directory.resolve("flowyml.yaml")));
  }

  @Test
  void activeStackWithoutEndpoint_leavesItToTheEnvironment() {
    write("flowyml.yaml", STACKS.replace("default_stack: production", "default_stack: local"));
    assertThat(choice(ENDPOINT).location()).isEqualTo("https://env.example.com/catalog");
    assertThat(choice().kind()).isEqualTo(Kind.FILE);
    assertThat(choice().rule()).contains("active stack local");
  }

  @Test
  void keyOfTheEnvironment_isNotSentToTheStacksEndpoint() {
    write("flowyml.yaml", STACKS.replace("catalog_api_key", "other"));
    assertThat(choice(ENDPOINT).apiKey()).isNull();
  }

  @Test
  void stackSwitchedTo_goesBeforeTheDefault() {
    write("flowyml.yaml", STACKS);
    write(".flowyml/stacks.json", "{\"active_stack\": \"local\", \"stacks\": {}}");
    assertThat(choice().kind()).isEqualTo(Kind.FILE);
    write(".flowyml/stacks.json", "{\"active_stack\": \"production\"}");
    assertThat(choice().kind()).isEqualTo(Kind.ENDPOINT);
    assertThat(choice().rule()).contains("active_stack in", "stacks.json");
  }

  @Test
  void stackOfTheEnvironment_goesBeforeTheOneSwitchedTo() {
    write("flowyml.yaml", STACKS);
    write(".flowyml/stacks.json", "{\"active_stack\": \"local\"}");
    assertThat(choice(Map.of("FLOWYML_STACK", "production")).kind()).isEqualTo(Kind.ENDPOINT);
  }

  @Test
  void stackOfTheEnvironment_withoutStacks_meansNothing() {
    assertThat(choice(Map.of("FLOWYML_STACK", "production")).kind()).isEqualTo(Kind.FILE);
  }

  @Test
  void stackThatOnlyPythonRegistered_isNoError() {
    write("flowyml.yaml", STACKS);
    write(
        ".flowyml/stacks.json",
        "{\"active_stack\": \"mine\", \"stacks\": {\"mine\": {\"name\": \"mine\"}}}");
    assertThat(choice().kind()).isEqualTo(Kind.FILE);
  }

  @Test
  void noStackNamed_isTheFirstOne() {
    write("flowyml.yaml", "stacks: {a: {catalog_endpoint: 'http://a.example'}, b: {}}");
    assertThat(choice().location()).isEqualTo("http://a.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"flowyml.yaml", "flowyml.yml", ".flowyml/config.yaml", ".flowyml/config.yml"})
  void settings_mayStandInEachOfFourFiles(String file) {
    write(file, STACKS);
    assertThat(choice().kind()).isEqualTo(Kind.ENDPOINT);
    assertThat(choice().rule()).contains(directory.resolve(file).toString());
  }

  @Test
  void firstOfTheFourFiles_isTheOnlyOneRead() {
    write("flowyml.yaml", "stacks: {a: {}}");
    write("flowyml.yml", STACKS);
    assertThat(choice().kind()).isEqualTo(Kind.FILE);
  }

  @Test
  void variables_areReplacedInBothForms() {
    write(
        "flowyml.yaml",
        """
        stacks:
          production:
            catalog_endpoint: https://${HOST}/api/$PATH_1/catalog
            catalog_api_key: ${KEY}
        default_stack: $STACK
        """);
    var choice =
        choice(Map.of("HOST", "x.example", "PATH_1", "v1", "KEY", "a$b\\c", "STACK", "production"));
    assertThat(choice.location()).isEqualTo("https://x.example/api/v1/catalog");
    assertThat(choice.apiKey()).isEqualTo("a$b\\c");
  }

  @Test
  void variableNotSet_isAnErrorThatNamesItAndTheFile() {
    write("flowyml.yaml", STACKS.replace("prod-key", "${CATALOG_KEY}"));
    assertThat(refusedChoice(ENDPOINT))
        .hasMessage(
            "environment variable CATALOG_KEY, which catalog_api_key in %s needs, is not set;"
                    .formatted(directory.resolve("flowyml.yaml"))
                + " set it, or change the file");
  }

  @Test
  void variableOfAnotherStack_needNotBeSet() {
    write(
        "flowyml.yaml",
        STACKS.replace("type: local", "bucket: ${BUCKET}\n    catalog_endpoint: ${URL}"));
    assertThat(choice().kind()).isEqualTo(Kind.ENDPOINT);
  }

  @Test
  void variableThatIsEmpty_leavesNoEndpoint() {
    write("flowyml.yaml", "stacks: {a: {catalog_endpoint: '${URL}'}}");
    assertThat(choice(Map.of("URL", "")).kind()).isEqualTo(Kind.FILE);
  }

  @Test
  void mergedSettings_areReadAsPythonReadsThem() {
    write(
        "flowyml.yaml",
        """
        common: &common {catalog_endpoint: 'https://common.example', catalog_api_key: k}
        stacks:
          production:
            <<: *common
            catalog_api_key: own
        """);
    assertThat(choice().location()).isEqualTo("https://common.example");
    assertThat(choice().apiKey()).isEqualTo("own");
  }

  @Test
  void stackThatIsNotDefined_isAnErrorThatNamesTheKnownOnes() {
    write("flowyml.yaml", STACKS);
    write(".flowyml/stacks.json", "{\"active_stack\": \"gone\"}");
    assertThat(refusedChoice(Map.of()))
        .hasMessageStartingWith("stack gone (active_stack in ")
        .hasMessageContaining("known are local, production");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stacks: [",
        "- stacks",
        "stacks: text",
        "stacks: {a: text}",
        "stacks: {a: {catalog_endpoint: 5}}",
        "stacks: {a: !unknown {}}",
        "stacks: {a: *nowhere}",
        "stacks:\n\ta: 1"
      })
  void settingsThatAreBroken_areAnErrorThatNamesTheFile(String content) {
    write("flowyml.yaml", content);
    assertThat(refusedChoice(ENDPOINT))
        .hasMessageStartingWith(directory.resolve("flowyml.yaml") + " is broken: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"active_stack\": 5}", "{\"stacks\": [1]}"})
  void switchedStackThatIsBroken_isAnErrorThatNamesTheFile(String content) {
    write("flowyml.yaml", STACKS);
    write(".flowyml/stacks.json", content);
    assertThat(refusedChoice(ENDPOINT))
        .hasMessageStartingWith(directory.resolve(".flowyml/stacks.json") + " is broken: ");
  }

  @Test
  void settingsThatAreNotUtf8_areAnErrorThatNamesTheFile() throws IOException {
    Files.write(directory.resolve("flowyml.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    assertThat(refusedChoice(Map.of())).hasMessageContaining("UTF-8");
  }

  @Test
  void settingsThatCannotBeRead_areAStorageError() throws IOException {
    Files.createDirectory(directory.resolve("flowyml.yaml"));
    assertThat(refused(ErrorCode.STORAGE, this::choice)).hasMessageContaining("flowyml.yaml");
  }

  @Test
  void emptySettings_nameNoStack() {
    write("flowyml.yaml", "");
    write(".flowyml/stacks.json", "{\"active_stack\": null, \"stacks\": {}}");
    assertThat(choice().kind()).isEqualTo(Kind.FILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prod.example.com",
        "ftp://prod.example.com",
        "https://user:secret@prod.example.com",
        "https:///path",
        "http://a b"
      })
  void endpointThatIsNoPlainUrl_isAnErrorThatDoesNotRepeatIt(String url) {
    assertThat(refusedChoice(Map.of("FLOWYML_CATALOG_ENDPOINT", url)))
        .hasMessageContaining("FLOWYML_CATALOG_ENDPOINT")
        .hasMessageNotContaining(url);
  }

  @Test
  void key_isNeverPrinted() {
    write("flowyml.yaml", STACKS);
    assertThat(choice()).asString().contains("https://prod.example.com").doesNotContain("prod-key");
    try (var backend = choice().open()) {
      assertThat(backend.describe()).contains("prod.example.com").doesNotContain("prod-key");
    }
  }

  @Test
  void brokenSettings_doNotQuoteTheKey() {
    write("flowyml.yaml", "stacks: {a: {catalog_api_key: 'secret' oops}}");
    var error = refusedChoice(Map.of());
    assertThat(error).hasMessageNotContaining("secret").hasNoCause();
  }

  @Test
  void openOfAnEndpoint_asksNobodyBeforeTheFirstCall() {
    try (var backend = choice(ENDPOINT).open()) {
      assertThat(backend).isInstanceOf(RemoteCatalogBackend.class);
      assertThat(backend.describe()).contains("https://env.example.com/catalog");
    }
  }

  @Test
  void explicit_isAFileOrAUrl() {
    write("flowyml.yaml", STACKS);
    var file = BackendChoice.explicit("other/c.db", directory, ENDPOINT);
    assertThat(file.kind()).isEqualTo(Kind.FILE);
    assertThat(file.location()).isEqualTo(directory.resolve("other/c.db").toString());
    var url = BackendChoice.explicit("HTTPS://x.example/", directory, ENDPOINT);
    assertThat(url.location()).isEqualTo("HTTPS://x.example");
    assertThat(url.apiKey()).isEqualTo("env-key");
    assertThat(url.rule()).isEqualTo("given by the caller");
  }

  @Test
  void databaseUrl_isTakenApartSoThatItsPasswordDoesNotShow() {
    var choice =
        BackendChoice.explicit(
            "postgresql://ann:p%40ss@db:5432/catalog?connections=4", directory, Map.of());
    assertThat(choice.kind()).isEqualTo(Kind.DATABASE);
    assertThat(choice.location()).isEqualTo("postgresql://ann@db:5432/catalog?connections=4");
    assertThat(choice.apiKey()).isEqualTo("p@ss");
    assertThat(choice.toString()).doesNotContain("p@ss").doesNotContain("p%40ss");
  }
}
