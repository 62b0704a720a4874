package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Content;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hashes a path in a Java process of its own: another heap, another locale. */
final class HashProcess {
  private HashProcess() {}

  /** What it printed: {@code <hash> <size>}. */
  static String hash(String path, List<String> jvmArguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    var classPath = folderOf(ContentHash.class) + File.pathSeparator + folderOf(HashProcess.class);
    command.addAll(List.of("-cp", classPath, HashProcess.class.getName(), path));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.strip();
  }

  public static void main(String[] arguments) {
    var digest = ContentHash.of(new Content.Files(Path.of(arguments[0])));
    System.out.println(digest.hash() + " " + digest.size());
  }

  private static String folderOf(Class<?> type) {
    var location = type.getProtectionDomain().getCodeSource().getLocation().toString();
    return Path.of(URI.create(location)).toString();
  }
}
