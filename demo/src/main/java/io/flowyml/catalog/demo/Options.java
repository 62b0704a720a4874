package io.flowyml.catalog.demo;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for on the command line.
 *
 * @param catalog file or URL; {@code null} for the catalog that the process is configured for
 */
record Options(
    @Nullable String catalog, @Nullable String project, @Nullable String actor, boolean help) {
  static final String HELP =
      """
      Usage: flowyml-catalog demo [--catalog FILE] [--project P] [--actor NAME]

      Cleans a real data set (the wines of the UCI repository, CC BY 4.0), derives features, trains and
      scores three classifiers, registers every file with what it was made from, and promotes the best
      model. Every run adds versions. Files go to .flowyml/demo/<run>/ in the working directory.

        --catalog FILE   the catalog; without it the endpoint of the active stack,
                         of FLOWYML_CATALOG_ENDPOINT, else .flowyml/catalog.db
        --project P      the project; without it "default"
        --actor NAME     who is recorded as the author; without it the user of this process
        -h, --help       show this help and exit
      """;

  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  static Options of(String... args) {
    var rest = new ArrayDeque<>(List.of(args));
    @Nullable String catalog = null;
    @Nullable String project = null;
    @Nullable String actor = null;
    boolean help = false;
    while (!rest.isEmpty()) {
      var word = rest.pop();
      var name = word.startsWith("--") ? word.replaceFirst("(?s)=.*", "") : word;
      switch (name) {
        case "-h", "--help" -> help = true;
        case "--catalog" -> catalog = value(name, word, rest);
        case "--project" -> project = value(name, word, rest);
        case "--actor" -> actor = value(name, word, rest);
        default ->
            throw new CatalogException(
                ErrorCode.INVALID_ARGUMENT,
                "\"%s\" means nothing to demo; flowyml-catalog demo --help lists what does"
                    .formatted(word));
      }
    }
    return new Options(catalog, project, actor, help);
  }

  private static String value(String name, String word, ArrayDeque<String> rest) {
    if (word.startsWith(name + "=")) {
      return word.substring(name.length() + 1);
    }
    if (rest.isEmpty()) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, name + " needs a value: " + name + " VALUE");
    }
    return rest.pop();
  }

  /** The options that make another command see the same catalog, as a shell reads them. */
  String forOtherCommands() {
    return option("--catalog", catalog) + option("--project", project);
  }

  private static String option(String name, @Nullable String value) {
    return value == null ? "" : " " + name + " " + quoted(value);
  }

  static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
