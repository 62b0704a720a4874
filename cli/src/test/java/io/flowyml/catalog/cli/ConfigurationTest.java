package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.server.ServerSettings;
import io.flowyml.catalog.server.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private static final String DOCUMENTATION = "../docs/operations.md";

  @TempDir private Path folder;

  private String write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Configuration file(String yaml) {
    return Configuration.read(write("catalog.yaml", yaml), Map.of(), Map.of());
  }

  private String refused(String yaml) {
    return refused(yaml, Map.of(), Map.of());
  }

  private String refused(
      String yaml, Map<Setting, String> options, Map<String, String> environment) {
    var file = write("catalog.yaml", yaml);
    var e =
        catchThrowableOfType(
            CatalogException.class, () -> Configuration.read(file, options, environment));
    assertThat(e).as(yaml).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    return e.getMessage();
  }

  @Test
  void nothingSet_isThisMachineAlone() {
    for (var configuration :
        List.of(Configuration.read(null, Map.of(), Map.of()), file("# nothing yet\n"))) {
      assertThat(configuration.server()).isEqualTo(new ServerSettings("127.0.0.1", 8484));
      assertThat(configuration.catalog()).isNull();
      assertThat(configuration.databaseUrl()).isNull();
      assertThat(configuration.withoutKeys()).isFalse();
    }
  }

  @Test
  void optionsCountMoreThanVariables_andThoseMoreThanTheFile() {
    var file = write("c.yaml", "host: file\nport: 1\nlimits:\n  connections: 5\n  idle: 2h\n");
    var environment =
        Map.of(
            "FLOWYML_CATALOG_SERVE_CONFIG", file,
            "FLOWYML_CATALOG_SERVE_HOST", "variable",
            "FLOWYML_CATALOG_SERVE_PORT", "2",
            "FLOWYML_CATALOG_SERVE_LIMITS_BODY", "500ms",
            "FLOWYML_CATALOG_SERVE_LIMITS_IDLE", "");
    var server = Configuration.read(null, Map.of(Setting.PORT, "3"), environment).server();
    assertThat(server.host()).isEqualTo("variable");
    assertThat(server.port()).isEqualTo(3);
    assertThat(server.limits().connections()).isEqualTo(5);
    assertThat(server.limits().idle()).isEqualTo(Duration.ofHours(2));
    assertThat(server.limits().body()).isEqualTo(Duration.ofMillis(500));
    assertThat(server.limits().concurrentRequests()).isEqualTo(512);
  }

  @Test
  void allThatIsWrong_isNamedAtOnce() {
    var message =
        refused(
            """
            hots: a
            port: 70000
            host: 10
            limits:
              idel: 60s
              body: soon
            database: postgresql://db/catalog
            """,
            Map.of(),
            Map.of("FLOWYML_CATALOG_SERVE_PROT", "1", "FLOWYML_CATALOG_SERVE_WITHOUT_KEYS", "yes"));
    assertThat(message)
        .startsWith("the configuration has 8 problems:\n")
        .contains(
            "hots is unknown; did you mean host?",
            "port must be a port, 0 to 65535",
            "host must be a text; quote it",
            "limits.idel is unknown; did you mean limits.idle?",
            "limits.body must be a time like 500ms, 60s, 5m or 2h",
            "database holds url, url_file, password, password_file below it",
            "FLOWYML_CATALOG_SERVE_PROT is unknown; did you mean FLOWYML_CATALOG_SERVE_PORT?",
            "FLOWYML_CATALOG_SERVE_WITHOUT_KEYS must be true or false");
    assertThat(message.lines()).hasSize(9);
  }

  @Test
  void secrets_comeFromFiles_thatLieBesideTheFile() {
    write("password", "s3cret\n");
    write("url", "postgresql://catalog@db/catalog\r\n");
    var configuration = file("database: {url_file: url, password_file: password}");
    assertThat(configuration.databaseUrl()).isEqualTo("postgresql://catalog@db/catalog");
    assertThat(configuration.databasePassword()).isEqualTo("s3cret");
    var other =
        Configuration.read(
            folder.resolve("catalog.yaml").toString(),
            Map.of(Setting.DATABASE_URL, "postgresql://other/catalog"),
            Map.of("FLOWYML_CATALOG_SERVE_DATABASE_PASSWORD", "other"));
    assertThat(other.databaseUrl()).isEqualTo("postgresql://other/catalog");
    assertThat(other.databasePassword()).isEqualTo("other");
  }

  @Test
  void secretsThatCannotBeHad_areProblems_andNeverShown() {
    write("two", "s3cret\nmore\n");
    write("empty", "\n");
    var url = "database: {url: 'postgresql://db/c', ";
    assertThat(refused(url + "password_file: nowhere}")).contains("there is no file", "nowhere");
    assertThat(refused(url + "password_file: two}"))
        .contains("does not hold one line")
        .doesNotContain("s3cret");
    assertThat(refused(url + "password_file: empty}")).contains("does not hold one line");
    assertThat(refused(url + "password_file: .}")).contains("cannot be read");
    assertThat(refused(url + "password: s3cret, password_file: empty}"))
        .contains("say the same; leave one out")
        .doesNotContain("s3cret");
    assertThat(refused("database: {password: s3cret}"))
        .contains("without database.url")
        .doesNotContain("s3cret");
    assertThat(refused("database: {password: 1234}"))
        .contains("must be a text")
        .doesNotContain("1234");
  }

  @Test
  void twoCatalogs_areRefused() {
    assertThat(
            refused("catalog: a.db", Map.of(Setting.DATABASE_URL, "postgresql://db/c"), Map.of()))
        .contains("catalog.yaml: catalog and --database name two catalogs");
  }

  @Test
  void tls_needsBothFiles() {
    assertThat(refused("tls: {key: tls.key}")).contains("tls.key is set without tls.certificate");
    assertThat(refused("tls: {certificate: tls.crt}")).contains("without tls.key; set both");
    assertThat(file("tls: {certificate: tls.crt, key: tls.key}").server().tls())
        .isEqualTo(new ServerTls(folder.resolve("tls.crt"), folder.resolve("tls.key")));
    assertThat(file("port: 1").server().tls()).isNull();
  }

  @Test
  void fileThatIsNone_isNamedWithoutItsText() {
    assertThat(refused("database: {password: s3cret"))
        .contains("catalog.yaml is broken", "line 1")
        .doesNotContain("s3cret");
    assertThat(refused("port: 1\nport: 2")).contains("is broken", "duplicate key");
    assertThat(refused("- port")).contains("is no map of settings");
    assertThat(
            catchThrowableOfType(
                CatalogException.class, () -> Configuration.read("nowhere", Map.of(), Map.of())))
        .hasMessageContaining("configuration file nowhere: there is no file");
  }

  @Test
  void catalogOfTheFile_liesBesideIt() {
    assertThat(file("catalog: data/c.db").catalog())
        .isEqualTo(folder.resolve("data/c.db").toString());
  }

  @Test
  void documentation_listsEverySetting_andItsExampleIsRight() throws IOException {
    var text = Files.readString(Path.of(DOCUMENTATION));
    assertThat(Setting.keys()).allSatisfy(key -> assertThat(text).contains("`" + key + "`"));
    var begin = text.indexOf("```yaml\n") + "```yaml\n".length();
    Files.createDirectory(folder.resolve("secrets"));
    write("secrets/database-password", "s3cret");
    var example = file(text.substring(begin, text.indexOf("```", begin)));
    assertThat(example.server().limits().requestsPerSecond()).isEqualTo(2000);
    assertThat(example.databasePassword()).isEqualTo("s3cret");
  }
}
