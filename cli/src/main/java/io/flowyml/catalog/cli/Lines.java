package io.flowyml.catalog.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Buffered UTF-8 text to one of the process's streams. A stream that fails is {@link Failed}, since
 * {@code System.out} would swallow it and let the command go on for nobody.
 */
final class Lines extends Writer {
  private final Writer writer;

  Lines(OutputStream stream) {
    this.writer =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 14);
  }

  /** The stream could not be written. */
  static final class Failed extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final IOException reason;

    Failed(IOException reason) {
      super(reason);
      this.reason = reason;
    }

    IOException reason() {
      return reason;
    }
  }

  void line(String text) {
    write(text);
    write('\n');
  }

  @Override
  public void write(String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw new Failed(e);
    }
  }

  @Override
  public void write(int c) {
    try {
      writer.write(c);
    } catch (IOException e) {
      throw new Failed(e);
    }
  }

  @Override
  public void write(char[] text, int offset, int length) {
    try {
      writer.write(text, offset, length);
    } catch (IOException e) {
      throw new Failed(e);
    }
  }

  @Override
  public void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new Failed(e);
    }
  }

  /** Hands over what is buffered; the stream belongs to the process and stays open. */
  @Override
  public void close() {
    flush();
  }
}
