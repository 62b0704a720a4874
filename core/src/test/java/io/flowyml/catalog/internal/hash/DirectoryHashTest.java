package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryHashTest {
  private static final String ODD_NAMES =
      """
      i=0
      for name in plain 'with space' -dash --help $'new\\nline' 'back\\slash' $'return\\rhere' \\
          $'tab\\there' $'\\xff\\xfe not utf-8' $'\\xc3 cut' Größe 日本語 😀 ～ $'bell\\a' '~' '%41' '*?[x]' \\
          ... $'\\\\n' "quote'\\"" a a-b ab aB; do
        i=$((i + 1)); printf '%s' "content $i" > "./$name"
      done
      mkdir -p a.d/b/c $'dir \\xff\\n/sub\\\\' a.d.e empty/emptier
      printf 1 > a.d/b/c/deep; printf 2 > $'dir \\xff\\n/sub\\\\/file \\xfe'; printf 3 > a.d.e/x; printf 4 > a.d/x
      : > empty.file
      """;

  @TempDir private Path folder;

  @Test
  void directory_hasTheHashThatThePipelinePrints() throws Exception {
    var directory = directory("mkdir -p x/y; echo 1 > b; echo 22 > x/a; echo 333 > x/y/z; : > x-y");
    var digest = hash(directory);
    assertThat(digest.hash()).isEqualTo(Shell.directoryHash(directory));
    assertThat(digest.size()).isEqualTo(2 + 3 + 4);
  }

  @Test
  void oddNames_areHashedAsRawBytes() throws Exception {
    var directory = directory(ODD_NAMES);
    assertThat(hash(directory).hash()).isEqualTo(Shell.directoryHash(directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
  void oddNames_haveTheSameHashInEveryLocale(String locale) throws Exception {
    var directory = directory(ODD_NAMES);
    assertThat(HashProcess.hash(directory.toString(), List.of(), Map.of("LC_ALL", locale)))
        .startsWith(Shell.directoryHash(directory));
  }

  @Test
  void manyFiles_areHashed() throws Exception {
    var directory = directory("for d in {1..20}; do mkdir $d; (cd $d; touch {1..100}); done");
    assertThat(hash(directory).hash()).isEqualTo(Shell.directoryHash(directory));
  }

  @Test
  void directoryBehindALink_isHashed() throws Exception {
    var directory = directory("echo 1 > a");
    var link = Files.createSymbolicLink(folder.resolve("link"), directory);
    assertThat(hash(link)).isEqualTo(hash(directory));
  }

  @Test
  void linksWithin_arePassedOverAsFindDoes() throws Exception {
    var directory =
        directory(
            """
            mkdir sub; echo 1 > a; echo 2 > sub/b
            ln -s a to-file; ln -s sub to-directory; ln -s .. sub/to-root; ln -s "$PWD/a" absolute
            ln -s missing broken; ln -s loop loop; ln -s pong ping; ln -s ping pong; ln -s . self
            ln -s ../dir/a around; ln -s to-directory/../a through
            """);
    assertThat(hash(directory).hash()).isEqualTo(Shell.directoryHash(directory));
    assertThat(hash(directory).size()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ln -s .. up",
        "ln -s /etc/passwd absolute",
        "ln -s ../dir-other sibling",
        "ln -s ../missing gone",
        "ln -s /missing/far gone",
        "mkdir -p x/y; ln -s ../../.. x/y/far",
        "ln -s inside first; ln -s ../outside inside",
        "mkdir -p x/y; ln -s x/y in; ln -s in/../../.. tricky"
      })
  void linkOutOfTheDirectory_isRefused(String links) throws Exception {
    var refusal = refusal(directory("echo 1 > a; " + links));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal).hasMessageContaining("is a link out of");
  }

  @Test
  void pipesAndSockets_arePassedOverAsFindDoes() throws Exception {
    var directory = directory("echo 1 > a; mkfifo pipe");
    assertThat(hash(directory).hash()).isEqualTo(Shell.directoryHash(directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "mkdir -p a/b", "ln -s a b", "mkfifo pipe"})
  void directoryWithoutFiles_isRefused(String script) throws Exception {
    var refusal = refusal(directory(script));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal).hasMessageContaining("is a directory without files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 9 > new",
        "mkdir d; echo 9 > d/new",
        "rm b",
        "echo changed > a",
        "echo 9 >> b",
        "mv b c",
        "cp b copy; mv copy b",
        "rm b; mkdir b"
      })
  void directoryThatChangesWhileItIsHashed_isAnError(String change) throws Exception {
    var directory = directory("echo 1 > a; echo 2 > b");
    var failure = refusal(directory, once(() -> Shell.run(directory, change)));
    assertThat(failure.code()).isIn(ErrorCode.STORAGE, ErrorCode.NOT_FOUND);
    assertThat(failure).hasMessageContaining(directory.toString());
  }

  @Test
  void progress_countsTheBytesOfAllFiles() throws Exception {
    var directory = directory("head -c 300000 /dev/zero > a; head -c 5 /dev/zero > b");
    var seen = new java.util.ArrayList<Long>();
    ContentHash.of(new Content.Files(directory), seen::add);
    assertThat(seen).isSorted().hasSizeGreaterThan(2).last().isEqualTo(300_005L);
  }

  private Path directory(String script) throws IOException, InterruptedException {
    var directory = Files.createDirectory(folder.resolve("dir"));
    Shell.run(directory, script);
    return directory;
  }

  private static Content.Digest hash(Path directory) {
    return ContentHash.of(new Content.Files(directory));
  }

  private static CatalogException refusal(Path directory) {
    return refusal(directory, bytes -> {});
  }

  private static CatalogException refusal(Path directory, LongConsumer progress) {
    var files = new Content.Files(directory);
    return catchThrowableOfType(CatalogException.class, () -> ContentHash.of(files, progress));
  }

  static LongConsumer once(Change change) {
    var done = new boolean[1];
    return bytes -> {
      if (!done[0]) {
        done[0] = true;
        try {
          change.make();
        } catch (IOException | InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  interface Change {
    void make() throws IOException, InterruptedException;
  }
}
