package io.flowyml.catalog.internal.sql;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What changed in one chunk of a term, newest first: undone in that order, it is the chunk as it
 * was. Stored as pairs of numbers, the distance to the change after it and the document's bit with
 * what happened to it, seven bits a byte: with a last event 85, {@code 0 5+ 12 5- 3 7+} says that
 * document 5 got the term at 85 and had lost it at 73, and that 7 got it at 70.
 */
final class ChunkLog {
  private static final int SEVEN = 0x7f;
  private static final int MORE = 0x80;

  private ChunkLog() {}

  /**
   * @param seq of the event
   * @param gained whether the document has the term since
   */
  record Change(long seq, int bit, boolean gained) {}

  /**
   * @param last no change is later
   */
  static byte[] encode(List<Change> changes, long last) {
    var newestFirst = new ArrayList<>(changes);
    newestFirst.sort(Comparator.comparingLong(Change::seq).reversed());
    var bytes = new ByteArrayOutputStream(4 * changes.size());
    long after = last;
    for (var change : newestFirst) {
      write(bytes, after - change.seq());
      write(bytes, 2L * change.bit() + (change.gained() ? 1 : 0));
      after = change.seq();
    }
    return bytes.toByteArray();
  }

  private static void write(ByteArrayOutputStream bytes, long number) {
    long rest = number;
    for (; rest > SEVEN; rest >>>= 7) {
      bytes.write((int) (rest & SEVEN) | MORE);
    }
    bytes.write((int) rest);
  }

  static List<Change> decode(byte[] stored, long last) {
    var changes = new ArrayList<Change>();
    var reader = new Reader(stored, last);
    while (reader.next()) {
      changes.add(new Change(reader.seq, reader.bit, reader.gained));
    }
    return changes;
  }

  /** Takes back what happened after an event. */
  static void undo(byte[] stored, long last, long seq, long[] words) {
    var reader = new Reader(stored, last);
    while (reader.next() && reader.seq > seq) {
      if (reader.gained) {
        Chunk.clear(words, reader.bit);
      } else {
        Chunk.set(words, reader.bit);
      }
    }
  }

  private static final class Reader {
    private final byte[] stored;
    private int at;
    private long seq;
    private int bit;
    private boolean gained;

    Reader(byte[] stored, long last) {
      this.stored = stored;
      this.seq = last;
    }

    boolean next() {
      if (at == stored.length) {
        return false;
      }
      seq -= number();
      long change = number();
      bit = (int) (change >> 1);
      gained = (change & 1) == 1;
      return true;
    }

    private long number() {
      long number = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = stored[at++];
        number |= (long) (next & SEVEN) << shift;
        if ((next & MORE) == 0) {
          return number;
        }
      }
    }
  }
}
