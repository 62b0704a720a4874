package io.flowyml.catalog.internal.hash;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/** Counts and digests what is written to it, or read from files by it. */
final class Digesting extends OutputStream {
  private static final int PIECE = 128 * 1024;

  private final MessageDigest digest = Sha256.start();
  private final LongConsumer progress;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long total;
  private boolean finished;

  Digesting(LongConsumer progress) {
    this.progress = progress;
  }

  @Override
  public void write(int b) throws IOException {
    checkOpen();
    digest.update((byte) b);
    count(1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    checkOpen();
    digest.update(bytes, offset, length);
    count(length);
  }

  /** A callback that kept the stream would write bytes that no digest has. */
  private void checkOpen() throws IOException {
    if (finished) {
      throw new IOException("the content has been hashed already; write within the callback");
    }
  }

  Content.Digest finish() {
    return finish(Sha256.hex(digest));
  }

  /** With a digest made elsewhere of the bytes that were counted here. */
  Content.Digest finish(String hash) {
    finished = true;
    return new Content.Digest(hash, total, HashOrigin.COMPUTED);
  }

  /**
   * Digests a file's bytes.
   *
   * @param before the file as it was looked at last
   * @throws CatalogException {@code STORAGE} when it is another file now, or another size or time
   *     of change, or gives another number of bytes
   */
  void file(Path path, FileStamp before) throws IOException {
    if (!before.regular()) {
      throw FileFailure.special(path);
    }
    var read = 0L;
    if (buffer.capacity() < PIECE && buffer.capacity() <= before.size()) {
      buffer = ByteBuffer.allocate((int) Math.min(PIECE, before.size() + 1));
    }
    try (var channel = Files.newByteChannel(path)) {
      for (var n = channel.read(buffer.clear()); n >= 0; n = channel.read(buffer.clear())) {
        read += n;
        if (read > before.size()) {
          throw FileFailure.changed(path);
        }
        digest.update(buffer.flip());
        count(n);
      }
    }
    if (read != before.size() || !FileStamp.following(path).equals(before)) {
      throw FileFailure.changed(path);
    }
  }

  /** The hex digest of all that came since the last call. */
  String takeHex() {
    return Sha256.hex(digest);
  }

  private void count(long bytes) {
    total += bytes;
    progress.accept(total);
  }
}
