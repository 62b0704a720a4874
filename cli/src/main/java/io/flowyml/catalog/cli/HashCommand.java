package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.internal.hash.ContentHash;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.PythonJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class HashCommand extends Subcommand {
  private final Value<List<String>> paths =
      arguments("PATH", 1, "Files and directories; - is stdin.");
  private final Value<Boolean> json = flag("--json", "Hash the JSON value, not the bytes.");

  HashCommand(RootCommand root) {
    super(root, "hash", "Print content hashes as sha256sum does.");
    description(
        "A directory's is what this prints in it:",
        "  find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum",
        "With --json each PATH is a JSON document, hashed as FlowyML hashes its value.");
    examples(
        "  flowyml-catalog hash model.bin data/",
        "  flowyml-catalog hash *.csv | sha256sum -c",
        "  echo '{\"f1\": 0.93}' | flowyml-catalog hash --json -");
  }

  private final List<Map<String, @Nullable Object>> items = new ArrayList<>();

  @Override
  void run() {
    var format = answers().format();
    if (format == Format.IDS) {
      throw answers().unfit("hash");
    }
    if (format == Format.CSV) {
      answers().csv(List.of("content_hash", "size", "path"));
    }
    for (var path : paths.get()) {
      try {
        answer(path, digest(path), format);
      } catch (CatalogException e) {
        messages().error(e); // as sha256sum: the other files are hashed all the same
      }
    }
    if (format == Format.JSON) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      map.put("items", items);
      answers().json(map);
    }
  }

  private Content.Digest digest(String path) {
    if (json.get()) {
      var value = Json.parsePython(Reading.text(root(), path), PythonJson.MAX_DEPTH);
      return ContentHash.of(new Content.Value(value));
    }
    if (path.equals("-")) {
      try (var progress = new Progress(messages(), root().terminal().errIsTerminal(), path, 0)) {
        return ContentHash.of(new Content.Stream(root().terminal().in()), progress);
      }
    }
    var file = Path.of(path);
    try (var progress = Reading.progress(root(), file)) {
      return ContentHash.of(new Content.Files(file), progress);
    }
  }

  private void answer(String path, Content.Digest digest, Format format) {
    switch (format) {
      case TABLE -> {
        out().line(line(digest.hash(), path));
        out().flush();
      }
      case CSV -> answers().csv(List.of(digest.hash(), String.valueOf(digest.size()), path));
      case JSON -> {
        var item = new LinkedHashMap<String, @Nullable Object>();
        item.put("content_hash", digest.hash());
        item.put("size", digest.size());
        item.put("path", path);
        items.add(item);
      }
      case IDS -> throw answers().unfit("hash");
    }
  }

  /** A name with a backslash or a line end is escaped, and a backslash before the line says so. */
  static String line(String hash, String path) {
    var escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return (escaped.equals(path) ? "" : "\\") + hash + "  " + escaped;
  }
}
