package io.flowyml.catalog.internal.sql;

import java.util.Arrays;

/**
 * The documents of a term among a span of 256 chunks, while they are few: one row instead of one in
 * each chunk. Stored as the distances between them, seven bits a byte.
 */
final class FewDocs {
  /** More than so many stand in rows of their chunks. */
  static final int MOST = 512;

  static final int CHUNK_BITS = 8;
  static final int CHUNKS = 1 << CHUNK_BITS;

  /** What is stored where the documents are not few: look at the chunks. */
  private static final byte[] MANY = {};

  private static final int PAYLOAD_BITS = 7;
  private static final int CONTINUES = 1 << PAYLOAD_BITS;

  private FewDocs() {}

  static long spanOfChunk(long chunk) {
    return chunk >> CHUNK_BITS;
  }

  /** Under which chunk a span is stored. */
  static long row(long span) {
    return -1 - span;
  }

  static long firstChunk(long span) {
    return span << CHUNK_BITS;
  }

  static byte[] many() {
    return MANY;
  }

  static boolean areMany(byte[] stored) {
    return stored.length == 0;
  }

  /**
   * @param offsets from the span's first document, ascending
   */
  static byte[] encode(int[] offsets, int n) {
    var bytes = new byte[n * 3];
    int at = 0;
    int before = -1;
    for (int i = 0; i < n; i++) {
      int distance = offsets[i] - before - 1;
      before = offsets[i];
      while (distance >= CONTINUES) {
        bytes[at++] = (byte) (distance | CONTINUES);
        distance >>>= PAYLOAD_BITS;
      }
      bytes[at++] = (byte) distance;
    }
    return Arrays.copyOf(bytes, at);
  }

  /** Ascending offsets from the span's first document. */
  static int[] decode(byte[] stored) {
    var offsets = new int[stored.length];
    int n = 0;
    int before = -1;
    for (int at = 0; at < stored.length; ) {
      int distance = 0;
      int shift = 0;
      int b;
      do {
        b = stored[at++];
        distance |= (b & CONTINUES - 1) << shift;
        shift += PAYLOAD_BITS;
      } while ((b & CONTINUES) != 0);
      before += distance + 1;
      offsets[n++] = before;
    }
    return Arrays.copyOf(offsets, n);
  }
}
