package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** One command: its options as fields, and what it does. */
@Command(
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    abbreviateSynopsis = true,
    sortOptions = false)
abstract class Subcommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // the parser sets it
  private RootCommand root;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /** Does it; whatever goes wrong is a {@link io.flowyml.catalog.CatalogException}. */
  abstract void run();

  @Override
  public final Integer call() {
    if (root.format == Format.JSON) {
      messages().errorsAsJson();
    }
    run();
    return messages().exitCode();
  }

  final RootCommand root() {
    return root;
  }

  final Messages messages() {
    return root.messages();
  }

  final Lines out() {
    return root.out();
  }

  final Answers answers() {
    return root.answers();
  }

  /** The catalog that is there; {@code no_catalog} where none is. */
  final ArtifactCatalog existing() {
    return root.existing();
  }
}
