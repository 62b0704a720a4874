package io.flowyml.catalog.server;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** An answer whose client may keep the server waiting only so long for each mebibyte of it. */
final class TimedOutput extends OutputStream {
  private static final int MEBIBYTE = 1 << 20;

  private final OutputStream out;
  private final SlowClients slow;
  private final Duration patience;
  private long waitedNanos;
  private int bytes;

  TimedOutput(OutputStream out, SlowClients slow, Duration patience) {
    this.out = out;
    this.slow = slow;
    this.patience = patience;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    long begun = System.nanoTime();
    var wait = slow.begin(patience.toNanos() - waitedNanos);
    try {
      out.write(source, offset, length);
      slow.end(wait);
    } finally {
      slow.drop(wait);
    }
    waitedNanos += System.nanoTime() - begun;
    bytes += length;
    if (bytes >= MEBIBYTE) {
      bytes = 0;
      waitedNanos = 0;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
