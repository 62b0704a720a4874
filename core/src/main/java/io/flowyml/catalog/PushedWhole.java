package io.flowyml.catalog;

import io.flowyml.catalog.internal.hash.Sha256;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves an export into an empty project, a part at a time: the target keeps the parts until the
 * last one is there, and says how much it has when somebody goes on later.
 */
final class PushedWhole implements Appendable {
  private static final int PART_CHARACTERS = 4 << 20;

  private final ArtifactCatalog source;
  private final ArtifactCatalog target;
  private final LongConsumer progress;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder part = new StringBuilder();
  private @Nullable Map<String, @Nullable Object> header;

  /** The same as long as nothing happens in the source. */
  private String transfer = "";

  /** Lines behind the header: seen so far, and those that the target has. */
  private long seen;

  private long there;

  PushedWhole(ArtifactCatalog source, ArtifactCatalog target, LongConsumer progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  void run() {
    long last = source.stats().seq();
    transfer = digest(Push.page(source, 0, 1).toString() + Push.page(source, last - 1, 1));
    source.export(this);
    if (line.length() > 0 || header == null) {
      throw new CatalogException(
          ErrorCode.UNREACHABLE, "the export broke off within a line; push again");
    }
  }

  long artifacts() {
    return number("artifacts");
  }

  long events() {
    return number("events");
  }

  private long number(String field) {
    return header == null ? 0 : new Fields(header, "the export").neededInteger(field);
  }

  @Override
  public Appendable append(CharSequence text) {
    return append(text, 0, text.length());
  }

  @Override
  public Appendable append(char c) {
    return append(String.valueOf(c), 0, 1);
  }

  @Override
  public Appendable append(CharSequence text, int start, int end) {
    int from = start;
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line.append(text, from, i + 1);
        from = i + 1;
        taken(line.toString());
        line.setLength(0);
      }
    }
    line.append(text, from, end);
    return this;
  }

  private void taken(String text) {
    if (header == null) {
      header = begun(text);
      part();
      return;
    }
    boolean ends = text.startsWith("{\"_end\":");
    if (!ends && seen++ < there) {
      return;
    }
    part.append(text);
    if (ends || part.length() >= PART_CHARACTERS) {
      part();
    }
  }

  private Map<String, @Nullable Object> begun(String text) {
    var fields = new Fields(Json.parseObject(text, "the export"), "the export").object("_export");
    var named = new LinkedHashMap<String, @Nullable Object>(fields);
    named.put("transfer", digest(transfer + text));
    return named;
  }

  private static String digest(String text) {
    var digest = Sha256.start();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }

  /** Sends what came since the last part; the first time nothing, to be told what is there. */
  private void part() {
    try {
      send();
    } catch (CatalogException e) {
      var lines = e.facts().get("lines");
      if (seen > 0 || !(lines instanceof Number number)) {
        throw e;
      }
      there = number.longValue();
    }
    progress.accept(there);
  }

  private void send() {
    var named = new LinkedHashMap<String, @Nullable Object>(header == null ? Map.of() : header);
    named.put("lines", there);
    var text = Json.write(Map.of("_export", named)) + "\n" + part;
    target.importLines(new BufferedReader(new StringReader(text)), outcome -> outcome.orThrow());
    there = Math.max(there, seen);
    part.setLength(0);
  }
}
