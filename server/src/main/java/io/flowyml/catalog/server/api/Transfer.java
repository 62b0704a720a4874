package io.flowyml.catalog.server.api;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.OutcomeJson;
import io.flowyml.catalog.internal.json.ProblemJson;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What concerns a whole project. */
final class Transfer {
  private Transfer() {}

  /** One consistent state as JSON Lines; with {@code after} what happened since, a page of it. */
  static Answer export(Call call) {
    var catalog = call.catalog(); // a project that cannot be is refused before the answer begins
    if (call.query("after") != null) {
      var events = new StringBuilder();
      catalog.exportEvents(call.number("after", 0), call.number("limit", Limits.PAGE), events);
      return Answer.text("application/x-ndjson", events.toString());
    }
    if (call.query("limit") != null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "limit goes with after; an export without it is whole",
          Map.of("field", "limit"),
          null);
    }
    return Answer.lines(
        out -> {
          var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          catalog.export(writer);
          writer.flush();
        });
  }

  /**
   * Lines that an export wrote, or plain records, by the tolerant rules; an outcome for each record
   * out. Where it fails after some were durable, a last line {@code {"error": ...}} says so.
   */
  static Answer importLines(Call call) {
    var answer = new Spool();
    try {
      call.catalog().importLines(call.lines(), outcome -> add(answer, outcome));
    } catch (CatalogException e) {
      if (answer.isEmpty()) {
        throw e;
      }
      add(answer, Map.of("error", ProblemJson.toMap(e)));
    } catch (RuntimeException e) {
      answer.close();
      throw e;
    }
    return Answer.lines(answer::moveTo);
  }

  private static void add(Spool answer, Outcome outcome) {
    add(answer, OutcomeJson.toMap(outcome));
  }

  private static void add(Spool answer, Map<String, ? extends @Nullable Object> line) {
    try {
      answer.line(Json.write(line));
    } catch (IOException e) {
      throw Spool.full(e);
    }
  }

  static Answer purge(Call call) {
    var fields = new Fields(call.json(), "the request body");
    fields.refuseOthers(Set.of("older_than", "dry_run"));
    var report = call.catalog().purge(olderThan(fields), fields.flag("dry_run"));
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("ids", report.ids());
    map.put("dry_run", report.dryRun());
    return Answer.json(map);
  }

  private static Duration olderThan(Fields fields) {
    var text = fields.neededText("older_than");
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw fields.refused("older_than", "is no ISO 8601 duration like P30D or PT0S");
    }
  }
}
