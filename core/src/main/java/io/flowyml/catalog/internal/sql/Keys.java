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

  private Keys() {}

  public static long of(String text) {
    var digest = SHA_256.get().digest(CaseFolding.fold(text).getBytes(StandardCharsets.UTF_8));
    long key = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      key = (key << 8) | (digest[i] & 0xff);
    }
    return key;
  }
}
