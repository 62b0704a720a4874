package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The fixed list of reads on a loaded file: first pages of 50, warm, over 200 different questions
 * each; hand-written statements on the same file beside those that they can answer.
 */
final class Queries {
  private static final int WARM_UP = 400;
  private static final int RUNS = 1_000;
  private static final int SLOW_WARM_UP = 40;
  private static final int SLOW_RUNS = 200;
  private static final int INSTANCES = 200;
  private static final int OTHERS = 100_000;
  private static final int PAGES = 99;
  private static final int ANCESTORS = 500;
  private static final int DEEPEST = 40;

  private static final String[] TYPES = {"Dataset", "Model", "Metrics", "FeatureSet", "Report"};
  private static final String[] TEAMS = {"fraud", "growth", "search", "ads", "core", "vision"};
  private static final String[] STAGES = {"dev", "staging", "production", "archived"};
  private static final String[] FRAMEWORKS = {"sklearn", "xgboost", "pytorch", "jax"};
  private static final String[] WORDS = {
    "fraud", "churn", "credit", "vision", "speech", "ranking", "pricing", "demand", "click", "risk"
  };

  private final ArtifactCatalog catalog;
  private final @Nullable BareReads bare;
  private final @Nullable String only;
  private final List<Artifact> some = new ArrayList<>();

  /** So many that none is asked for twice: their records are in no cache. */
  private final List<String> others = new ArrayList<>();

  private int asked;
  private final Random random = new Random(1);

  private Queries(ArtifactCatalog catalog, @Nullable BareReads bare, @Nullable String only) {
    this.catalog = catalog;
    this.bare = bare;
    this.only = only;
  }

  /**
   * @param place a file or the URL of a PostgreSQL database; bare statements are for files
   * @param only what the names of the queries to run hold; {@code null} for all
   */
  static void run(String place, @Nullable String only) throws SQLException {
    try (var catalog = Main.open(place)) {
      if (Main.isPostgresql(place)) {
        new Queries(catalog, null, only).run();
        return;
      }
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + place)) {
        new Queries(catalog, new BareReads(connection), only).run();
      }
    }
  }

  private void run() {
    long artifacts = catalog.stats().artifacts();
    for (int i = 0; i < INSTANCES; i++) {
      some.add(catalog.get(id((int) (random.nextDouble() * artifacts))));
    }
    int most = (int) Math.min(OTHERS, artifacts);
    for (int i = 0; i < most; i++) {
      others.add(id((int) (i * (artifacts / most))));
    }
    Timing.head();
    records();
    words();
    tags();
    sortedAndPaged();
    facets();
    lineage();
  }

  private static String id(int made) {
    return Corpus.id(Corpus.LOADED, made);
  }

  private Artifact some(int i) {
    return some.get(i % INSTANCES);
  }

  private String other() {
    return others.get(asked++ % others.size());
  }

  private void records() {
    time("get", i -> catalog.find(some(i).id()).isPresent() ? 1 : 0);
    time("  never asked before", i -> catalog.find(other()).isPresent() ? 1 : 0);
    bare("  bare", (statements, i) -> statements.get(some(i).id()));
    time("children", i -> catalog.downstream(some(i).id(), 1, Limits.PAGE).nodes().size() - 1);
    time(
        "  never asked before",
        i -> catalog.downstream(other(), 1, Limits.PAGE).nodes().size() - 1);
    bare("children, ids", (statements, i) -> statements.children(some(i).id()));
    time("5 hops up", i -> catalog.upstream(some(i).id(), 5, 200).nodes().size());
    time("  never asked before", i -> catalog.upstream(other(), 5, 200).nodes().size());
    time("newest 100 of a type", i -> list(ListFilter.all().type(TYPES[i % TYPES.length])));
    bare("  bare", (statements, i) -> statements.newestOfType(TYPES[i % TYPES.length]));
    time("newest 50", i -> search(""));
    time("stats", i -> (int) catalog.stats().names());
  }

  private void words() {
    time("rare word", i -> search(String.valueOf(some(i).sourceRunId())));
    time("common word", i -> search(WORDS[i % WORDS.length]));
    time("two words", i -> search(WORDS[i % 10] + " " + FRAMEWORKS[i / 10 % 4]));
    time("exact name", i -> search(some(i).name()));
    time("name: whole", i -> search("name:" + some(i).name()));
    slow("one letter", i -> search("" + (char) ('a' + i % 26)));
    slow("two letters", i -> search("" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26)));
    slow("word in over 10,000 values", i -> search(i % 2 == 0 ? "run-" : "run-0"));
    time("two substrings, OR", i -> search(WORDS[i % 10] + " OR _" + (100 + i)));
  }

  private void tags() {
    time("one tag", i -> search(tag(i)));
    time("two tags", i -> search("team:" + TEAMS[i % 6] + " framework:" + FRAMEWORKS[i / 6 % 4]));
    time("two tags, rarer", i -> search(tag(i) + " f1_score:" + score(i)));
    slow(
        "two tags, none with both",
        i -> search("stage:archived stage:" + STAGES[i % 3] + " team:" + TEAMS[i / 3 % 6]));
    time("without a type", i -> search("-type:" + TYPES[i % 5] + " -stage:" + STAGES[i / 5 % 4]));
    time("tag without a tag", i -> search("team:" + TEAMS[i % 6] + " -stage:" + STAGES[i / 6 % 4]));
    slow(
        "without any type: none left",
        i -> search("-type:(" + String.join(" OR ", TYPES) + ") team:" + TEAMS[i % 6]));
    time("tag and range", i -> search(tag(i) + " f1_score>0." + (10 + i % 80)));
    slow(
        "tag and range, none with both",
        i -> search("team:" + TEAMS[i % 6] + " f1_score>=0." + (10 + i % 80) + " f1_score<0.05"));
    slow("tag and empty range", i -> search(tag(i) + " f1_score>1." + i));
    time("substring and tag", i -> search(WORDS[i % 10] + " " + tag(i)));
    time(
        "list by two tags",
        i -> list(ListFilter.all().tag("team", TEAMS[i % 6]).tag("stage", "dev")));
  }

  private static String tag(int i) {
    return switch (i % 3) {
      case 0 -> "team:" + TEAMS[i / 3 % 6];
      case 1 -> "stage:" + STAGES[i / 3 % 4];
      default -> "framework:" + FRAMEWORKS[i / 3 % 4];
    };
  }

  private static String score(int i) {
    return String.valueOf((i * 47 % 10_000) / 10_000.0);
  }

  private void sortedAndPaged() {
    time("sorted by a numeric tag", i -> search(sorted(i)));
    time(
        "all sorted by a numeric tag", i -> search("sort:" + (i % 2 == 0 ? "-" : "") + "f1_score"));
    time("sorted by name, created", i -> search(tag(i) + " sort:name,-created"));
    slow("few sorted by a numeric tag", i -> search("name:" + some(i).name() + " sort:-f1_score"));
    slow("some sorted by a numeric tag", i -> search("pipeline:pipeline_" + i + " sort:-f1_score"));
    time("page 1", i -> search("team:" + TEAMS[i % 6]));
    var hundredth = new HashMap<String, @Nullable String>();
    time("page 100", i -> page100("team:" + TEAMS[i % 6], hundredth));
    time("page 1, sorted", i -> search("team:" + TEAMS[i % 6] + " sort:-f1_score"));
    time("page 100, sorted", i -> page100("team:" + TEAMS[i % 6] + " sort:-f1_score", hundredth));
  }

  private static String sorted(int i) {
    var order = " sort:" + (i % 2 == 0 ? "-" : "") + "f1_score";
    return switch (i % 3) {
      case 0 -> "type:" + TYPES[i % 5] + order;
      case 1 -> tag(i) + order;
      default -> "type:" + TYPES[i % 5] + " " + tag(i) + order;
    };
  }

  private int page100(String query, Map<String, @Nullable String> cursors) {
    var cursor = cursors.get(query);
    if (cursor == null) {
      for (int p = 0; p < PAGES; p++) {
        cursor = catalog.search(query, Limits.DEFAULT_SEARCH_PAGE, cursor).nextCursor();
      }
      cursors.put(query, cursor);
    }
    return catalog.search(query, Limits.DEFAULT_SEARCH_PAGE, cursor).items().size();
  }

  private void facets() {
    var fields = List.of("type", "team", "stage", "framework", "f1_score");
    time("facets of everything", i -> (int) catalog.facets("", fields).matches());
    slow("facets of a fifth", i -> (int) catalog.facets("team:" + TEAMS[i % 6], fields).matches());
  }

  private void lineage() {
    if (only != null && !"ancestors as a filter".contains(only)) {
      return;
    }
    var roots = new ArrayList<String>();
    for (var root : some) {
      for (int depth = 1; depth <= DEEPEST; depth++) {
        int ancestors = catalog.upstream(root.id(), depth, 2 * ANCESTORS).nodes().size() - 1;
        if (ancestors >= ANCESTORS) {
          roots.add("upstream(" + root.id() + ", " + depth + ")");
          break;
        }
      }
    }
    if (!roots.isEmpty()) {
      slow(
          "%d ancestors as a filter (%d roots)".formatted(ANCESTORS, roots.size()),
          i -> search(roots.get(i % roots.size()) + " " + tag(i)));
    }
  }

  private int search(String query) {
    return catalog.search(query).items().size();
  }

  private int list(ListFilter filter) {
    return catalog.list(filter.limit(100)).items().size();
  }

  private interface BareCall {
    int run(BareReads statements, int instance);
  }

  private void bare(String name, BareCall call) {
    var statements = bare;
    if (statements != null) {
      time(name, i -> call.run(statements, i));
    }
  }

  private void time(String name, Timing.Call call) {
    if (only == null || name.contains(only)) {
      Timing.of(name, WARM_UP, RUNS, call).print();
    }
  }

  private void slow(String name, Timing.Call call) {
    if (only == null || name.contains(only)) {
      Timing.of(name, SLOW_WARM_UP, SLOW_RUNS, call).print();
    }
  }
}
