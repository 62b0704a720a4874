package io.flowyml.catalog.internal.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents one by one, newest first, read as far as they are asked for. */
abstract class DocWalk {
  /** What comes after the last document. */
  static final long END = -1;

  /** The next document, or {@link #END}. */
  abstract long next();

  /**
   * @param below no document from this one on
   */
  static DocWalk of(Session session, DocSet set, long below) {
    return set instanceof AdaptiveFilter filter
        ? new Looked(session, filter, below)
        : new Windows(session, set, below);
  }

  /** Window by window, each wider than the one before. */
  private static final class Windows extends DocWalk {
    private static final int WIDEST = 64;

    private final Session session;
    private final DocSet set;
    private final long below;
    private long high;
    private int width = 1;
    private @Nullable DocWindow window;
    private long chunk;
    private int word;
    private long bits;

    Windows(Session session, DocSet set, long below) {
      this.session = session;
      this.set = set;
      this.below = below;
      this.high = Math.min(set.top(), Chunk.of(Math.min(below, Long.MAX_VALUE >> 1)));
    }

    @Override
    long next() {
      while (true) {
        while (bits != 0) {
          int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
          bits &= ~(1L << bit);
          long doc = (chunk << Chunk.BITS) + (long) word * Long.SIZE + bit;
          if (doc < below) {
            return doc;
          }
        }
        if (!nextWord()) {
          return END;
        }
      }
    }

    private boolean nextWord() {
      while (true) {
        if (window != null) {
          var words = window.chunks()[(int) (chunk - window.low())];
          while (words != null && --word >= 0) {
            if (words[word] != 0) {
              bits = words[word];
              return true;
            }
          }
          word = Chunk.WORDS;
          if (--chunk >= window.low()) {
            continue;
          }
        }
        if (high < 0) {
          window = null;
          return false;
        }
        long low = Math.max(0, high - width + 1);
        window = set.window(session, low, high);
        chunk = high;
        word = Chunk.WORDS;
        high = low - 1;
        width = Math.min(WIDEST, width * 2);
      }
    }
  }

  /** Looks whether they pass, and asks the dictionary after all where few of them do. */
  private static final class Looked extends DocWalk {
    private static final int BATCH = 64;
    private static final int MOST = 1_024;

    private final Session session;
    private final AdaptiveFilter filter;
    private final DocWalk base;
    private final Deque<Long> passed = new ArrayDeque<>();
    private int looked;
    private long last;
    private @Nullable DocWalk rest;

    Looked(Session session, AdaptiveFilter filter, long below) {
      this.session = session;
      this.filter = filter;
      this.base = of(session, filter.base(), below);
      this.last = below;
    }

    @Override
    long next() {
      while (passed.isEmpty()) {
        if (rest == null && looked >= MOST) {
          rest = new Windows(session, filter, last);
        }
        if (rest != null) {
          return rest.next();
        }
        var batch = batch();
        if (batch.isEmpty()) {
          return END;
        }
        var passing = new HashSet<Long>();
        filter.look(session, batch, passing::add);
        batch.stream().filter(passing::contains).forEach(passed::add);
      }
      return passed.removeFirst();
    }

    private List<Long> batch() {
      var batch = new ArrayList<Long>(BATCH);
      while (batch.size() < BATCH) {
        long doc = base.next();
        if (doc == END) {
          break;
        }
        batch.add(doc);
        last = doc;
      }
      looked += batch.size();
      return batch;
    }
  }
}
