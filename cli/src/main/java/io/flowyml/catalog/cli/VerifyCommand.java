package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.internal.hash.ContentHash;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class VerifyCommand extends Subcommand {
  private final Value<List<String>> query = arguments("QUERY", 0, "Only what this query finds.");

  VerifyCommand(RootCommand root) {
    super(root, "verify", "Hash again what file: uris point at.");
    description(
        "Of all artifacts, or those that a query finds, it says: ok; changed; vanished; unproven,"
            + " where the",
        "hash was declared by a client and is not that of the bytes; skipped, where there is no"
            + " hash or no",
        "file: uri. If something changed or vanished, that is the error \"corrupt\", exit code 5.");
    examples("  flowyml-catalog verify", "  flowyml-catalog verify alias:production");
  }

  /** What became of the content. */
  enum Status {
    OK,
    CHANGED,
    VANISHED,
    UNPROVEN,
    SKIPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Finding(Status status, @Nullable String actualHash) {}

  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
  private final List<Map<String, @Nullable Object>> items = new ArrayList<>();

  @Override
  void run() {
    if (answers().format() == Format.CSV) {
      answers()
          .csv(List.of("status", "id", "name", "version", "uri", "content_hash", "actual_hash"));
    }
    try (var catalog = existing()) {
      @Nullable String cursor = null;
      do {
        var page = page(catalog, cursor);
        page.forEach(artifact -> answer(artifact, checked(artifact)));
        cursor = page.nextCursor();
      } while (cursor != null);
    }
    if (answers().format() == Format.JSON) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      map.put("items", items);
      answers().json(map);
    }
    summarize();
  }

  private Page<Artifact> page(ArtifactCatalog catalog, @Nullable String cursor) {
    return query.get().isEmpty()
        ? catalog.list(ListFilter.all().limit(Limits.PAGE).cursor(cursor))
        : catalog.search(String.join(" ", query.get()), Limits.PAGE, cursor);
  }

  private Finding checked(Artifact artifact) {
    var file = artifact.uri() == null ? null : localFile(artifact.uri());
    if (file == null || artifact.contentHash() == null) {
      return new Finding(Status.SKIPPED, null);
    }
    try (var progress = Reading.progress(root(), file)) {
      var actual = ContentHash.of(new Content.Files(file), progress).hash();
      if (actual.equals(artifact.contentHash())) {
        return new Finding(Status.OK, actual);
      }
      boolean computed = artifact.hashOrigin() == HashOrigin.COMPUTED;
      return new Finding(computed ? Status.CHANGED : Status.UNPROVEN, actual);
    } catch (CatalogException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return new Finding(Status.VANISHED, null);
      }
      throw e;
    }
  }

  /** The file of a {@code file:} URI of this machine; {@code null} for any other text. */
  private static @Nullable Path localFile(String uri) {
    if (!uri.regionMatches(true, 0, "file:", 0, 5)) {
      return null;
    }
    try {
      return Path.of(URI.create(uri));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return null; // names another machine, or is no URI: skipped, which the answer says
    }
  }

  private void answer(Artifact artifact, Finding finding) {
    counts.merge(finding.status(), 1, Integer::sum);
    switch (answers().format()) {
      case TABLE -> {
        var status = Text.padded(finding.status().toString(), 9);
        out()
            .line(
                coloured(finding.status(), status)
                    + Text.oneLine(
                        artifact.name()
                            + ":"
                            + artifact.version()
                            + "  "
                            + (artifact.uri() == null ? "(no uri)" : artifact.uri())));
        out().flush();
      }
      case IDS -> {
        if (isBad(finding.status())) {
          answers().line(artifact.id());
        }
      }
      case CSV ->
          answers()
              .csv(
                  List.of(
                      finding.status().toString(),
                      artifact.id(),
                      artifact.name(),
                      artifact.version(),
                      orEmpty(artifact.uri()),
                      orEmpty(artifact.contentHash()),
                      orEmpty(finding.actualHash())));
      case JSON -> items.add(item(artifact, finding));
    }
  }

  private static Map<String, @Nullable Object> item(Artifact artifact, Finding finding) {
    var item = new LinkedHashMap<String, @Nullable Object>();
    item.put("status", finding.status().toString());
    item.put("id", artifact.id());
    item.put("name", artifact.name());
    item.put("version", artifact.version());
    if (artifact.uri() != null) {
      item.put("uri", artifact.uri());
    }
    if (artifact.contentHash() != null) {
      item.put("content_hash", artifact.contentHash());
    }
    if (finding.actualHash() != null) {
      item.put("actual_hash", finding.actualHash());
    }
    return item;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static boolean isBad(Status status) {
    return status == Status.CHANGED || status == Status.VANISHED;
  }

  private String coloured(Status status, String text) {
    return switch (status) {
      case OK -> answers().style().good(text);
      case CHANGED, VANISHED -> answers().style().bad(text);
      case UNPROVEN, SKIPPED -> answers().style().dim(text);
    };
  }

  private void summarize() {
    var parts = new ArrayList<String>();
    counts.forEach((status, count) -> parts.add(count + " " + status));
    var summary = parts.isEmpty() ? "nothing to verify" : String.join(", ", parts);
    if (counts.keySet().stream().anyMatch(VerifyCommand::isBad)) {
      throw new CatalogException(
          ErrorCode.CORRUPT,
          "content is not what was registered: %s; restore the files, or register them as new versions"
              .formatted(summary));
    }
    messages().note(summary);
  }
}
