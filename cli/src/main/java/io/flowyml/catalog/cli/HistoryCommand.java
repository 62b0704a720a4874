package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.spi.HistoryOf;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class HistoryCommand extends Subcommand {
  private final Value<@Nullable String> reference =
      optionalArgument("REF", "One artifact; deleted ones have a history too.");
  private final Value<@Nullable String> name = option("--name", "NAME", "All versions of a name.");
  private final Value<@Nullable String> alias =
      option("--alias", "NAME@ALIAS", "The moves of an alias.");
  private final Value<Integer> limit =
      number("--limit", "N", Limits.DEFAULT_PAGE, "At most so many, up to 1000; without it 100.");
  private final Value<@Nullable String> cursor =
      option("--cursor", "CURSOR", "Go on where the page before ended.");

  HistoryCommand(RootCommand root) {
    super(root, "history", "Show what happened, oldest first.");
    description("To an artifact, to all versions of a name, or to an alias.");
    examples(
        "  flowyml-catalog history fraud_detector:3",
        "  flowyml-catalog history --name fraud_detector",
        "  flowyml-catalog history --alias fraud_detector@production");
  }

  @Override
  void run() {
    var of = of();
    try (var catalog = existing()) {
      answers().events(catalog.history(of, limit.get(), cursor.get()));
    }
  }

  private HistoryOf of() {
    if (Stream.of(reference.get(), name.get(), alias.get()).filter(Objects::nonNull).count() != 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "whose history? Give one of REF, --name NAME, --alias NAME@ALIAS");
    }
    if (reference.get() != null) {
      return new HistoryOf.OneArtifact(reference.get());
    }
    if (name.get() != null) {
      return new HistoryOf.Name(name.get());
    }
    var pointer = Objects.requireNonNull(alias.get());
    int at = pointer.indexOf('@');
    if (at < 1 || at == pointer.length() - 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          pointer + " is no alias.get(); write it with its name.get(): NAME@ALIAS");
    }
    return new HistoryOf.Alias(pointer.substring(0, at), pointer.substring(at + 1));
  }
}
