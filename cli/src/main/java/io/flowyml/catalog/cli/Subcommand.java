package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One command: its options and arguments as fields, and what it does. They are declared by calls
 * and not by annotations, since reading annotations takes longer than most answers.
 */
abstract class Subcommand implements Callable<Integer> {
  private final RootCommand root;
  private final CommandSpec spec;
  private int arguments;

  /**
   * @param header what it does in one sentence, for the list of commands too
   */
  Subcommand(RootCommand root, String name, String header) {
    this.root = root;
    this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
    spec.usageMessage()
        .header(header)
        .synopsisHeading("%nUsage: ")
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .footerHeading("%nExamples:%n")
        .abbreviateSynopsis(true)
        .sortOptions(false);
    spec.addOption(RootCommand.helpOption("Show this help and exit."));
  }

  /** Does it; whatever goes wrong is a {@link io.flowyml.catalog.CatalogException}. */
  abstract void run();

  @Override
  public final Integer call() {
    if (root.format() == Format.JSON) {
      messages().errorsAsJson();
    }
    run();
    return messages().exitCode();
  }

  final CommandSpec spec() {
    return spec;
  }

  /** What the help says below the usage. */
  final void description(String... lines) {
    spec.usageMessage().descriptionHeading("%n").description(lines);
  }

  final void examples(String... lines) {
    spec.usageMessage().footer(lines);
  }

  /** Lines of usage in place of the one that the parser would write. */
  final void usage(String... lines) {
    spec.usageMessage().customSynopsis(lines);
  }

  /** An argument that must be there. */
  final Value<String> argument(String label, String description) {
    return new Value<>(positional(label, Integer.toString(arguments++), "1", description), "");
  }

  /** An argument that may be left out, and is {@code absent} then. */
  final Value<String> optionalArgument(String label, String absent, String description) {
    return new Value<>(
        positional(label, Integer.toString(arguments++), "0..1", description), absent);
  }

  /** An argument that may be left out. */
  final Value<@Nullable String> optionalArgument(String label, String description) {
    return new Value<@Nullable String>(
        positional(label, Integer.toString(arguments++), "0..1", description), null);
  }

  /** All further arguments. */
  final Value<List<String>> arguments(String label, int least, String description) {
    var argument =
        PositionalParamSpec.builder()
            .paramLabel(label)
            .index(arguments + "..*")
            .arity(least + "..*")
            .required(least > 0)
            .description(description)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build();
    spec.addPositional(argument);
    return new Value<>(argument, List.of());
  }

  private PositionalParamSpec positional(
      String label, String index, String arity, String description) {
    var argument =
        PositionalParamSpec.builder()
            .paramLabel(label)
            .index(index)
            .arity(arity)
            .required(arity.equals("1"))
            .description(description)
            .type(String.class)
            .build();
    spec.addPositional(argument);
    return argument;
  }

  /** An option with a text. */
  final Value<@Nullable String> option(String name, String label, String description) {
    return new Value<@Nullable String>(
        added(OptionSpec.builder(name).paramLabel(label).type(String.class), description), null);
  }

  /** An option with a text, which may be given many times. */
  final Value<List<String>> options(String name, String label, String description) {
    var builder =
        OptionSpec.builder(name)
            .paramLabel(label)
            .arity("1")
            .type(List.class)
            .auxiliaryTypes(String.class);
    return new Value<>(added(builder, description), List.of());
  }

  /** An option with a whole number, which is {@code absent} without it. */
  final Value<Integer> number(String name, String label, int absent, String description) {
    return new Value<>(
        added(OptionSpec.builder(name).paramLabel(label).type(Integer.class), description), absent);
  }

  /** An option with a whole number. */
  final Value<@Nullable Integer> number(String name, String label, String description) {
    return new Value<@Nullable Integer>(
        added(OptionSpec.builder(name).paramLabel(label).type(Integer.class), description), null);
  }

  /** An option with a constant, written in lower case. */
  final <E extends Enum<E>> Value<@Nullable E> choice(
      String name, String label, Class<E> type, String description) {
    return new Value<@Nullable E>(
        added(OptionSpec.builder(name).paramLabel(label).type(type), description), null);
  }

  /** An option without a value. */
  final Value<Boolean> flag(String name, String description) {
    return new Value<>(added(OptionSpec.builder(name).type(boolean.class), description), false);
  }

  private OptionSpec added(OptionSpec.Builder builder, String description) {
    var option = builder.description(description).build();
    spec.addOption(option);
    return option;
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
