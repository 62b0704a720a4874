package io.flowyml.catalog.internal.sql;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Documents as bits in memory, all of them at once. */
final class DocBits {
  private static final int WINDOW = 64;

  private final long[] @Nullable [] chunks;

  /**
   * @param top the last chunk that there may be; -1 for none
   */
  DocBits(long top) {
    this.chunks = new long[(int) (top + 1)] @Nullable [];
  }

  static DocBits of(Session session, DocSet set) {
    return newest(session, set, Long.MAX_VALUE);
  }

  /** All documents of a set, or its newest ones, not many more than wanted. */
  static DocBits newest(Session session, DocSet set, long wanted) {
    var bits = new DocBits(set.top());
    long found = 0;
    for (long high = set.top(); high >= 0 && found < wanted; high -= WINDOW) {
      long low = Math.max(0, high - WINDOW + 1);
      var window = set.window(session, low, high);
      for (int c = 0; c < window.chunks().length; c++) {
        var words = window.chunks()[c];
        if (words != null && !Chunk.isEmpty(words)) {
          bits.chunks[(int) low + c] = words;
          found += Chunk.count(words);
        }
      }
    }
    return bits;
  }

  /** What both have. */
  static DocBits both(DocBits a, DocBits b) {
    var both = new DocBits(Math.min(a.top(), b.top()));
    for (int c = 0; c < both.chunks.length; c++) {
      var words = a.chunks[c];
      var more = b.chunks[c];
      if (words != null && more != null) {
        both.chunks[c] = Chunk.and(words, more);
      }
    }
    return both;
  }

  long top() {
    return chunks.length - 1L;
  }

  /** The bits of a chunk, not to be changed; {@code null} where it has none. */
  long @Nullable [] chunk(long chunk) {
    return chunk < chunks.length ? chunks[(int) chunk] : null;
  }

  boolean has(long doc) {
    var words = chunk(Chunk.of(doc));
    return words != null && Chunk.has(words, Chunk.bit(doc));
  }

  void add(long doc) {
    int chunk = (int) Chunk.of(doc);
    var words = chunks[chunk];
    if (words == null) {
      words = new long[Chunk.WORDS];
      chunks[chunk] = words;
    }
    Chunk.set(words, Chunk.bit(doc));
  }

  void remove(long doc) {
    var words = chunk(Chunk.of(doc));
    if (words != null) {
      Chunk.clear(words, Chunk.bit(doc));
    }
  }

  void addAll(DocBits others) {
    for (int c = 0; c < others.chunks.length; c++) {
      or(c, others.chunks[c]);
    }
  }

  void or(int chunk, long @Nullable [] more) {
    Chunk.or(chunks, chunk, more);
  }

  void removeAll(DocBits others) {
    for (int c = 0; c < Math.min(chunks.length, others.chunks.length); c++) {
      Chunk.andNot(chunks[c], others.chunks[c]);
    }
  }

  DocBits copy() {
    var copy = new DocBits(top());
    copy.addAll(this);
    return copy;
  }

  long count() {
    long n = 0;
    for (var words : chunks) {
      if (words != null) {
        n += Chunk.count(words);
      }
    }
    return n;
  }

  boolean isEmpty() {
    return Chunk.areEmpty(chunks);
  }

  /** Hands over each, newest first. */
  void newestFirst(LongConsumer each) {
    for (int c = chunks.length - 1; c >= 0; c--) {
      var words = chunks[c];
      for (int w = Chunk.WORDS - 1; words != null && w >= 0; w--) {
        long word = words[w];
        while (word != 0) {
          int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(word);
          word &= ~(1L << bit);
          each.accept(((long) c << Chunk.BITS) + (long) w * Long.SIZE + bit);
        }
      }
    }
  }
}
