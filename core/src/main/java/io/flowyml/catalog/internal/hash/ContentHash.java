package io.flowyml.catalog.internal.hash;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.PythonJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Content hashes: lower-case hex SHA-256, and the number of bytes it was made of. Files, streams
 * and what a callback writes are read in pieces, so that their size costs no memory.
 */
public final class ContentHash {
  private ContentHash() {}

  /** As {@link #of(Content, LongConsumer)} with nobody watching. */
  public static Content.Digest of(Content content) {
    return of(content, bytes -> {});
  }

  /**
   * Reads the content once, to its end. A stream is closed then, also after a failure; a {@link
   * Content.Digest} comes back as it is.
   *
   * @param progress is told after every piece how many bytes were read so far
   * @throws CatalogException {@code NOT_FOUND} for a path where nothing is; {@code
   *     INVALID_ARGUMENT} for a device, pipe or socket, for a directory without files or with a
   *     link out of it, and for a value that is not JSON-like; {@code STORAGE} when reading or the
   *     callback fails, and when a file or directory changes meanwhile
   */
  public static Content.Digest of(Content content, LongConsumer progress) {
    return switch (content) {
      case Content.Files files -> path(files.path(), progress);
      case Content.Bytes bytes -> written(out -> out.write(bytes.bytes()), progress);
      case Content.Stream stream -> stream(stream, progress);
      case Content.Written written -> written(written.writer(), progress);
      case Content.Value value -> value(value.value());
      case Content.Digest digest -> digest;
    };
  }

  private static Content.Digest path(Path path, LongConsumer progress) {
    var digesting = new Digesting(progress);
    try {
      var stamp = FileStamp.following(path);
      if (stamp.directory()) {
        return digesting.finish(new DirectoryHash(path, digesting).hex());
      }
      digesting.file(path, stamp);
      return digesting.finish();
    } catch (IOException e) {
      throw FileFailure.of(path, e);
    }
  }

  private static Content.Digest stream(Content.Stream content, LongConsumer progress) {
    var digesting = new Digesting(progress);
    try (var stream = content.stream()) {
      stream.transferTo(digesting);
    } catch (IOException e) {
      throw failed("the content stream cannot be read", e);
    }
    return digesting.finish();
  }

  private static Content.Digest written(Content.Writer writer, LongConsumer progress) {
    var digesting = new Digesting(progress);
    try {
      writer.writeTo(digesting);
    } catch (IOException e) {
      throw failed("the callback cannot write its content", e);
    }
    return digesting.finish();
  }

  private static Content.Digest value(@Nullable Object value) {
    var digest = Sha256.start();
    try {
      var size = PythonJson.digestSorted(value, digest);
      return new Content.Digest(Sha256.hex(digest), size, HashOrigin.COMPUTED);
    } catch (CatalogException e) {
      throw new CatalogException(
          e.code(),
          e.getMessage()
              + "; only JSON-like values are hashed as values: give content(Path), content(bytes)"
              + " or written(out -> ...) for what else the object holds",
          e.facts(),
          e);
    }
  }

  private static CatalogException failed(String what, IOException e) {
    return new CatalogException(ErrorCode.STORAGE, what + ": " + FileFailure.reason(e), e);
  }
}
