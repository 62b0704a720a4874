package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

final class ExportCommand extends Subcommand {
  private final Value<String> file =
      optionalArgument("FILE", "-", "Where to; without it, or as -, stdout.");

  ExportCommand(RootCommand root) {
    super(root, "export", "Write the project as JSON Lines.");
    description(
        "With ids, versions, history and tombstones; import reads it. A file of that name is"
            + " replaced once",
        "all is written.");
    examples(
        "  flowyml-catalog export catalog.jsonl",
        "  flowyml-catalog export | gzip > catalog.jsonl.gz");
  }

  @Override
  void run() {
    try (var catalog = existing()) {
      var target = file.get();
      if (target.equals("-")) {
        catalog.export(out());
      } else {
        exportTo(catalog, Path.of(target).toAbsolutePath());
        messages().note("exported to " + target);
      }
    }
  }

  /** Beside the target first, so that a failure leaves no half of an export under its name. */
  private static void exportTo(ArtifactCatalog catalog, Path target) {
    var unfinished = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (var stream = Files.newOutputStream(unfinished)) {
        var lines = new Lines(stream);
        catalog.export(lines);
        lines.flush();
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (Lines.Failed e) {
      throw unwritable(target, e.reason());
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      remove(unfinished);
    }
  }

  private static CatalogException unwritable(Path target, IOException e) {
    return new CatalogException(
        ErrorCode.STORAGE, "file %s cannot be written: %s".formatted(target, Reading.reason(e)), e);
  }

  private static void remove(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw unwritable(unfinished, e);
    }
  }
}
