package io.flowyml.catalog.cli;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.EventJson;
import io.flowyml.catalog.internal.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a command answers, in the format that was asked for. */
final class Answers {
  private final Format format;
  private final Lines out;
  private final Messages messages;
  private final Terminal terminal;
  private final Style style;

  Answers(Format format, Lines out, Messages messages, Terminal terminal) {
    this.format = format;
    this.out = out;
    this.messages = messages;
    this.terminal = terminal;
    this.style = new Style(terminal.colours());
  }

  Format format() {
    return format;
  }

  Style style() {
    return style;
  }

  /** One artifact, whole. */
  void artifact(Artifact artifact) {
    switch (format) {
      case TABLE -> {
        out.line(style.title(Text.oneLine(artifact.name() + ":" + artifact.version())));
        fields(ArtifactRows.fields(artifact));
      }
      case JSON -> json(ArtifactJson.toMap(artifact));
      case IDS -> out.line(artifact.id());
      case CSV -> {
        csv(ArtifactRows.CSV_TITLES);
        csv(ArtifactRows.csv(artifact));
      }
    }
  }

  /** A page of artifacts. */
  void artifacts(Page<Artifact> page) {
    switch (format) {
      case TABLE -> {
        if (page.items().isEmpty()) {
          messages.note("nothing found");
        } else {
          table(ArtifactRows.table(page.items(), terminal.outIsTerminal(), Instant.now()));
        }
      }
      case JSON -> json(ArtifactJson.page(page, ArtifactJson::toMap));
      case IDS -> page.forEach(artifact -> out.line(artifact.id()));
      case CSV -> {
        csv(ArtifactRows.CSV_TITLES);
        page.forEach(artifact -> csv(ArtifactRows.csv(artifact)));
      }
    }
    noteMore(page);
  }

  /** A page of events. */
  void events(Page<Event> page) {
    switch (format) {
      case TABLE -> table(EventRows.table(page.items(), terminal.outIsTerminal(), Instant.now()));
      case JSON -> json(ArtifactJson.page(page, EventJson::toMap));
      case IDS -> throw unfit("history");
      case CSV -> {
        csv(EventRows.CSV_TITLES);
        page.forEach(event -> csv(EventRows.csv(event)));
      }
    }
    noteMore(page);
  }

  /** JSON has the cursor in its answer; all other formats have it said beside. */
  private void noteMore(Page<?> page) {
    if (page.nextCursor() != null && format != Format.JSON) {
      messages.note("there is more: --cursor " + page.nextCursor());
    }
  }

  /** Names and values in two columns, a long value folded within its own. */
  void fields(List<Map.Entry<String, String>> fields) {
    int widest = 0;
    for (var field : fields) {
      widest = Math.max(widest, field.getKey().length());
    }
    int width = Math.max(20, terminal.width().getAsInt() - widest - 2);
    for (var field : fields) {
      var name = style.dim(Text.padded(field.getKey(), widest));
      for (var line : Text.folded(Text.oneLine(field.getValue()), width)) {
        out.line((name + "  " + line).stripTrailing());
        name = " ".repeat(widest);
      }
    }
  }

  void table(Table table) {
    table.lines(terminal.width().getAsInt(), style).forEach(out::line);
  }

  /** Spread over lines for eyes, in one line for programs. */
  void json(@Nullable Object value) {
    out.line(terminal.outIsTerminal() ? Json.writePretty(value) : Json.write(value));
  }

  void csv(List<String> cells) {
    var row = Csv.row(cells);
    out.line(terminal.outIsTerminal() ? Text.printable(row) : row);
  }

  /** A line of text, made safe for a terminal. */
  void line(String text) {
    out.line(Text.oneLine(text));
  }

  /** The error for a format that the command has no answer in. */
  CatalogException unfit(String command) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "%s cannot answer as %s; leave -o away, or use -o json".formatted(command, format));
  }
}
