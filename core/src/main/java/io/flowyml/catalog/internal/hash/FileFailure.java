package io.flowyml.catalog.internal.hash;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The errors of reading files, each naming the path. */
final class FileFailure {
  private FileFailure() {}

  /**
   * The error for what the file system said. {@code path} is named when the exception names none.
   */
  static CatalogException of(Path path, IOException e) {
    var name =
        shown(e instanceof FileSystemException at && at.getFile() != null ? at.getFile() : path);
    return switch (e) {
      case NoSuchFileException gone ->
          new CatalogException(ErrorCode.NOT_FOUND, name + " does not exist; check the path", e);
      case AccessDeniedException denied ->
          new CatalogException(
              ErrorCode.STORAGE, name + " may not be read; change its permissions", e);
      case ClosedByInterruptException stopped ->
          new CatalogException(
              ErrorCode.STORAGE,
              name + " was not hashed: the thread was interrupted; call again to hash it",
              stopped);
      default -> new CatalogException(ErrorCode.STORAGE, name + " cannot be read: " + reason(e), e);
    };
  }

  static CatalogException changed(Path path) {
    return new CatalogException(
        ErrorCode.STORAGE,
        shown(path) + " changed while it was hashed; try again when nothing writes to it");
  }

  static CatalogException special(Path path) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        shown(path)
            + " is neither a file nor a directory; read it yourself and give the stream as"
            + " content");
  }

  static CatalogException noFiles(Path directory) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        shown(directory)
            + " is a directory without files; put the content into it, or name a file");
  }

  static CatalogException leadsOut(Path link, Path directory, String target) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        shown(link)
            + " is a link out of "
            + shown(directory)
            + ", to "
            + shown(target)
            + "; what is behind it would not be hashed: copy it into the directory or remove the"
            + " link");
  }

  /** The system's word: {@code Input/output error}. */
  static String reason(IOException e) {
    if (e instanceof FileSystemException at && at.getReason() != null) {
      return at.getReason();
    }
    return e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
  }

  /** A path for messages: as it is, or as a JSON string when it holds control characters. */
  static String shown(Object path) {
    var text = path.toString();
    return text.chars().anyMatch(Character::isISOControl) ? Json.write(text) : text;
  }
}
