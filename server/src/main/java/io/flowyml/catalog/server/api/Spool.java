package io.flowyml.catalog.server.api;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An answer of any size that is kept until it is complete: in memory, a large one on the disk. */
final class Spool implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 20;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path path;
  private @Nullable OutputStream file;

  void line(String text) throws IOException {
    memory.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    memory.write('\n');
    if (memory.size() > IN_MEMORY) {
      memory.writeTo(file());
      memory.reset();
    }
  }

  private OutputStream file() throws IOException {
    var out = file;
    if (out == null) {
      path = Files.createTempFile("flowyml-catalog", ".ndjson");
      out = Files.newOutputStream(path);
      file = out;
    }
    return out;
  }

  boolean isEmpty() {
    return memory.size() == 0 && file == null;
  }

  /** Writes all of it, and is closed then. */
  void moveTo(OutputStream out) throws IOException {
    try (this) {
      if (file != null && path != null) {
        file.flush();
        Files.copy(path, out);
      }
      memory.writeTo(out);
    }
  }

  static CatalogException full(IOException e) {
    return new CatalogException(
        ErrorCode.STORAGE,
        "the answer cannot be kept on the server's disk: %s; send fewer lines at a time"
            .formatted(e.getMessage()),
        e);
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
