package io.flowyml.catalog.cli;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Files and stdin as commands take them: {@code -} is stdin, text is UTF-8. */
final class Reading {
  private Reading() {}

  /** The whole text; fails where it is not there, not readable or not UTF-8. */
  static String text(RootCommand root, String fileOrDash) {
    try (var in = stream(root, fileOrDash)) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readAllBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, shown(fileOrDash) + " is not UTF-8; convert it first", e);
    } catch (IOException e) {
      throw unreadable(fileOrDash, e);
    }
  }

  /** The text line by line; bytes that are not UTF-8 make reading fail. */
  static BufferedReader lines(RootCommand root, String fileOrDash) {
    var strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    return new BufferedReader(new InputStreamReader(stream(root, fileOrDash), strict), 1 << 16);
  }

  /** The references that an argument means: itself, or for {@code -} the lines of stdin. */
  static List<String> references(RootCommand root, String reference) {
    if (!reference.equals("-")) {
      return List.of(reference);
    }
    try (var lines = lines(root, reference)) {
      return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (UncheckedIOException e) {
      throw unreadable(reference, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(reference, e);
    }
  }

  private static InputStream stream(RootCommand root, String fileOrDash) {
    if (fileOrDash.equals("-")) {
      return root.terminal().in();
    }
    try {
      return Files.newInputStream(Path.of(fileOrDash));
    } catch (IOException e) {
      throw unreadable(fileOrDash, e);
    }
  }

  static CatalogException unreadable(String fileOrDash, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new CatalogException(
          ErrorCode.NOT_FOUND, "there is no file " + fileOrDash + "; look at the path", e);
    }
    return new CatalogException(
        ErrorCode.STORAGE, shown(fileOrDash) + " cannot be read: " + reason(e), e);
  }

  /** What went wrong, without the path that the message names already. */
  static String reason(IOException e) {
    var message = e.getMessage();
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof java.nio.file.FileSystemException fileSystem
        && fileSystem.getReason() != null) {
      return fileSystem.getReason();
    }
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String shown(String fileOrDash) {
    return fileOrDash.equals("-") ? "stdin" : "file " + fileOrDash;
  }

  /** The bar for hashing a path; invisible where there is nothing to hash or nobody to watch. */
  static Progress progress(RootCommand root, @Nullable Path path) {
    return new Progress(
        root.messages(),
        path != null && root.terminal().errIsTerminal(),
        path == null ? "" : path.toString(),
        path == null ? 0 : size(path));
  }

  /** A guess for the bar; what cannot be read is for the hashing to report. */
  private static long size(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
