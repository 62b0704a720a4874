package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.spi.HistoryOf;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    header = "Show what happened, oldest first.",
    description = {"To an artifact, to all versions of a name, or to an alias."},
    footer = {
      "  flowyml-catalog history fraud_detector:3",
      "  flowyml-catalog history --name fraud_detector",
      "  flowyml-catalog history --alias fraud_detector@production"
    })
final class HistoryCommand extends Subcommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "REF",
      description = "One artifact; deleted ones have a history too.")
  @Nullable String reference;

  @Option(names = "--name", paramLabel = "NAME", description = "All versions of a name.")
  @Nullable String name;

  @Option(names = "--alias", paramLabel = "NAME@ALIAS", description = "The moves of an alias.")
  @Nullable String alias;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, up to 1000; without it 100.")
  int limit = Limits.DEFAULT_PAGE;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where the page before ended.")
  @Nullable String cursor;

  @Override
  void run() {
    var of = of();
    try (var catalog = existing()) {
      answers().events(catalog.history(of, limit, cursor));
    }
  }

  private HistoryOf of() {
    if (Stream.of(reference, name, alias).filter(Objects::nonNull).count() != 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "whose history? Give one of REF, --name NAME, --alias NAME@ALIAS");
    }
    if (reference != null) {
      return new HistoryOf.OneArtifact(reference);
    }
    if (name != null) {
      return new HistoryOf.Name(name);
    }
    var pointer = Objects.requireNonNull(alias);
    int at = pointer.indexOf('@');
    if (at < 1 || at == pointer.length() - 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, pointer + " is no alias; write it with its name: NAME@ALIAS");
    }
    return new HistoryOf.Alias(pointer.substring(0, at), pointer.substring(at + 1));
  }
}
