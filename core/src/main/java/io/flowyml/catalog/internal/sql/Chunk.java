package io.flowyml.catalog.internal.sql;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * 4,096 consecutive documents as bits, and as they are stored: two bytes for each that is in, or
 * all bits as 512 bytes where that is shorter.
 */
final class Chunk {
  static final int BITS = 12;
  static final int SIZE = 1 << BITS;
  static final int WORDS = SIZE / Long.SIZE;
  private static final int DENSE_BYTES = SIZE / Byte.SIZE;

  private Chunk() {}

  static long of(long doc) {
    return doc >> BITS;
  }

  static int bit(long doc) {
    return (int) (doc & (SIZE - 1));
  }

  static void set(long[] words, int bit) {
    words[bit >> 6] |= 1L << bit;
  }

  static void clear(long[] words, int bit) {
    words[bit >> 6] &= ~(1L << bit);
  }

  /** Clears a bit and all above it. */
  static void clearFrom(long[] words, int bit) {
    for (int w = bit >> 6; w < WORDS; w++) {
      words[w] &= w > bit >> 6 ? 0 : (1L << bit) - 1;
    }
  }

  static boolean has(long[] words, int bit) {
    return (words[bit >> 6] & 1L << bit) != 0;
  }

  static long[] and(long[] a, long[] b) {
    var both = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      both[i] = a[i] & b[i];
    }
    return both;
  }

  private static void or(long[] words, long[] more) {
    for (int w = 0; w < WORDS; w++) {
      words[w] |= more[w];
    }
  }

  /** Adds bits to one of some chunks, of which each may be {@code null} where it has none. */
  static void or(long[] @Nullable [] chunks, int at, long @Nullable [] more) {
    if (more == null) {
      return;
    }
    var words = chunks[at];
    if (words == null) {
      chunks[at] = more.clone();
    } else {
      or(words, more);
    }
  }

  static void andNot(long @Nullable [] words, long @Nullable [] less) {
    if (words != null && less != null) {
      for (int w = 0; w < WORDS; w++) {
        words[w] &= ~less[w];
      }
    }
  }

  static int countBoth(long[] a, long[] b) {
    int n = 0;
    for (int i = 0; i < WORDS; i++) {
      n += Long.bitCount(a[i] & b[i]);
    }
    return n;
  }

  static int count(long[] words) {
    int n = 0;
    for (long word : words) {
      n += Long.bitCount(word);
    }
    return n;
  }

  static void each(long[] words, java.util.function.IntConsumer bit) {
    for (int i = 0; i < WORDS; i++) {
      for (long word = words[i]; word != 0; word &= word - 1) {
        bit.accept(i * Long.SIZE + Long.numberOfTrailingZeros(word));
      }
    }
  }

  static byte[] encode(long[] words) {
    int n = count(words);
    if (2 * n >= DENSE_BYTES) {
      var dense = new byte[DENSE_BYTES];
      for (int i = 0; i < WORDS; i++) {
        for (int b = 0; b < Long.BYTES; b++) {
          dense[i * Long.BYTES + b] = (byte) (words[i] >>> (b * Byte.SIZE));
        }
      }
      return dense;
    }
    var sparse = new byte[2 * n];
    int at = 0;
    for (int i = 0; i < WORDS; i++) {
      for (long word = words[i]; word != 0; word &= word - 1) {
        int bit = i * Long.SIZE + Long.numberOfTrailingZeros(word);
        sparse[at++] = (byte) (bit >> 8);
        sparse[at++] = (byte) bit;
      }
    }
    return sparse;
  }

  /**
   * @param bits in ascending order
   * @param n how many of them count
   */
  static byte[] encode(int[] bits, int n) {
    if (2 * n >= DENSE_BYTES) {
      var words = new long[WORDS];
      for (int i = 0; i < n; i++) {
        set(words, bits[i]);
      }
      return encode(words);
    }
    var sparse = new byte[2 * n];
    for (int i = 0; i < n; i++) {
      sparse[2 * i] = (byte) (bits[i] >> 8);
      sparse[2 * i + 1] = (byte) bits[i];
    }
    return sparse;
  }

  /** Adds what is stored to the bits. */
  static void decodeInto(byte[] stored, long[] words) {
    if (stored.length == DENSE_BYTES) {
      var longs = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < WORDS; i++) {
        words[i] |= longs.getLong(i * Long.BYTES);
      }
      return;
    }
    for (int at = 0; at < stored.length; at += 2) {
      set(words, ((stored[at] & 0xff) << 8) | (stored[at + 1] & 0xff));
    }
  }

  static long[] decode(byte[] stored) {
    var words = new long[WORDS];
    decodeInto(stored, words);
    return words;
  }

  static boolean isEmpty(long[] words) {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  static boolean areEmpty(long[] @Nullable [] chunks) {
    for (var words : chunks) {
      if (words != null && !isEmpty(words)) {
        return false;
      }
    }
    return true;
  }
}
