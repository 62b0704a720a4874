package io.flowyml.catalog.internal.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which documents get and lose which terms; taken document by document in their order. */
final class PostingDeltas {
  private final Map<Terms.Term, List<OfChunk>> byTerm = new LinkedHashMap<>();
  private final long fresh;

  private PostingDeltas(long fresh) {
    this.fresh = fresh;
  }

  /**
   * @param doc no document from this one on was indexed before
   */
  static PostingDeltas freshFrom(long doc) {
    return new PostingDeltas(Chunk.of(doc - 1) + 1);
  }

  static PostingDeltas nothingFresh() {
    return new PostingDeltas(Long.MAX_VALUE);
  }

  /** Chunks from here on have no postings yet. */
  long fresh() {
    return fresh;
  }

  Map<Terms.Term, List<OfChunk>> byTerm() {
    return Collections.unmodifiableMap(byTerm);
  }

  void add(long doc, Set<Terms.Term> before, Set<Terms.Term> after) {
    for (var term : after) {
      if (!before.contains(term)) {
        delta(term, doc).set(Chunk.bit(doc));
      }
    }
    for (var term : before) {
      if (!after.contains(term)) {
        delta(term, doc).clear(Chunk.bit(doc));
      }
    }
  }

  private OfChunk delta(Terms.Term term, long doc) {
    var deltas = byTerm.computeIfAbsent(term, t -> new ArrayList<>(1));
    if (deltas.isEmpty() || deltas.getLast().chunk() != Chunk.of(doc)) {
      deltas.add(new OfChunk(Chunk.of(doc)));
    }
    return deltas.getLast();
  }

  /** Which documents of a chunk get a term, in their order, and which lose it. */
  static final class OfChunk {
    private static final int FEW = 4;

    private final long chunk;
    private int[] set = new int[FEW];
    private int count;
    private long @Nullable [] cleared;

    OfChunk(long chunk) {
      this.chunk = chunk;
    }

    long chunk() {
      return chunk;
    }

    /** How many get it. */
    int count() {
      return count;
    }

    void set(int bit) {
      if (count == set.length) {
        set = Arrays.copyOf(set, 2 * count);
      }
      set[count++] = bit;
    }

    void clear(int bit) {
      if (cleared == null) {
        cleared = new long[Chunk.WORDS];
      }
      Chunk.set(cleared, bit);
    }

    void applyTo(long[] words) {
      Chunk.andNot(words, cleared);
      for (int i = 0; i < count; i++) {
        Chunk.set(words, set[i]);
      }
    }

    /** As a chunk that has nothing else is stored. */
    byte[] encoded() {
      return Chunk.encode(set, count);
    }

    long lastSet() {
      return count == 0 ? 0 : (chunk << Chunk.BITS) + set[count - 1];
    }
  }

  /** Offsets within a span once changes are applied to them. */
  static int[] applied(List<OfChunk> deltas, long span, int[] before) {
    int room = before.length;
    for (var delta : deltas) {
      room += delta.count;
    }
    var after = new int[room];
    int n = 0;
    for (int offset : before) {
      if (!isCleared(offset, deltas, span)) {
        after[n++] = offset;
      }
    }
    boolean ordered = true;
    for (var delta : deltas) {
      int first = (int) (delta.chunk - FewDocs.firstChunk(span)) << Chunk.BITS;
      for (int i = 0; i < delta.count; i++) {
        int offset = first + delta.set[i];
        ordered &= n == 0 || after[n - 1] < offset;
        after[n++] = offset;
      }
    }
    var offsets = Arrays.copyOf(after, n);
    return ordered ? offsets : Arrays.stream(offsets).sorted().distinct().toArray();
  }

  private static boolean isCleared(int offset, List<OfChunk> deltas, long span) {
    for (var delta : deltas) {
      if (delta.cleared != null
          && delta.chunk == FewDocs.firstChunk(span) + (offset >> Chunk.BITS)
          && Chunk.has(delta.cleared, Chunk.bit(offset))) {
        return true;
      }
    }
    return false;
  }
}
