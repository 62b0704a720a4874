package io.flowyml.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds docs/quickstart.md to a program that is compiled and run: its source and what it prints.
 */
class QuickstartTest {
  private static final Path PAGE = Path.of("..", "docs", "quickstart.md");
  private static final Path SOURCE =
      Path.of("src", "test", "java", "io", "flowyml", "catalog", "Quickstart.java");

  /** The blocks of one language, in their order. */
  private static List<String> blocks(String language) throws IOException {
    var blocks = new ArrayList<String>();
    var matcher =
        Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private static List<String> regions() throws IOException {
    var regions = new ArrayList<String>();
    var matcher =
        Pattern.compile("// tag::(\\S+)\n(.*?)\n *// end::\\1", Pattern.DOTALL)
            .matcher(Files.readString(SOURCE));
    while (matcher.find()) {
      regions.add(matcher.group(2).stripTrailing().stripIndent().strip() + "\n");
    }
    return regions;
  }

  @Test
  void page_showsEveryRegionOfTheProgramInItsOrder() throws IOException {
    assertThat(blocks("java")).containsExactlyElementsOf(regions()).isNotEmpty();
  }

  @Test
  void page_showsWhatTheProgramPrints(@TempDir Path directory) throws Exception {
    var output = directory.resolve("output.txt").toFile();
    var errors = directory.resolve("errors.txt").toFile();
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            absoluteClassPath(),
            Quickstart.class.getName());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLOWYML"));
    var process =
        builder.directory(directory.toFile()).redirectOutput(output).redirectError(errors).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> text(output) + text(errors)).isZero();
    assertThat(String.join("", blocks("(?:text|mermaid)"))).isEqualTo(text(output));
  }

  private static String text(File file) {
    try {
      return Files.readString(file.toPath(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String absoluteClassPath() {
    var entries = new ArrayList<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
