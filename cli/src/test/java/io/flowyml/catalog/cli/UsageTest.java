package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  /** What users' scripts rely on; a command that is added or renamed is so here too. */
  private static final List<String> COMMANDS =
      List.of(
          "register",
          "search",
          "list",
          "get",
          "versions",
          "history",
          "resolve",
          "diff",
          "facets",
          "stats",
          "tag",
          "meta",
          "promote",
          "lineage",
          "path",
          "delete",
          "restore",
          "purge",
          "hash",
          "verify",
          "export",
          "import",
          "push",
          "pull",
          "backup",
          "doctor",
          "serve",
          "keys",
          "login",
          "completion",
          "demo");

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder.resolve("catalog.db"));
  }

  static List<String> commands() {
    return COMMANDS;
  }

  @Test
  void help_listsEveryCommandOfTheDocumentation_andNoOther() {
    assertThat(CommandTree.COMMANDS).containsExactlyInAnyOrderElementsOf(COMMANDS);
    var help = shell.runPlain("--help").succeeds().out();
    assertThat(COMMANDS)
        .allSatisfy(command -> assertThat(help).containsPattern("\n  " + command + " +[A-Z]"));
    assertThat(help).contains("Exit codes:").doesNotContain("--sort");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_hasExamplesAndFitsTheWidth(String command) {
    var help = shell.runPlain(command, "--help").succeeds().out();
    assertThat(help)
        .contains("Usage: flowyml-catalog " + command, "Examples:", "--catalog=FILE|URL");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void version_namesTheProgramAndJava() {
    assertThat(shell.runPlain("--version").succeeds().out())
        .matches("flowyml-catalog \\d+\\.\\d+\\.\\d+\\S*\nJava \\S+\n");
  }

  @Test
  void unknownCommand_suggestsTheRightOne() {
    var result = shell.runPlain("serch", "fraud").failsWith(2, "invalid_argument");
    assertThat(result.err()).contains("unknown command 'serch'; did you mean search");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void unknownOption_suggestsTheRightOne() {
    assertThat(shell.run("list", "--limt", "3").failsWith(2, "invalid_argument").err())
        .contains("unknown option '--limt'; did you mean --limit")
        .contains("see flowyml-catalog list --help");
  }

  @Test
  void missingArgumentOrCommand_isUsage() {
    for (var command : List.of("get", "versions", "resolve", "lineage", "restore")) {
      assertThat(shell.run(command).failsWith(2, "invalid_argument").err()).contains("missing");
    }
    shell.run("path", "x").failsWith(2, "invalid_argument");
    shell.run("promote", "x").failsWith(2, "invalid_argument");
    shell.run("search").failsWith(2, "invalid_argument");
    shell.run("hash").failsWith(2, "invalid_argument");
    shell.run("backup").failsWith(2, "invalid_argument");
    assertThat(shell.runPlain().failsWith(2, "invalid_argument").err())
        .contains("a command is missing");
  }

  @Test
  void globalOptions_standBeforeOrAfterTheCommand() {
    shell.run("register", "raw", "Dataset").succeeds();
    var catalog = folder.resolve("catalog.db").toString();
    var before = shell.runPlain("-o", "ids", "--catalog", catalog, "list").succeeds().out();
    var after = shell.runPlain("list", "--catalog=" + catalog, "-oids").succeeds().out();
    assertThat(before).isEqualTo(after).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "stats",
        "get x",
        "search x",
        "versions x",
        "resolve x",
        "history x",
        "lineage x",
        "path x y",
        "verify",
        "export",
        "diff x y",
        "facets --by type",
        "push --to http://localhost:1/api/v1/catalog",
        "backup b.db",
        "doctor",
        "tag x a=1",
        "meta x a=1",
        "promote x production",
        "delete x",
        "restore x",
        "purge"
      })
  void commandThatNeedsACatalog_withoutOne_namesThePathAndMakesNone(String command) {
    var missing = folder.resolve("sub/catalog.db");
    var result = new Shell(missing).run(command.split(" ")).failsWith(3, "no_catalog");
    assertThat(result.err()).contains(missing.toString());
    assertThat(folder.resolve("sub")).doesNotExist();
  }

  @Test
  void url_whereNothingListens_isUnreachable() {
    assertThat(
            shell
                .runPlain("--catalog", "http://localhost:1/api/v1/catalog", "list")
                .failsWith(6, "unreachable")
                .err())
        .contains("http://localhost:1/api/v1/catalog");
  }

  @Test
  void endpointOfTheEnvironment_countsWithoutTheOption() {
    shell.environment("FLOWYML_CATALOG_ENDPOINT", "http://localhost:1/api/v1/catalog");
    assertThat(shell.runPlain("list").failsWith(6, "unreachable").err())
        .contains("http://localhost:1/api/v1/catalog");
  }

  @Test
  void errors_withJsonOutput_areProblemObjects() {
    shell.run("register", "raw", "Dataset").succeeds();
    var result = shell.run("get", "nothing", "-o", "json");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).startsWith("{\"code\":\"not_found\"").contains("\"status\":404");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void fileThatIsNoCatalog_isStorage() throws Exception {
    Files.writeString(folder.resolve("catalog.db"), "this is a text, not a SQLite file");
    shell.run("list").failsWith(5, "corrupt");
  }

  @Test
  void demo_saysHowItIsRun() {
    assertThat(shell.runPlain("demo").failsWith(2, "invalid_argument").err())
        .contains("./flowyml-catalog demo");
  }

  @Test
  void completion_isAScriptThatKnowsCommandsAndOptions() {
    var script = shell.runPlain("completion", "bash").succeeds().out();
    assertThat(script).contains("complete -F", "promote", "--on-duplicate");
    assertThat(shell.runPlain("completion", "zsh").succeeds().out()).contains("compinit");
  }
}
