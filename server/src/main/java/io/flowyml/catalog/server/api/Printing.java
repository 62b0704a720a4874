package io.flowyml.catalog.server.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.server.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Prints records and pages. A record that does not change is read as the same object each time, and
 * printed once: what is kept goes with it.
 */
final class Printing {
  /** No more than this part of the heap. */
  private static final int PART = 16;

  private static final int OVERHEAD = 200;

  private static final Cache<Artifact, Printed> RECORDS =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumWeight(Runtime.getRuntime().maxMemory() / PART)
          .<Artifact, Printed>weigher((artifact, printed) -> printed.bytes().length + OVERHEAD)
          .build();

  private static final byte[] BEGIN = "{\"items\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CURSOR = "],\"next_cursor\":".getBytes(StandardCharsets.US_ASCII);

  private Printing() {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Printed(byte[] bytes, String tag) {
    static Printed of(Artifact artifact) {
      var bytes = Json.bytes(ArtifactJson.toMap(artifact));
      return new Printed(bytes, Answer.tag(bytes));
    }
  }

  /** The record as {@link ArtifactJson} has it; not to be written to. */
  static byte[] record(Artifact artifact) {
    return RECORDS.get(artifact, Printed::of).bytes();
  }

  /** 200 with the record and its tag. */
  static Answer answer(Artifact artifact) {
    var printed = RECORDS.get(artifact, Printed::of);
    return Answer.json(printed.bytes(), printed.tag());
  }

  /** {@code {"items": [...], "next_cursor": ...}}; the cursor is left out on the last page. */
  static <T> byte[] page(Page<T> page, Function<? super T, byte[]> print) {
    var out = new ByteArrayOutputStream(1 << 15);
    out.writeBytes(BEGIN);
    var first = true;
    for (var item : page) {
      if (!first) {
        out.write(',');
      }
      first = false;
      out.writeBytes(print.apply(item));
    }
    var cursor = page.nextCursor();
    if (cursor == null) {
      out.write(']');
    } else {
      out.writeBytes(CURSOR);
      out.writeBytes(Json.bytes(cursor));
    }
    out.write('}');
    return out.toByteArray();
  }
}
