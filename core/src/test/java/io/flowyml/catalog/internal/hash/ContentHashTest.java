package io.flowyml.catalog.internal.hash;

import static io.flowyml.catalog.internal.hash.DirectoryHashTest.once;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHashTest {
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final Content.Digest ABC = new Content.Digest(OF_ABC, 3L, HashOrigin.COMPUTED);

  @TempDir private Path folder;

  @Test
  void everyFormOfTheSameBytes_hasTheSameDigest() throws IOException {
    var file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(ContentHash.of(new Content.Files(file))).isEqualTo(ABC);
    assertThat(ContentHash.of(new Content.Bytes("abc".getBytes(UTF_8)))).isEqualTo(ABC);
    assertThat(ContentHash.of(new Content.Stream(new ByteArrayInputStream("abc".getBytes(UTF_8)))))
        .isEqualTo(ABC);
    assertThat(
            ContentHash.of(
                new Content.Written(
                    out -> {
                      out.write('a');
                      out.write("bc".getBytes(UTF_8));
                      out.close();
                    })))
        .isEqualTo(ABC);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 131_071, 131_072, 131_073, 1_000_000})
  void file_hasTheHashThatSha256sumPrints(int size) throws Exception {
    Shell.run(folder, "head -c " + size + " /dev/urandom > file");
    var digest = ContentHash.of(new Content.Files(folder.resolve("file")));
    assertThat(Shell.run(folder, "sha256sum file")).startsWith(digest.hash() + " ");
    assertThat(digest.size()).isEqualTo(size);
  }

  @Test
  void fileBehindALink_isHashed() throws IOException {
    Files.writeString(folder.resolve("abc"), "abc");
    var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("abc"));
    assertThat(ContentHash.of(new Content.Files(link))).isEqualTo(ABC);
  }

  @Test
  void digest_comesBackAsItIs() {
    var digest = new Content.Digest("any text", null, HashOrigin.DECLARED);
    assertThat(ContentHash.of(digest)).isSameAs(digest);
  }

  @Test
  void missingFile_isNotFound() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "x");
    var broken = Files.createSymbolicLink(folder.resolve("broken"), Path.of("nothing"));
    for (var path :
        new Path[] {
          folder.resolve("missing"), folder.resolve("a/b"), broken, file.resolve("below")
        }) {
      var failure = failure(new Content.Files(path));
      assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
      assertThat(failure).hasMessage(path + " does not exist; check the path");
    }
  }

  @Test
  void linkLoop_isAStorageErrorWithTheSystemsWord() throws IOException {
    var loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    var failure = failure(new Content.Files(loop));
    assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE);
    assertThat(failure).hasMessageStartingWith(loop + " cannot be read: ");
  }

  @Test
  void pipeAndDevice_areRefusedWithoutReading() throws Exception {
    Shell.run(folder, "mkfifo pipe");
    for (var path : new Path[] {folder.resolve("pipe"), Path.of("/dev/zero")}) {
      var failure = failure(new Content.Files(path));
      assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(failure).hasMessageStartingWith(path + " is neither a file nor a directory;");
    }
  }

  @Test
  void fileThatCannotBeRead_isAStorageError() {
    // A regular file whose first page no process may read, not even root's.
    var failure = failure(new Content.Files(Path.of("/proc/self/mem")));
    assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE);
    assertThat(failure).hasMessage("/proc/self/mem cannot be read: Input/output error");
  }

  @Test
  void controlCharactersInAPath_areEscapedInTheMessage() {
    var failure = failure(new Content.Files(folder.resolve("odd\u001b[31m\nname")));
    assertThat(failure).hasMessageContaining("odd\\u001b[31m\\nname\" does not exist");
  }

  @Test
  void fileThatGrowsWhileItIsHashed_isAnError() throws IOException {
    assertChangeIsSeen(file -> Files.writeString(file, "x", StandardOpenOption.APPEND));
  }

  @Test
  void fileThatShrinksWhileItIsHashed_isAnError() throws IOException {
    assertChangeIsSeen(file -> Files.newByteChannel(file, StandardOpenOption.WRITE).truncate(10));
  }

  @Test
  void fileThatIsWrittenWhileItIsHashed_isAnError() throws IOException {
    assertChangeIsSeen(
        file -> {
          try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
          }
          var later = Files.getLastModifiedTime(file).toInstant().plus(Duration.ofNanos(1));
          Files.setLastModifiedTime(file, FileTime.from(later));
        });
  }

  @Test
  void fileThatIsReplacedWhileItIsHashed_isAnError() throws IOException {
    assertChangeIsSeen(
        file -> {
          var other = file.resolveSibling("other");
          Files.copy(file, other, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
          Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Test
  void fileThatVanishesWhileItIsHashed_isNotFound() throws IOException {
    var file = Files.write(folder.resolve("file"), new byte[1_000_000]);
    var failure =
        catchThrowableOfType(
            CatalogException.class,
            () -> ContentHash.of(new Content.Files(file), once(() -> Files.delete(file))));
    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void stream_isClosedAfterwards_alsoWhenItFails() {
    var whole = new ClosingStream(false);
    ContentHash.of(new Content.Stream(whole));
    assertThat(whole.closed).isTrue();
    var broken = new ClosingStream(true);
    var failure = failure(new Content.Stream(broken));
    assertThat(broken.closed).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE);
    assertThat(failure).hasMessage("the content stream cannot be read: connection reset");
  }

  @Test
  void callbackThatFails_isAStorageErrorWithItsWord() {
    var failure =
        failure(
            new Content.Written(
                out -> {
                  throw new IOException("no model");
                }));
    assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE);
    assertThat(failure).hasMessage("the callback cannot write its content: no model");
  }

  @Test
  void callbackThatWritesOnAfterwards_isToldSo() {
    var kept = new java.io.OutputStream[1];
    ContentHash.of(new Content.Written(out -> kept[0] = out));
    assertThatThrownBy(() -> kept[0].write(1)).isInstanceOf(IOException.class);
  }

  private void assertChangeIsSeen(FileChange change) throws IOException {
    var file = Files.write(folder.resolve("file"), new byte[1_000_000]);
    var failure =
        catchThrowableOfType(
            CatalogException.class,
            () -> ContentHash.of(new Content.Files(file), once(() -> change.make(file))));
    assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE);
    assertThat(failure).hasMessageStartingWith(file + " changed while it was hashed;");
  }

  private static CatalogException failure(Content content) {
    return catchThrowableOfType(CatalogException.class, () -> ContentHash.of(content));
  }

  private interface FileChange {
    void make(Path file) throws IOException;
  }

  private static final class ClosingStream extends InputStream {
    private final boolean broken;
    private boolean closed;

    private ClosingStream(boolean broken) {
      this.broken = broken;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }

    @Override
    public int read() throws IOException {
      if (broken) {
        throw new IOException("connection reset");
      }
      return -1;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
