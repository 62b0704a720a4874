package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.query.CaseFolding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 64 bits of a digest of a text without its case: what an index holds in place of a text of any
 * length. Two texts may share one, so the text itself is always compared too.
 */
public final class Keys {
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException("every JDK has SHA-256", e);
            }
          });

  /** Letters and digits of an id's beginning that its key holds, as hexadecimal digits. */
  private static final int ID_PLACES = 10;

  private static final int ID_PLACE_BITS = 4;

  private Keys() {}

  public static long of(String text) {
    return digest(CaseFolding.fold(text));
  }

  /** Of a text with its case. */
  static long ofExact(String text) {
    return digest(text);
  }

  /**
   * Of an artifact's id: in 40 of its 64 bits it begins as the id does. New ids mostly begin with
   * the time or a number, and then their keys stand side by side in the index, where digests would
   * each change another page of it.
   */
  public static long ofId(String id) {
    var folded = CaseFolding.fold(id);
    long beginning = 0;
    int taken = 0;
    for (int i = 0; i < folded.length() && taken < ID_PLACES; i++) {
      int place = Character.digit(folded.charAt(i), Character.MAX_RADIX);
      if (place >= 0) {
        beginning = (beginning << ID_PLACE_BITS) | (place & 0xf);
        taken++;
      }
    }
    int bits = ID_PLACES * ID_PLACE_BITS;
    return (beginning << (Long.SIZE - taken * ID_PLACE_BITS)) | (digest(folded) >>> bits);
  }

  private static long digest(String text) {
    var digest = SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8));
    long key = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      key = (key << 8) | (digest[i] & 0xff);
    }
    return key;
  }
}
