package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand: the options that all have, and what they choose. */
@Command(
    name = CommandTree.NAME,
    versionProvider = ProgramVersion.class,
    synopsisHeading = "Usage: ",
    synopsisSubcommandLabel = "COMMAND",
    abbreviateSynopsis = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description =
        "The catalog of a team's ML artifacts: what is there, what it was made from, which one"
            + " counts.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions, before or after the command:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flowyml-catalog demo",
      "  flowyml-catalog register fraud_detector Model model.bin --tag f1_score=0.93 --parent raw",
      "  flowyml-catalog search \"team:fraud -stage:archived\"",
      "  flowyml-catalog promote fraud_detector production",
      "  flowyml-catalog lineage fraud_detector@production",
      "",
      "REF is an id, name@alias, name:version or name (its newest version).",
      "Exit codes: 2 usage, 3 not found, 4 conflict, 5 storage, 6 network, 7 access; 1 is a defect."
    })
final class RootCommand implements Runnable {
  @Option(
      names = "--catalog",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE|URL",
      description =
          "The catalog; without it the active stack's endpoint, FLOWYML_CATALOG_ENDPOINT,"
              + " else .flowyml/catalog.db.")
  @Nullable String catalog;

  @Option(
      names = "--project",
      scope = ScopeType.INHERIT,
      paramLabel = "P",
      description = "The project; without it \"default\".")
  @Nullable String project;

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "How to answer: ${COMPLETION-CANDIDATES}; without it table.")
  Format format = Format.TABLE;

  @Option(
      names = "--actor",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "Who makes the change; without it the user of this process.")
  @Nullable String actor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help, or that of a command, and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  private final Terminal terminal;
  private final Lines out;
  private final Messages messages;

  RootCommand(Terminal terminal, Lines out, Messages messages) {
    this.terminal = terminal;
    this.out = out;
    this.messages = messages;
  }

  /** Runs where the arguments name no command. */
  @Override
  public void run() {
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT, "a command is missing; see " + CommandTree.NAME + " --help");
  }

  Terminal terminal() {
    return terminal;
  }

  Lines out() {
    return out;
  }

  Messages messages() {
    return messages;
  }

  Answers answers() {
    return new Answers(format, out, messages, terminal);
  }

  /** Which catalog the options, the stack and the environment name, and why. */
  BackendChoice choice() {
    var here = Path.of("");
    return catalog == null
        ? BackendChoice.in(here, terminal.environment())
        : BackendChoice.explicit(catalog, here, terminal.environment());
  }

  /** The catalog that is there; {@code no_catalog} where there is none, which then stays so. */
  ArtifactCatalog existing() {
    var choice = choice();
    if (choice.kind() == BackendChoice.Kind.FILE && !Files.exists(Path.of(choice.location()))) {
      throw new CatalogException(
          ErrorCode.NO_CATALOG,
          "there is no catalog at %s (%s); register something to make one, or name another with --catalog FILE"
              .formatted(choice.location(), choice.rule()),
          Map.of("path", choice.location()),
          null);
    }
    return opened(choice);
  }

  /** The catalog, which is made where there is none. */
  ArtifactCatalog existingOrNew() {
    return opened(choice());
  }

  private ArtifactCatalog opened(BackendChoice choice) {
    var opened = ArtifactCatalog.open(choice.open());
    try {
      var ofProject = project == null ? opened : opened.project(project);
      return actor == null ? ofProject : ofProject.actor(actor);
    } catch (CatalogException e) {
      opened.close();
      throw e;
    }
  }
}
