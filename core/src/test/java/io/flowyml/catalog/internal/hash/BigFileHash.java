package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Content larger than memory. Run by interop/run-bigfile, since it takes seconds. */
class BigFileHash {
  private static final long SIZE = 10L << 30;

  /** {@code head -c 10G /dev/zero | sha256sum} */
  private static final String OF_ZEROS =
      "732377e7f4a2abdc13ddfa1eb4c9c497fd2a2b294674d056cf51581b47dd586d";

  /** In memory: there the holes of a sparse file take no page cache. */
  private static final Path MEMORY = Path.of("/dev/shm");

  @Test
  void tenGibibytes_areHashedInAHeapOf64Mebibytes() throws IOException, InterruptedException {
    var file = Files.createTempFile(MEMORY, "sparse", null);
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(SIZE);
      assertThat(HashProcess.hash(file.toString(), List.of("-Xmx64m"), Map.of()))
          .isEqualTo(OF_ZEROS + " " + SIZE);
    } finally {
      Files.delete(file);
    }
  }
}
