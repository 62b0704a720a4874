package io.flowyml.catalog.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where and from which code an artifact comes: {@code git_commit git_dirty host user}. */
final class Provenance {
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private Provenance() {}

  /** What can be known; what is left out for want of git is said in a warning. */
  static Map<String, Object> ofWorkingDirectory(Terminal terminal, Messages messages) {
    var provenance = new LinkedHashMap<String, Object>();
    try {
      var commit = git("rev-parse", "--verify", "HEAD");
      if (commit == null) {
        messages.warning("no git commit is recorded: the working directory is in no git checkout");
      } else {
        provenance.put("git_commit", commit.trim());
        var changes = git("status", "--porcelain");
        provenance.put("git_dirty", changes == null || !changes.isEmpty());
      }
    } catch (IOException e) {
      messages.warning("no git commit is recorded: " + e.getMessage());
    }
    var host = host(terminal.environment());
    if (host != null) {
      provenance.put("host", host);
    }
    provenance.put("user", System.getProperty("user.name"));
    return provenance;
  }

  /** What git answers; {@code null} where it refuses, as outside a checkout. */
  private static @Nullable String git(String... arguments) throws IOException {
    var command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? answer : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git was running", e);
    }
  }

  private static @Nullable String host(Map<String, String> environment) {
    try {
      if (Files.isReadable(LINUX_HOST_NAME)) {
        return Files.readString(LINUX_HOST_NAME).trim();
      }
    } catch (IOException e) {
      return environment.get("HOSTNAME");
    }
    return environment.getOrDefault("HOSTNAME", environment.get("COMPUTERNAME"));
  }
}
