package io.flowyml.catalog.server.api;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.sql.LineReader;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JSON Lines in, a line for each out in the same order, with its number. A line that is no item is
 * answered as a refused one and stops nobody. All of the body is read before the answer begins,
 * since most clients listen only when they have sent everything.
 */
final class Batch<T> {
  private static final int ITEMS = 500;
  private static final int CHARACTERS = 4 << 20;

  private final Function<Map<String, @Nullable Object>, T> parse;
  private final Function<List<T>, List<Map<String, @Nullable Object>>> work;
  private final Function<CatalogException, Map<String, @Nullable Object>> refuse;
  private final Spool answer = new Spool();

  /** Lines that wait for their turn: an item, or what is answered without one. */
  private final List<Line<T>> waiting = new ArrayList<>();

  private Batch(
      Function<Map<String, @Nullable Object>, T> parse,
      Function<List<T>, List<Map<String, @Nullable Object>>> work,
      Function<CatalogException, Map<String, @Nullable Object>> refuse) {
    this.parse = parse;
    this.work = work;
    this.refuse = refuse;
  }

  private record Line<T>(long number, @Nullable T item, Map<String, @Nullable Object> refusal) {}

  /**
   * Answers a call with lines.
   *
   * @param work does a part of the items, and has a result for each
   * @param refuse the result of a line that is no item
   */
  static <T> Answer answer(
      Call call,
      Function<Map<String, @Nullable Object>, T> parse,
      Function<List<T>, List<Map<String, @Nullable Object>>> work,
      Function<CatalogException, Map<String, @Nullable Object>> refuse) {
    var batch = new Batch<>(parse, work, refuse);
    try {
      batch.read(new LineReader(call.lines()));
      return Answer.lines(batch.answer::moveTo);
    } catch (RuntimeException e) {
      batch.answer.close();
      throw e;
    } catch (IOException e) {
      batch.answer.close();
      throw Spool.full(e);
    }
  }

  private void read(LineReader lines) throws IOException {
    long characters = 0;
    for (var line = next(lines); line != null; line = next(lines)) {
      waiting.add(parsed(line));
      var text = line.text();
      characters += text == null ? 0 : text.length();
      if (waiting.size() >= ITEMS || characters >= CHARACTERS) {
        work();
        characters = 0;
      }
    }
    work();
  }

  /**
   * The next line; {@code null} at the end. Bytes that are no text end the batch: with the request
   * where nothing was done yet, else with a last line that is refused.
   */
  private LineReader.@Nullable Line next(LineReader lines) throws IOException {
    try {
      return lines.next(Limits.BATCH_LINE_BYTES);
    } catch (CatalogException e) {
      if (answer.isEmpty()) {
        throw e;
      }
      work();
      var map = new LinkedHashMap<String, @Nullable Object>();
      map.put("line", e.facts().get("line"));
      map.putAll(refuse.apply(e));
      answer.line(Json.write(map));
      return null;
    }
  }

  private Line<T> parsed(LineReader.Line line) {
    try {
      var text = line.text();
      if (text == null) {
        throw new CatalogException(
            ErrorCode.LIMIT_EXCEEDED,
            "it has more than %d bytes; keep large values in files"
                .formatted(Limits.BATCH_LINE_BYTES));
      }
      return new Line<>(
          line.number(), parse.apply(Json.parseObject(text, "it", Call.JSON_DEPTH)), Map.of());
    } catch (CatalogException e) {
      var facts = new LinkedHashMap<String, Object>(e.facts());
      facts.put("line", line.number());
      var named =
          new CatalogException(
              e.code(), "line %d: %s".formatted(line.number(), e.getMessage()), facts, e);
      return new Line<>(line.number(), null, refuse.apply(named));
    }
  }

  private void work() throws IOException {
    var items = new ArrayList<T>();
    for (var line : waiting) {
      if (line.item() != null) {
        items.add(line.item());
      }
    }
    var results = work.apply(items).iterator();
    for (var line : waiting) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      map.put("line", line.number());
      map.putAll(line.item() == null ? line.refusal() : results.next());
      answer.line(Json.write(map));
    }
    waiting.clear();
  }
}
