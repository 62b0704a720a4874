package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.AsOf;
import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand: the options that all have, and what they choose. */
final class RootCommand implements Runnable {
  private final Terminal terminal;
  private final Lines out;
  private final Messages messages;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(CommandTree.NAME);

  private final Value<@Nullable String> catalog =
      new Value<@Nullable String>(
          shared(
              OptionSpec.builder("--catalog").paramLabel("FILE|URL").type(String.class),
              "The catalog; without it the active stack's endpoint, FLOWYML_CATALOG_ENDPOINT,"
                  + " else .flowyml/catalog.db."),
          null);
  private final Value<@Nullable String> project =
      new Value<@Nullable String>(
          shared(
              OptionSpec.builder("--project").paramLabel("P").type(String.class),
              "The project; without it \"default\"."),
          null);
  private final Value<Format> format =
      new Value<>(
          shared(
              OptionSpec.builder("-o", "--output").paramLabel("FORMAT").type(Format.class),
              "How to answer: ${COMPLETION-CANDIDATES}; without it table."),
          Format.TABLE);
  private final Value<@Nullable String> actor =
      new Value<@Nullable String>(
          shared(
              OptionSpec.builder("--actor").paramLabel("NAME").type(String.class),
              "Who makes the change; without it the user of this process."),
          null);

  private final Value<@Nullable String> asOf =
      new Value<@Nullable String>(
          shared(
              OptionSpec.builder("--as-of").paramLabel("TIME|SEQ").type(String.class),
              "Read what was known then: the end of a day like 2026-03-03, a moment, -7d, or the"
                  + " number of an event."),
          null);

  RootCommand(Terminal terminal, Lines out, Messages messages) {
    this.terminal = terminal;
    this.out = out;
    this.messages = messages;
    spec.addOption(helpOption("Show this help, or that of a command, and exit."));
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Show the version and exit.")
            .build());
    spec.versionProvider(new ProgramVersion());
    spec.usageMessage()
        .synopsisHeading("Usage: ")
        .synopsisSubcommandLabel("COMMAND")
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .descriptionHeading("%n")
        .description(
            "The catalog of a team's ML artifacts: what is there, what it was made from, which one"
                + " counts.")
        .commandListHeading("%nCommands:%n")
        .optionListHeading("%nOptions, before or after the command:%n")
        .footerHeading("%nExamples:%n")
        .footer(
            "  flowyml-catalog demo",
            "  flowyml-catalog register fraud_detector Model model.bin --tag f1_score=0.93"
                + " --parent raw",
            "  flowyml-catalog search \"team:fraud -stage:archived\"",
            "  flowyml-catalog promote fraud_detector production",
            "  flowyml-catalog lineage fraud_detector@production",
            "",
            "REF is an id, name@alias, name:version or name (its newest version).",
            "Exit codes: 2 usage, 3 not found, 4 conflict, 5 storage, 6 network, 7 access;"
                + " 1 is a defect.");
  }

  /** An option that may stand before and after a command. */
  private OptionSpec shared(OptionSpec.Builder builder, String description) {
    var option = builder.description(description).scopeType(ScopeType.INHERIT).build();
    spec.addOption(option);
    return option;
  }

  static OptionSpec helpOption(String description) {
    return OptionSpec.builder("-h", "--help")
        .type(boolean.class)
        .usageHelp(true)
        .description(description)
        .build();
  }

  CommandSpec spec() {
    return spec;
  }

  /** Runs where the arguments name no command. */
  @Override
  public void run() {
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT, "a command is missing; see " + CommandTree.NAME + " --help");
  }

  Format format() {
    return format.get();
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
    return new Answers(format.get(), out, messages, terminal);
  }

  /** Which catalog the options, the stack and the environment name, and why. */
  BackendChoice choice() {
    var named = catalog.get();
    return named == null ? BackendChoice.in(Path.of(""), terminal.environment()) : chosen(named);
  }

  private BackendChoice chosen(String fileOrUrl) {
    return BackendChoice.explicit(fileOrUrl, Path.of(""), terminal.environment());
  }

  /** What {@code --project} names; {@code null} without it. */
  @Nullable String project() {
    return project.get();
  }

  /** What {@code --catalog} names; {@code null} without it. */
  @Nullable String namedCatalog() {
    return catalog.get();
  }

  /** The catalog that is there; {@code no_catalog} where there is none, which then stays so. */
  ArtifactCatalog existing() {
    return existing(choice(), project.get());
  }

  private ArtifactCatalog existing(BackendChoice choice, @Nullable String inProject) {
    if (choice.kind() == BackendChoice.Kind.FILE && !Files.exists(Path.of(choice.location()))) {
      throw new CatalogException(
          ErrorCode.NO_CATALOG,
          "there is no catalog at %s (%s); register something to make one, or name another with --catalog FILE"
              .formatted(choice.location(), choice.rule()),
          Map.of("path", choice.location()),
          null);
    }
    return opened(choice, inProject);
  }

  /** The catalog, which is made where there is none. */
  ArtifactCatalog existingOrNew() {
    return asOf.get() == null ? opened(choice(), project.get()) : existing();
  }

  /**
   * The catalog on this side of a move: as {@code --catalog} names it, else the default file,
   * whatever clients use. The project that {@code --project} names is on the other side.
   */
  ArtifactCatalog here(@Nullable String localProject, boolean made) {
    var named = catalog.get();
    var choice = chosen(named == null ? BackendChoice.DEFAULT_FILE.toString() : named);
    return made ? opened(choice, localProject) : existing(choice, localProject);
  }

  /** The catalog on the other side of a move. */
  ArtifactCatalog there(String fileOrUrl) {
    return existing(chosen(fileOrUrl), project.get());
  }

  /** Who acts: the one that {@code --actor} names, else this process's user. */
  String actor() {
    var named = actor.get();
    return named == null ? System.getProperty("user.name", "unknown") : named;
  }

  private ArtifactCatalog opened(BackendChoice choice, @Nullable String inProject) {
    var then = asOf.get() == null ? null : AsOf.parse(asOf.get(), Instant.now());
    var opened = ArtifactCatalog.open(choice.open());
    try {
      var by = actor.get();
      var seen = inProject == null ? opened : opened.project(inProject);
      var seenThen = then == null ? seen : seen.asOf(then);
      return by == null ? seenThen : seenThen.actor(by);
    } catch (CatalogException e) {
      opened.close();
      throw e;
    }
  }
}
