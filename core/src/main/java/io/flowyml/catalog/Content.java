package io.flowyml.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes behind an artifact, in the form the caller has them. They are read once, to be hashed;
 * the catalog stores the digest and the size, not the bytes.
 *
 * @since 0.1
 */
public sealed interface Content {

  /**
   * A file, hashed by its bytes, or a directory, hashed over its files' names and bytes.
   *
   * @param path is read when the artifact is registered
   */
  record Files(Path path) implements Content {}

  /**
   * Bytes in memory.
   *
   * @param bytes the content
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Content {}

  /**
   * A stream that is read to its end and closed.
   *
   * @param stream is read once
   */
  record Stream(InputStream stream) implements Content {}

  /**
   * A JSON-like value: {@code null}, Boolean, String, integers of any size, Double, Float, lists,
   * arrays and maps with text keys. Its digest is the one that FlowyML computes for the same value.
   *
   * @param value JSON-like
   */
  record Value(@Nullable Object value) implements Content {}

  /**
   * A callback that writes the bytes: a frame as CSV, a model in its own format.
   *
   * @param writer is called once
   */
  record Written(Writer writer) implements Content {}

  /**
   * A digest that is known already.
   *
   * @param hash SHA-256 in hexadecimal, or what a client declares
   * @param size bytes, or {@code null} where nobody counted them
   * @param origin whether it was computed from the bytes
   */
  record Digest(String hash, @Nullable Long size, Artifact.HashOrigin origin) implements Content {}

  /** Writes content to a stream. */
  @FunctionalInterface
  interface Writer {
    /**
     * Writes all of it.
     *
     * @param out takes the bytes; it need not be closed
     * @throws IOException where it cannot be written; the registration fails then
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
