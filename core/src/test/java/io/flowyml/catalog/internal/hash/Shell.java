package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs the real commands whose output the hashes must equal. */
final class Shell {
  private Shell() {}

  /** Runs a bash script in a folder and gives what it printed. */
  static String run(Path folder, String script) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("bash", "-euc", script)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(script).isZero();
    return printed.strip();
  }

  /** The hash of a directory by the documented pipeline. */
  static String directoryHash(Path directory) throws IOException, InterruptedException {
    return run(
            directory, "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum")
        .substring(0, 64);
  }
}
