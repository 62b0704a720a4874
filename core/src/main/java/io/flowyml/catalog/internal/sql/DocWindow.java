package io.flowyml.catalog.internal.sql;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bits of some consecutive chunks of documents; {@code null} for a chunk without any. */
@SuppressWarnings("ArrayRecordComponent")
record DocWindow(long low, long[] @Nullable [] chunks) {
  static DocWindow empty(long low, long high) {
    return new DocWindow(low, new long[(int) (high - low + 1)] @Nullable []);
  }

  long high() {
    return low + chunks.length - 1;
  }

  void add(long doc) {
    int at = (int) (Chunk.of(doc) - low);
    var words = chunks[at];
    if (words == null) {
      words = new long[Chunk.WORDS];
      chunks[at] = words;
    }
    Chunk.set(words, Chunk.bit(doc));
  }

  void or(long chunk, long @Nullable [] more) {
    Chunk.or(chunks, (int) (chunk - low), more);
  }

  /** Adds what another window of the same chunks has. */
  void or(DocWindow other) {
    for (int c = 0; c < chunks.length; c++) {
      Chunk.or(chunks, c, other.chunks[c]);
    }
  }

  /** Leaves what another window of the same chunks has too. */
  void and(DocWindow other) {
    for (int c = 0; c < chunks.length; c++) {
      var words = chunks[c];
      var more = other.chunks[c];
      if (words == null || more == null) {
        chunks[c] = null;
      } else {
        for (int w = 0; w < Chunk.WORDS; w++) {
          words[w] &= more[w];
        }
      }
    }
  }

  /** Takes out what another window of the same chunks has. */
  void andNot(DocWindow other) {
    for (int c = 0; c < chunks.length; c++) {
      Chunk.andNot(chunks[c], other.chunks[c]);
    }
  }

  void clear() {
    Arrays.fill(chunks, null);
  }

  DocWindow copy() {
    var copy = empty(low, high());
    copy.or(this);
    return copy;
  }

  boolean isEmpty() {
    return Chunk.areEmpty(chunks);
  }
}
